package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import dev.parley.engine.Timers;
import dev.parley.engine.turn.auth.Authenticator;
import dev.parley.engine.turn.auth.Credential;
import dev.parley.engine.turn.auth.FoundKey;
import dev.parley.engine.turn.auth.Verdict;
import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.media.SfuCommand;
import dev.parley.media.TurnPolicy;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The TURN server of one loop (RFC 8656), which answers STUN Binding too: takes messages apart and
/// hands them to whom they concern. Confined to the loop that owns it.
public final class TurnServer implements Engine, RelaySide {
  private final Tally tally;
  private final Quotas quotas;
  private final StunServer stun;
  private final Authenticator authenticator;
  private final Timers timers = new Timers();
  private final RelayPlaces places;
  private final Reservations reservations;
  private final Allocations allocations;
  private final Answers answers;
  private final RelayOpener opener;
  private final Relaying relaying;
  private final TcpRelayConnections connections;
  private final KeyQuestions questions;
  private final Administration administration;
  private final Map<StunMethod, Method> methods = new EnumMap<>(StunMethod.class);
  private final int[] unknown = new int[StunMessage.MAX_ATTRIBUTES];

  /// @param alternates where NAT behaviour discovery (RFC 5780) is offered
  /// @param random unpredictable to outsiders; of the loop
  /// @param wall what credentials expire by
  /// @param now the time of the loop
  public TurnServer(
      Effects<TurnEffect> effects,
      Tally tally,
      TurnPlace place,
      TurnPolicy policy,
      Quotas quotas,
      Alternates alternates,
      RandomGenerator random,
      InstantSource wall,
      long now) {
    this.tally = tally;
    this.quotas = quotas;
    this.stun = new StunServer(effects, tally, alternates);
    this.authenticator = new Authenticator(policy, place.secret(), wall);
    this.places = new RelayPlaces(place, random);
    Rulebook rules = new Rulebook(policy, places.addresses(), place);
    this.reservations = new Reservations(timers, random, place.loop());
    boolean manyLoops = place.loops() > 1;
    this.allocations =
        new Allocations(effects, tally, timers, reservations, manyLoops, random.nextLong());
    this.answers = new Answers(effects, tally, authenticator, rules);
    this.relaying = new Relaying(effects, tally, allocations, rules, random.nextLong());
    this.questions = new KeyQuestions(effects, timers, place.loop());
    this.administration =
        new Administration(effects, allocations, authenticator, rules, place.loop());
    Tickets tickets = new Tickets(place.secret(), place.loop());
    Lifetimes lifetimes = new Lifetimes(wall);
    this.opener =
        new RelayOpener(
            allocations, answers, rules, places, reservations, quotas, tickets, lifetimes);
    methods.put(
        StunMethod.ALLOCATE,
        new AllocateMethod(
            effects, allocations, answers, rules, places, reservations, opener, place));
    methods.put(
        StunMethod.REFRESH,
        new RefreshMethod(effects, allocations, answers, tickets, lifetimes, place));
    methods.put(
        StunMethod.CREATE_PERMISSION, new CreatePermissionMethod(allocations, answers, rules));
    this.connections =
        new TcpRelayConnections(effects, allocations, answers, timers, random, place);
    allocations.whenClosed(connections::closed);
    methods.put(StunMethod.CONNECT, new TcpRelayConnect(connections, answers, rules));
    methods.put(
        StunMethod.CONNECTION_BIND,
        new TcpRelayConnectionBind(effects, connections, answers, place));
    methods.put(StunMethod.CHANNEL_BIND, new ChannelBindMethod(allocations, answers, rules));
  }

  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    // RFC 8656, section 12: the first two bits of ChannelData are 01, those of STUN are 00.
    if (length > 0 && octets[at] >> 6 == 1) {
      relaying.channelData(octets, at, length, path, now);
      return;
    }
    try {
      receive(StunMessage.parse(octets, at, length), path, now);
    } catch (StunRefused refused) {
      tally.count(Counter.INPUT_MALFORMED);
    }
  }

  private void receive(StunMessage message, FiveTuple path, long now) throws StunRefused {
    if (message.messageClass() == StunClass.REQUEST && methods.containsKey(message.method())) {
      if (message.has(StunAttribute.FINGERPRINT) && !message.fingerprinted()) {
        tally.count(Counter.INPUT_MALFORMED);
        return;
      }
      judged(authenticator.check(message, path, bound(path), now), message, path, now);
    } else if (message.messageClass() == StunClass.INDICATION
        && message.method() == StunMethod.SEND) {
      if (listUnknown(message) > 0
          || message.has(StunAttribute.FINGERPRINT) && !message.fingerprinted()) {
        tally.count(Counter.INPUT_MALFORMED);
        return;
      }
      relaying.send(message, path, now);
    } else {
      stun.receive(message, path);
    }
  }

  private Credential bound(FiveTuple path) {
    Allocation allocation = allocations.on(path);
    return allocation == null ? null : allocation.credential();
  }

  private void judged(Verdict verdict, StunMessage message, FiveTuple path, long now) {
    switch (verdict) {
      case Verdict.Granted granted -> granted(message, path, granted.credential(), now);
      case Verdict.Refused(var error, var challenge, var by) when by == null ->
          answers.refuseUnproved(message, path, error, challenge, now);
      case Verdict.Refused(var error, var challenge, var by) ->
          answers.refuse(new Request(message, path, by, null, now), error);
      case Verdict.Wanted wanted -> {
        if (!questions.ask(message, path, wanted, now)) {
          tally.count(Counter.TURN_UNANSWERED);
        }
      }
      case Verdict.Dropped dropped -> tally.count(Counter.TURN_UNANSWERED);
    }
  }

  private void granted(StunMessage message, FiveTuple path, Credential credential, long now) {
    Allocation on = allocations.on(path);
    Allocation allocation = on != null && on.ready() ? on : null;
    Request request = new Request(message, path, credential, allocation, now);
    int strange = listUnknown(message);
    if (strange > 0) {
      answers.refuseUnknown(request, unknown, strange);
      return;
    }
    if (message.method() != StunMethod.ALLOCATE && allocation != null) {
      // RFC 8656, section 5: only the user who made an allocation may manage it.
      if (!allocation.belongsTo(credential)) {
        answers.refuse(request, StunError.WRONG_CREDENTIALS);
        return;
      }
      allocation.follow(credential);
    }
    try {
      methods.get(message.method()).take(request);
    } catch (StunRefused malformed) {
      answers.refuse(request, StunError.BAD_REQUEST);
    }
  }

  /// Collects the types that must be comprehended and are not (RFC 8489, section 6.3.1); how many.
  private int listUnknown(StunMessage message) {
    int count = 0;
    for (int value = message.first(); value != StunMessage.NONE; value = message.next(value)) {
      int type = message.type(value);
      if (StunAttribute.comprehensionRequired(type) && !known(StunAttribute.of(type))) {
        unknown[count++] = type;
      }
    }
    return count;
  }

  private static boolean known(StunAttribute attribute) {
    return attribute != null
        && switch (attribute.rfc()) {
          case 8489, 8656, 7635, 6062 -> true;
          default -> false;
        };
  }

  @Override
  public void closed(FiveTuple path, long now) {
    questions.closed(path);
    allocations.closed(path, now);
  }

  @Override
  public void command(MediaCommand command, long now) {
    switch (command) {
      case MediaCommand.FollowPolicy order -> {
        quotas.follow(order.policy());
        administration.follow(order.policy(), now);
      }
      case MediaCommand.RevokeTurn order -> administration.revoke(order);
      case MediaCommand.EndAllocation order -> administration.end(order);
      case MediaCommand.ListAllocations order -> administration.list(order, now);
      case MediaCommand.TurnKey found -> resume(found, now);
      case MediaCommand.Stop stop -> {}
      case SfuCommand sfu -> {}
    }
  }

  private void resume(MediaCommand.TurnKey found, long now) {
    KeyQuestions.Waiting waiting = questions.answered(found.question());
    if (waiting == null) {
      return;
    }
    FiveTuple path = waiting.path();
    try {
      StunMessage message = StunMessage.parse(waiting.message(), 0, waiting.message().length);
      FoundKey key = new FoundKey(found.username(), found.md5(), found.sha256());
      judged(authenticator.check(message, path, bound(path), key, now), message, path, now);
    } catch (StunRefused refused) {
      throw new IllegalStateException("it was a message when it came", refused);
    }
  }

  @Override
  public void tick(long now) {
    timers.tick(now);
  }

  @Override
  public long deadline() {
    return timers.deadline();
  }

  @Override
  public void opened(long relay, long now) {
    Relay found = allocations.relay(relay);
    // One that was ended meanwhile has been ordered closed.
    if (found != null && !found.open()) {
      opener.opened(found, now);
    }
  }

  @Override
  public void refused(long relay, boolean taken, long now) {
    Relay found = allocations.relay(relay);
    if (found != null && !found.open()) {
      opener.refused(found, taken, now);
    }
  }

  @Override
  public void fromPeer(
      long relay, byte[] octets, int at, int length, TransportAddress peer, long now) {
    relaying.fromPeer(relay, octets, at, length, peer, now);
  }

  @Override
  public void icmp(long relay, TransportAddress peer, int type, int code, int data, long now) {
    relaying.icmp(relay, peer, type, code, data, now);
  }

  @Override
  public void connected(int connection, long now) {
    connections.connected(connection, now);
  }

  @Override
  public void connectFailed(int connection, long now) {
    connections.connectFailed(connection);
  }

  @Override
  public int accepted(long relay, TransportAddress peer, long now) {
    return connections.accepted(relay, peer, now);
  }

  @Override
  public void disconnected(int connection, long now) {
    connections.disconnected(connection);
  }

  /// Everything that holds memory, for the test that nothing is left over.
  int held() {
    return allocations.size()
        + reservations.size()
        + questions.size()
        + connections.size()
        + timers.size()
        + places.taken();
  }
}
