package dev.parley.engine.turn;

import dev.parley.lab.CountedTally;
import dev.parley.lab.RecordedEffects;
import dev.parley.lab.VirtualClock;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnQuota;
import dev.parley.media.TurnRealm;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A TURN server in virtual time, whose relay sockets open at once unless a test says otherwise.
final class TurnScenario {
  static final String SECRET = "north";
  static final TransportAddress SERVER = at("198.51.100.1", 3478);
  static final TransportAddress SERVER6 = at("2001:db8::1", 3478);
  static final TransportAddress PEER = at("203.0.114.7", 7000);
  static final TransportAddress PEER6 = at("2a00:1450::7", 7000);
  static final int FIRST_PORT = 50_000;
  static final int LAST_PORT = 50_063;

  final VirtualClock clock = new VirtualClock();
  final RecordedEffects<TurnEffect> effects = new RecordedEffects<>();
  final CountedTally tally = new CountedTally();
  final CountedQuotas quotas = new CountedQuotas();
  final TurnServer server;

  /// Ports that somebody else holds.
  final Set<Integer> foreign = new HashSet<>();

  /// Whether relay sockets open at once.
  boolean opening = true;

  private final long began = clock.now();
  private final List<TurnEffect> ordered = new ArrayList<>();
  private int ports = 40_000;

  TurnScenario() {
    this(policy(), place(0, 1));
  }

  TurnScenario(TurnPolicy policy, TurnPlace place) {
    // Seeded: the same run twice.
    server =
        new TurnServer(
            effects,
            tally,
            place,
            policy,
            quotas,
            Alternates.NONE,
            new Random(8656),
            this::wall,
            clock.now());
  }

  static TurnPlace place(int loop, int loops) {
    return new TurnPlace(
        loop,
        loops,
        FIRST_PORT,
        LAST_PORT,
        List.of(portless(SERVER), portless(SERVER6)),
        List.of(),
        new byte[] {1, 2, 3, 4});
  }

  static TurnPolicy policy() {
    return policy(List.of(), true, List.of());
  }

  /// @param deny blocks that may not be peers
  static TurnPolicy policy(List<String> deny, boolean accepting, List<String> alternates) {
    return policy(deny, accepting, alternates, 0);
  }

  static TurnPolicy policy(
      List<String> deny, boolean accepting, List<String> alternates, long bandwidth) {
    return new TurnPolicy(
        List.of(realm("parley")),
        List.of(),
        deny,
        List.of(),
        List.of(),
        TurnQuota.NONE,
        bandwidth,
        accepting,
        alternates,
        alternates.isEmpty() ? null : "turn.example.org");
  }

  static TurnRealm realm(String name) {
    return new TurnRealm(
        name,
        List.of(),
        List.of(SECRET),
        List.of(),
        null,
        new TurnQuota(0, 0, 0),
        new TurnQuota(0, 0, 0));
  }

  static TransportAddress at(String host, int port) {
    return TransportAddress.of(InetAddress.ofLiteral(host), port);
  }

  static TransportAddress portless(TransportAddress address) {
    return new TransportAddress(address.high(), address.low(), 0);
  }

  Instant wall() {
    return Instant.ofEpochSecond(1_800_000_000L).plusNanos(clock.now() - began);
  }

  /// A client on a 5-tuple of its own.
  TurnClient client(Transport transport) {
    return client(transport, "alice");
  }

  TurnClient client(Transport transport, String name) {
    return new TurnClient(
        this, new FiveTuple(transport, SERVER, at("192.0.2.1", ports++)), name, 86_400);
  }

  /// A client whose key the enterprise half has to look up.
  TurnClient stored(String username, String password) {
    return stored(Transport.UDP, username, password);
  }

  TurnClient stored(Transport transport, String username, String password) {
    return new TurnClient(this, client(transport).path(), username, password);
  }

  TurnClient client() {
    return client(Transport.UDP);
  }

  TurnClient client6() {
    FiveTuple path = new FiveTuple(Transport.UDP, SERVER6, at("2001:db8:1::9", ports++));
    return new TurnClient(this, path, "alice", 86_400);
  }

  /// Hands the server octets and lets what it orders happen.
  void receive(byte[] octets, FiveTuple path) {
    server.receive(octets, 0, octets.length, path, clock.now());
    happen();
  }

  void fromPeer(TurnEffect.OpenRelay relay, byte[] octets, TransportAddress peer) {
    server.fromPeer(relay.relay(), octets, 0, octets.length, peer, clock.now());
    happen();
  }

  void command(MediaCommand command) {
    server.command(command, clock.now());
    happen();
  }

  void close(FiveTuple path) {
    server.closed(path, clock.now());
    happen();
  }

  /// Lets time pass, waking the server whenever it wants.
  void pass(long seconds) {
    long end = clock.now() + Duration.ofSeconds(seconds).toNanos();
    for (long at = server.deadline();
        at != dev.parley.engine.Engine.NEVER && end - at >= 0;
        at = server.deadline()) {
      clock.pass(Duration.ofNanos(Math.max(0, at - clock.now())));
      server.tick(clock.now());
      happen();
    }
    clock.pass(Duration.ofNanos(end - clock.now()));
  }

  /// What was ordered since the last call.
  List<TurnEffect> orders() {
    List<TurnEffect> since = List.copyOf(ordered);
    ordered.clear();
    return since;
  }

  /// The relay opened last, of the orders since the last call.
  TurnEffect.OpenRelay relay() {
    return orders().stream()
        .filter(TurnEffect.OpenRelay.class::isInstance)
        .map(TurnEffect.OpenRelay.class::cast)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  List<MediaEvent> told() {
    return effects.told();
  }

  private void happen() {
    for (List<TurnEffect> next = effects.ordered(); !next.isEmpty(); next = effects.ordered()) {
      ordered.addAll(next);
      for (TurnEffect effect : next) {
        if (effect instanceof TurnEffect.OpenRelay open && opening) {
          if (foreign.contains(open.local().port())) {
            server.refused(open.relay(), true, clock.now());
          } else {
            server.opened(open.relay(), clock.now());
          }
        }
      }
    }
  }
}
