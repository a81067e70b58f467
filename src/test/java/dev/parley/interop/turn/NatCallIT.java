package dev.parley.interop.turn;

import static dev.parley.lab.NatTopology.Kind.FULLCONE;
import static dev.parley.lab.NatTopology.Kind.PORTRES;
import static dev.parley.lab.NatTopology.Kind.SYMMETRIC;
import static dev.parley.lab.NatTopology.Kind.UDPBLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.parley.lab.NatTopology;
import dev.parley.lab.Pem;
import dev.parley.lab.TurnCredential;
import dev.parley.lab.TurnHost;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two Chromiums behind two NATs hold a call: by the cheapest path there is, and with as many
/// frames as through coturn.
final class NatCallIT {
  private static final String HOST = NatTopology.SERVERS.getFirst();
  private static final long CALL_MILLIS = 9_000;
  private static final long CONNECT_MILLIS = 45_000;

  /// Part of the frames that must be there: two software encoders and decoders share the machine
  /// with the rest of the build.
  private static final double SHARE =
      Double.parseDouble(System.getProperty("parley.tests.frames", "0.7"));

  @TempDir private Path directory;

  /// How a call goes: nobody relays, or a server does for clients that reach it by some transport.
  private enum Way {
    DIRECT,
    UDP,
    TCP,
    TLS
  }

  /// Two NATs, what path they leave, and the frames that each end decoded through coturn 4.6.1 in
  /// nine seconds (the TLS row: over TCP).
  private enum Case {
    RESTRICTED(PORTRES, PORTRES, Way.DIRECT, 177, 170),
    SYMMETRIC_AND_OPEN(SYMMETRIC, FULLCONE, Way.DIRECT, 178, 178),
    SYMMETRIC_AND_RESTRICTED(SYMMETRIC, PORTRES, Way.UDP, 173, 174),
    BOTH_SYMMETRIC(SYMMETRIC, SYMMETRIC, Way.UDP, 177, 172),
    NO_UDP(UDPBLOCK, UDPBLOCK, Way.TCP, 172, 173),
    NO_UDP_BUT_TLS(UDPBLOCK, UDPBLOCK, Way.TLS, 172, 173);

    final NatTopology.Kind first;
    final NatTopology.Kind second;
    final Way way;
    final int framesOfFirst;
    final int framesOfSecond;

    Case(NatTopology.Kind first, NatTopology.Kind second, Way way, int ofFirst, int ofSecond) {
      this.first = first;
      this.second = second;
      this.way = way;
      this.framesOfFirst = ofFirst;
      this.framesOfSecond = ofSecond;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCheapestPathCarriesTheCall(Case at) {
    try (var topology = NatTopology.up(at.first, at.second)) {
      call(topology, at);
    }
  }

  /// A relay that cannot send to one candidate of a client, its private address, goes on.
  @Test
  void aServerWithoutADefaultRouteCarriesTheCallToo() {
    assumeFalse(TurnHost.aboutCoturn(), "coturn ends the allocation");
    try (var topology = NatTopology.up(SYMMETRIC, SYMMETRIC)) {
      topology.removeDefaultRoute();
      call(topology, Case.BOTH_SYMMETRIC);
    }
  }

  private void call(NatTopology topology, Case at) {
    Pem pem = Pem.make(directory);
    try (var server =
            TurnHost.start(TurnHost.Setup.in(topology.internet(), NatTopology.SERVERS, pem));
        var first = new CallEnd(topology.first(), pem.authority());
        var second = new CallEnd(topology.second(), pem.authority())) {
      String iceServers = iceServers(server, at.way == Way.TLS);
      first.start(iceServers);
      second.start(iceServers);
      JsonValue answer = second.answer(first.offer());
      first.accept(answer);
      connect(first, second);
      int before = first.figures().getInt("frames");
      int beforeOfSecond = second.figures().getInt("frames");
      pause(CALL_MILLIS);
      JsonObject figures = first.figures();
      JsonObject figuresOfSecond = second.figures();
      int frames = figures.getInt("frames") - before;
      int framesOfSecond = figuresOfSecond.getInt("frames") - beforeOfSecond;
      System.out.printf(
          "%s: %d and %d frames; %s; %s%n", at, frames, framesOfSecond, figures, figuresOfSecond);
      assertEquals(at.way, wayOf(figures, figuresOfSecond), figures + " " + figuresOfSecond);
      assertTrue(frames >= at.framesOfFirst * SHARE, "frames " + frames);
      assertTrue(framesOfSecond >= at.framesOfSecond * SHARE, "frames " + framesOfSecond);
    }
  }

  private static void connect(CallEnd first, CallEnd second) {
    long end = System.nanoTime() + CONNECT_MILLIS * 1_000_000;
    while (!CallEnd.both(first, second).equals(List.of("connected", "connected"))) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "no call: %s, %s and %s"
                .formatted(CallEnd.both(first, second), first.figures(), second.figures()));
      }
      first.trickleTo(second);
      second.trickleTo(first);
      pause(50);
    }
  }

  /// What the two ends' candidates say of the path.
  private static Way wayOf(JsonObject first, JsonObject second) {
    for (JsonObject end : List.of(first, second)) {
      if ("relay".equals(end.getString("local"))) {
        return switch (end.getString("relayProtocol")) {
          case "tcp" -> Way.TCP;
          case "tls" -> Way.TLS;
          default -> Way.UDP;
        };
      }
    }
    return Way.DIRECT;
  }

  private static String iceServers(TurnHost server, boolean tls) {
    TurnCredential credential = TurnCredential.of(TurnHost.SECRET, "browser");
    String urls =
        tls
            ? "'turns:%s:%d?transport=tcp'".formatted(HOST, server.setup().tlsPort())
            : "'turn:%1$s:%2$d?transport=udp', 'turn:%1$s:%2$d?transport=tcp'"
                .formatted(HOST, server.setup().port());
    return "[{urls: 'stun:%s:%d'}, {urls: [%s], username: '%s', credential: '%s'}]"
        .formatted(HOST, server.setup().port(), urls, credential.user(), credential.password());
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
