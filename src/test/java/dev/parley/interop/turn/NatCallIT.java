package dev.parley.interop.turn;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.parley.lab.Nat;
import dev.parley.lab.NatTopology;
import dev.parley.lab.Pem;
import dev.parley.lab.TurnCredential;
import dev.parley.lab.TurnHost;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two Chromiums, each behind a NAT, call each other with Parley's help: by the cheapest path there
/// is, with the frame rate that coturn gives them.
class NatCallIT {
  /// How long frames are counted, in seconds: the fake camera makes 180 of them.
  private static final int WATCH = 9;

  /// The part of coturn's frames that has to arrive. Two Chromiums that encode and decode share the
  /// cores with what else the machine does.
  private static final double SHARE = 0.7;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// The cheapest path between two clients.
  enum Way {
    DIRECT(""),
    RELAY("udp"),
    RELAY_OVER_TCP("tcp"),
    RELAY_OVER_TLS("tls");

    private final String protocol;

    Way(String protocol) {
      this.protocol = protocol;
    }

    boolean isTakenBy(Caller.Outcome one, Caller.Outcome other) {
      List<Caller.Outcome> relayed =
          Stream.of(one, other).filter(Caller.Outcome::isRelayed).toList();
      return this == DIRECT
          ? relayed.isEmpty()
          : !relayed.isEmpty()
              && relayed.stream().allMatch(it -> it.relayProtocol().equals(protocol));
    }
  }

  @TempDir private static Path directory;
  private static Pem pem;
  private static NatTopology topology;
  private static TurnHost server;

  @BeforeAll
  static void start() {
    topology = NatTopology.make();
    pem = Pem.make(directory);
    server = TurnHost.start(TurnHost.Setup.in(topology.internet(), NatTopology.SERVERS, pem));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (topology != null) {
      topology.close();
    }
  }

  /// The last two columns: frames that coturn's clients decoded in this time.
  @ParameterizedTest
  @CsvSource({
    "PORT_RESTRICTED, PORT_RESTRICTED, DIRECT, 177, 170",
    "SYMMETRIC, FULL_CONE, DIRECT, 178, 178",
    "SYMMETRIC, PORT_RESTRICTED, RELAY, 173, 174",
    "SYMMETRIC, SYMMETRIC, RELAY, 177, 172",
    "UDP_BLOCKED, UDP_BLOCKED, RELAY_OVER_TCP, 172, 173",
    "UDP_BLOCKED, SYMMETRIC, RELAY_OVER_TCP, 168, 169"
  })
  void aCallTakesTheCheapestPath(Nat one, Nat other, Way way, int framesOne, int framesOther) {
    call(topology, everyWay(), one, other, way, framesOne, framesOther);
  }

  @Test
  void aCallGoesThroughTlsWhereNothingElseIsOffered() {
    call(
        topology,
        List.of(onlyTls()),
        Nat.UDP_BLOCKED,
        Nat.UDP_BLOCKED,
        Way.RELAY_OVER_TLS,
        172,
        173);
  }

  private static void call(
      NatTopology where,
      List<String> urls,
      Nat one,
      Nat other,
      Way way,
      int framesOne,
      int framesOther) {
    JsonArray servers = iceServers(urls);
    try (Caller a = new Caller(where.home(one), pem.authority());
        Caller b = new Caller(where.home(other), pem.authority())) {
      a.open(servers);
      b.open(servers);
      a.call(b, WATCH);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!a.isDone() || !b.isDone()) {
        a.trickle(b);
        b.trickle(a);
        if (System.nanoTime() > end) {
          fail("no call:\n" + a.state() + "\n" + b.state());
        }
      }
      Caller.Outcome ofA = a.outcome();
      Caller.Outcome ofB = b.outcome();
      String seen = "%s/%s: %s, %s".formatted(one, other, ofA, ofB);
      System.out.println(seen);
      assertTrue(way.isTakenBy(ofA, ofB), seen);
      assertTrue(ofA.frames() >= SHARE * framesOne && ofB.frames() >= SHARE * framesOther, seen);
    }
  }

  /// Everything a room offers its participants; which of it serves is the browsers' choice.
  private static List<String> everyWay() {
    String host = NatTopology.SERVERS.getFirst();
    return List.of("stun:" + host, "turn:" + host, "turn:" + host + "?transport=tcp", onlyTls());
  }

  private static String onlyTls() {
    return "turns:" + NatTopology.SERVERS.getFirst() + "?transport=tcp";
  }

  private static JsonArray iceServers(List<String> urls) {
    TurnCredential credential = server.credential();
    JsonArrayBuilder list = Json.createArrayBuilder();
    list.add(
        Json.createObjectBuilder()
            .add("urls", Json.createArrayBuilder(urls))
            .add("username", credential.user())
            .add("credential", credential.password()));
    return list.build();
  }
}
