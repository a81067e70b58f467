package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.parley.lab.Pem;
import dev.parley.lab.Ports;
import dev.parley.lab.Program;
import dev.parley.lab.TurnHost;
import dev.parley.lab.Uclient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// coturn's client in its modes: each ends by itself and every message it sent came back.
///
/// What this client cannot do against coturn either is not asked of Parley: `-M` over TCP, TLS and
/// DTLS (it ends with "recv: Success", hangs, and crashes), `-P` (it reports half of the messages
/// whoever serves it), and quick messages over TLS (it reads one TLS record an event, so that the
/// last of two that came together stays where it is; therefore ten a second here). Nor is `-Z`: it
/// asks for its second address with an attribute 0x8032 that no RFC has, and refreshes what it did
/// not get.
class TurnUtilsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int AT_ONCE = 12;

  /// The keys that `turnutils_uclient -J` picks from at random (RFC 7635). coturn takes them from
  /// text that ends in a line feed and cuts that off; so their octets stand here without it.
  private static final String OAUTH_KEYS =
      "north:A256GCM:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=,"
          + "union:A128GCM:MTIzNDU2Nzg5MDEyMzQ1Ng==,"
          + "oldempire:A256GCM:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  @TempDir private static Path directory;
  private static TurnHost server;
  private static Program peer;
  private static int peerPort;
  private static ExecutorService runner;
  private static Map<String, Future<Uclient.Report>> reports;

  @BeforeAll
  static void start() {
    server =
        TurnHost.start(
            TurnHost.Setup.onLoopback(Pem.make(directory)),
            "parley.turn.oauth.keys=" + OAUTH_KEYS,
            "parley.turn.oauth.server=tokens.test");
    peerPort = Ports.free();
    peer = Uclient.startPeer(server.setup().where(), peerPort, "127.0.0.1", "::1");
    // A run takes seconds in which the client mostly waits.
    runner = Executors.newFixedThreadPool(AT_ONCE);
    reports =
        modes()
            .filter(mode -> !isLeftOut(mode))
            .collect(Collectors.toMap(mode -> mode, mode -> runner.submit(() -> run(mode))));
  }

  @AfterAll
  static void stop() {
    if (runner != null) {
      runner.shutdownNow();
    }
    if (peer != null) {
      peer.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /// Every way to reach the server with every way to relay, then what belongs to one of them.
  static Stream<String> modes() {
    var modes = new ArrayList<String>();
    for (String transport : List.of("", "-t ", "-t -S ", "-S ")) {
      for (String pairs : List.of("", "-c ")) {
        String start = transport + pairs;
        modes.add(start + "-y 127.0.0.1");
        modes.add(start + "-y -s 127.0.0.1");
        modes.add(start + "-e 127.0.0.1 127.0.0.1");
        modes.add(start + "-e 127.0.0.1 -s 127.0.0.1");
        modes.add(start + "-y -x ::1");
        modes.add(start + "-e ::1 -x ::1");
        modes.add(start + "-y -x 127.0.0.1");
        modes.add(start + "-y -X 127.0.0.1");
        modes.add(start + "-G -y 127.0.0.1");
        modes.add(start + "-D -y 127.0.0.1");
      }
      modes.add(transport + "-g -y 127.0.0.1");
      modes.add(transport + "-g -y -s 127.0.0.1");
      modes.add(transport + "-J -c -y 127.0.0.1");
    }
    modes.addAll(List.of("-M -y 127.0.0.1", "-M -c -y 127.0.0.1", "-M -e 127.0.0.1 127.0.0.1"));
    modes.addAll(List.of("-T 127.0.0.1", "-T ::1", "-T -x ::1", "-S -T 127.0.0.1"));
    return modes.stream();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void everyMessageComesBack(String mode) throws Exception {
    assumeFalse(isLeftOut(mode), "coturn wants a database for its keys");
    Uclient.Report report = reports.get(mode).get();
    assertTrue(report.isClean(), () -> "turnutils_uclient " + mode + "\n" + report.said());
  }

  private static boolean isLeftOut(String mode) {
    return TurnHost.aboutCoturn() && mode.contains("-J");
  }

  private static Uclient.Report run(String mode) {
    List<String> words = List.of(mode.split(" "));
    boolean tls = words.contains("-S") && (words.contains("-t") || words.contains("-T"));
    var arguments = new ArrayList<String>(List.of("-m", "2", "-n", "10"));
    arguments.addAll(List.of("-z", tls ? "100" : "10"));
    arguments.addAll(List.of("-r", Integer.toString(peerPort)));
    arguments.addAll(words);
    return Uclient.run(server, LIMIT, arguments);
  }
}
