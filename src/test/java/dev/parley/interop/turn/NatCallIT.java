package dev.parley.interop.turn;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.parley.lab.Http;
import dev.parley.lab.Nat;
import dev.parley.lab.NatTopology;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.Pem;
import dev.parley.lab.Porthole;
import dev.parley.lab.TurnCredential;
import dev.parley.lab.TurnHost;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  /// How long coturn's frames were counted, in seconds: the fake camera makes 180 of them.
  private static final int COTURN = 9;

  private static final int FRAMES_A_SECOND = 20;

  /// How long they are counted here.
  private static final int WATCH = Integer.getInteger("nat.seconds", 5);

  /// The part of coturn's frames that has to arrive. Two Chromiums that encode and decode share the
  /// cores with what else the machine does.
  private static final double SHARE = 0.7;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String HOST = NatTopology.SERVERS.getFirst();
  private static final String TLS = "turns:" + HOST + "?transport=tcp";

  /// Everything a room offers its participants; which of it serves is the browsers' choice.
  private static final List<String> EVERY_WAY =
      List.of("stun:" + HOST, "turn:" + HOST, "turn:" + HOST + "?transport=tcp", TLS);

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

  /// An internet with a server in it.
  private record Site(NatTopology topology, TurnHost server) implements AutoCloseable {
    static Site of(NatTopology topology, Pem pem, String... settings) {
      try {
        var setup = TurnHost.Setup.in(topology.internet(), NatTopology.SERVERS, pem);
        return new Site(topology, TurnHost.start(setup, settings));
      } catch (RuntimeException e) {
        topology.close();
        throw e;
      }
    }

    @Override
    public void close() {
      server.close();
      topology.close();
    }
  }

  /// Who calls whom, and what coturn made of it.
  ///
  /// @param framesOne decoded by the first client
  private record Row(Nat one, Nat other, Way way, int framesOne, int framesOther) {}

  @TempDir private static Path directory;
  private static Pem pem;
  private static Site site;

  @BeforeAll
  static void start() {
    pem = Pem.make(directory);
    site = Site.of(NatTopology.make(), pem);
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
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
    call(site, EVERY_WAY, new Row(one, other, way, framesOne, framesOther));
  }

  @Test
  void aCallGoesThroughTlsWhereNothingElseIsOffered() {
    call(
        site,
        List.of(TLS),
        new Row(Nat.UDP_BLOCKED, Nat.UDP_BLOCKED, Way.RELAY_OVER_TLS, 172, 173));
  }

  /// Each client asks its relay to try the private address of the other one. Where the server has
  /// no way there, the kernel says so (ENETUNREACH), upon which coturn 4.6.1 ends the allocation.
  @Test
  void aCallSurvivesCandidatesThatTheServerCannotReach() throws Exception {
    String allowed = "parley.turn.peers.allow=203.0.113.0/24,192.168.0.0/16";
    try (Site islanded = Site.of(NatTopology.makeWithoutDefaultRoute(), pem, allowed)) {
      call(islanded, EVERY_WAY, new Row(Nat.SYMMETRIC, Nat.SYMMETRIC, Way.RELAY, 177, 172));
      if (islanded.server() instanceof ParleyTurn parley) {
        assertTrue(sendFailures(parley) > 0, "the kernel never said no: nothing was tested");
      }
    }
  }

  private static void call(Site site, List<String> urls, Row row) {
    JsonArray servers = iceServers(urls, site.server().credential());
    try (Caller a = new Caller(site.topology().home(row.one), pem.authority());
        Caller b = new Caller(site.topology().home(row.other), pem.authority())) {
      a.open(servers);
      b.open(servers);
      a.call(b, WATCH);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!a.isDone() || !b.isDone()) {
        a.trickle(b);
        b.trickle(a);
        if (System.nanoTime() > end) {
          fail("no call, %s:%n%s%n%s".formatted(row, a.state(), b.state()));
        }
      }
      Caller.Outcome ofA = a.outcome();
      Caller.Outcome ofB = b.outcome();
      String seen = "%s: %s, %s".formatted(row, ofA, ofB);
      System.out.println(seen);
      assertTrue(row.way.isTakenBy(ofA, ofB), seen);
      assertTrue(ofA.frames() >= enough(row.framesOne), seen);
      assertTrue(ofB.frames() >= enough(row.framesOther), seen);
    }
  }

  /// Of what coturn's client decoded: a call that begins misses its first frames, however long it
  /// is watched.
  private static double enough(int frames) {
    return SHARE * (frames + FRAMES_A_SECOND * (WATCH - COTURN));
  }

  private static JsonArray iceServers(List<String> urls, TurnCredential credential) {
    JsonObjectBuilder server =
        Json.createObjectBuilder()
            .add("urls", Json.createArrayBuilder(urls))
            .add("username", credential.user())
            .add("credential", credential.password());
    return Json.createArrayBuilder().add(server).build();
  }

  /// Datagrams that the kernel refused, of all loops.
  private static double sendFailures(ParleyTurn server) throws Exception {
    try (Porthole metrics = Porthole.to(server.setup().where(), server.httpPort());
        HttpClient client = Http.client()) {
      URI page = URI.create("http://127.0.0.1:" + metrics.port() + "/metrics");
      return client
          .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith("parley_loop_send_failures{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }
}
