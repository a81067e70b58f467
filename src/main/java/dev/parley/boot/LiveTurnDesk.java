package dev.parley.boot;

import dev.parley.config.DatabaseSettings;
import dev.parley.config.ListenSettings;
import dev.parley.config.LiveTurnSettings;
import dev.parley.config.Secrets;
import dev.parley.door.rest.TurnDesk;
import dev.parley.identity.IdentityRefused;
import dev.parley.identity.LiveTurn;
import dev.parley.identity.TurnCredentials;
import dev.parley.identity.TurnRevocationView;
import dev.parley.identity.TurnRevocations;
import dev.parley.identity.TurnUsers;
import dev.parley.media.AllocationView;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.media.SfuEvent;
import dev.parley.media.TurnPolicy;
import dev.parley.wire.TransportAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/// The TURN server as the enterprise half works it: commands to every loop, facts back.
/// Thread-safe; [#accept] never waits, everything else may.
@ApplicationScoped
public class LiveTurnDesk implements TurnDesk, LiveTurn {
  private static final System.Logger AUDIT = System.getLogger("dev.parley.audit");

  /// A loop answers within a turn, some milliseconds; one that does not is stuck.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// Whom quotas count the self-test for.
  private static final String SELF_TEST = "selftest";

  /// How many own listeners the self-test tries as peers; all of them are guarded alike.
  private static final int MOST_LISTENERS = 8;

  /// A revocation that nobody waits for: those of a start.
  private static final long UNASKED = 0;

  private final LiveTurnSettings settings;
  private final ListenSettings listen;
  private final DatabaseSettings database;
  private final Secrets secrets;
  private final TurnRevocations revocations;
  private final TurnCredentials credentials;
  private final KeyLookups lookups;
  private final Questions questions = new Questions(PATIENCE);
  private volatile Loops loops = new NoLoops();
  private volatile Set<TransportAddress> media = Set.of();
  private volatile boolean draining;

  /// For the container's proxy only.
  protected LiveTurnDesk() {
    this(null, null, null, null, null, null, null);
  }

  @Inject
  public LiveTurnDesk(
      LiveTurnSettings settings,
      ListenSettings listen,
      DatabaseSettings database,
      Secrets secrets,
      TurnUsers users,
      TurnRevocations revocations,
      TurnCredentials credentials) {
    this.settings = settings;
    this.listen = listen;
    this.database = database;
    this.secrets = secrets;
    this.revocations = revocations;
    this.credentials = credentials;
    this.lookups =
        new KeyLookups(
            wanted ->
                users
                    .keys(wanted.realm(), wanted.username(), wanted.userhash())
                    .map(
                        keys ->
                            new MediaCommand.TurnKey(
                                wanted.question(), keys.username(), keys.md5(), keys.sha256())));
  }

  /// From now on there are loops: they get the rules, and what must still be refused.
  void serve(Loops started) {
    loops = started;
    follow();
    for (TurnRevocationView revocation : revocations.current()) {
      tell(revoke(UNASKED, revocation));
    }
  }

  /// Where own media may be sent to from now on, which the rules let relays do.
  void media(Collection<TransportAddress> standing) {
    media = Set.copyOf(standing);
    follow();
  }

  /// The rules as they hold now; what a loop begins with.
  TurnPolicy policy() {
    var places = Places.of(loops.listeners());
    return new TurnRules(listen, database, secrets, places.own())
        .policy(settings.now(), !draining, places.ports(), media);
  }

  /// Tells every loop the rules again, as when the host has told its ports, which must be guarded.
  void follow() {
    tell(new MediaCommand.FollowPolicy(policy()));
  }

  /// Takes a fact from the media half, on whatever thread; returns at once.
  void accept(MediaEvent event) {
    switch (event) {
      case MediaEvent.TurnKeyWanted wanted ->
          lookups.look(wanted, found -> loops.post(wanted.loop(), found));
      case MediaEvent.Allocations listed -> questions.answered(listed.question(), listed);
      case MediaEvent.AllocationsEnded ended -> questions.answered(ended.question(), ended);
      case MediaEvent.ListenerUp up -> {}
      case MediaEvent.ListenerFailed failed -> {}
      case MediaEvent.LoopEnded ended -> {}
      case MediaEvent.Overload overload -> {}
      case SfuEvent sfu -> {}
    }
  }

  @Override
  public Listing allocations(int most) {
    List<MediaEvent> answers =
        questions.ask(loops, question -> new MediaCommand.ListAllocations(question, most));
    int total = 0;
    for (MediaEvent answer : answers) {
      total += answer instanceof MediaEvent.Allocations listed ? listed.total() : 0;
    }
    return new Listing(
        answers.stream()
            .filter(MediaEvent.Allocations.class::isInstance)
            .flatMap(answer -> ((MediaEvent.Allocations) answer).allocations().stream())
            .sorted(Comparator.comparingLong(AllocationView::age).reversed())
            .limit(most)
            .toList(),
        total);
  }

  @Override
  public Optional<AllocationView> allocation(String id) {
    return allocations(Integer.MAX_VALUE).allocations().stream()
        .filter(view -> view.id().equals(id))
        .findFirst();
  }

  @Override
  public boolean end(String id, String by) {
    boolean ended = ended(question -> new MediaCommand.EndAllocation(question, id)) > 0;
    if (ended) {
      AUDIT.log(Level.INFO, "{0} ended a TURN allocation", by);
    }
    return ended;
  }

  @Override
  public int revoke(TurnRevocationView revocation) {
    return ended(question -> revoke(question, revocation));
  }

  private static MediaCommand revoke(long question, TurnRevocationView revocation) {
    return new MediaCommand.RevokeTurn(
        question,
        revocation.realm(),
        revocation.user(),
        revocation.username(),
        revocation.until().getEpochSecond());
  }

  /// How many allocations a command ended on all loops.
  private int ended(LongFunction<MediaCommand> command) {
    int count = 0;
    for (MediaEvent answer : questions.ask(loops, command)) {
      count += answer instanceof MediaEvent.AllocationsEnded ended ? ended.count() : 0;
    }
    return count;
  }

  @Override
  public boolean draining() {
    return draining;
  }

  @Override
  public void drain(boolean wanted, String by) {
    draining = wanted;
    follow();
    AUDIT.log(Level.INFO, "{0} {1} TURN on this node", by, wanted ? "drains" : "reopens");
  }

  @Override
  public LiveTurnSettings.Reload reload(String by) {
    LiveTurnSettings.Reload reload = settings.reload();
    follow();
    AUDIT.log(Level.INFO, "{0} reloaded the TURN settings; changed: {1}", by, reload.changed());
    return reload;
  }

  @Override
  public List<String> stunUris(String host) {
    return new ServerUris(listen, settings.now()).stun(host);
  }

  @Override
  public List<String> turnUris(String host) {
    return new ServerUris(listen, settings.now()).turn(host);
  }

  @Override
  public List<Check> selfTest() {
    List<InetSocketAddress> udp =
        Places.of(loops.listeners()).udpListeners().stream()
            .filter(place -> !media.contains(TransportAddress.of(place)))
            .toList();
    if (udp.isEmpty()) {
      return List.of(new Check("find a UDP listener", "one that is up", "none", false));
    }
    try {
      return new TurnProbe(
              udp.getFirst(),
              account(credentials.issue(null, SELF_TEST, null)),
              account(credentials.expired(SELF_TEST)),
              udp.stream().limit(MOST_LISTENERS).toList())
          .run();
    } catch (IdentityRefused e) {
      return List.of(new Check("make a credential", "a credential", e.getMessage(), false));
    }
  }

  private static ProbeClient.Account account(TurnCredentials.Issued issued) {
    return new ProbeClient.Account(issued.username(), issued.password());
  }

  private void tell(MediaCommand command) {
    Loops now = loops;
    for (int loop = 0; loop < now.loops(); loop++) {
      now.post(loop, command);
    }
  }

  /// Before the media half has started.
  private record NoLoops() implements Loops {
    @Override
    public int loops() {
      return 0;
    }

    @Override
    public boolean post(int loop, MediaCommand command) {
      return false;
    }

    @Override
    public List<MediaEvent> listeners() {
      return List.of();
    }
  }
}
