package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.Foreign;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.Ports;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `java @parley.options -jar parley.jar` as an administrator meets it.
class ServingIT {
  private static final int LOOPS = 2;

  private static int mediaPort;
  private static ParleyServer server;

  @BeforeAll
  static void start() {
    mediaPort = Ports.free(LOOPS);
    server =
        ParleyServer.start(
            ParleyTurn.SHIPPED, "parley.media.port=" + mediaPort, "parley.media.loops=" + LOOPS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theConsoleShowsOneShortBlockAndNothingElse() {
    List<String> lines = server.console().lines().filter(line -> !line.isBlank()).toList();
    assertEquals("Parley is serving", lines.getFirst(), server.console());
    assertTrue(lines.size() <= 16, server.console());
    assertTrue(server.console().contains("open      " + server.http()), server.console());
    assertTrue(server.console().contains(server.directory().resolve("data").toString()));
    assertTrue(server.adminPassword().length() >= 16);
  }

  @Test
  void nothingListensButHttpStunAndAMediaPortALoop() throws IOException {
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      ports.addAll(Kernel.listeningPorts(server.pid(), table));
    }
    assertEquals(
        new TreeSet<>(Set.of(server.httpPort(), server.turnPort(), mediaPort, mediaPort + 1)),
        ports);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aForeignClientLearnsItsAddressOverUdp(String host) throws Exception {
    Process client =
        new ProcessBuilder(
                Foreign.program("turnutils_stunclient", "coturn"),
                "-p",
                Integer.toString(server.turnPort()),
                host)
            .redirectErrorStream(true)
            .start();
    String said = new String(client.getInputStream().readAllBytes());
    assertTrue(client.waitFor(10, TimeUnit.SECONDS));
    assertTrue(said.contains("UDP reflexive addr: " + host), said);
  }

  /// coturn's client has no TCP mode for plain Binding, so the octets stand here: RFC 8489, section
  /// 5 and 14.2.
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aClientLearnsItsAddressOverTcp(String host) throws IOException {
    try (var socket = new Socket(InetAddress.ofLiteral(host), server.turnPort())) {
      socket.setSoTimeout(5000);
      byte[] request = HexFormat.of().parseHex("000100002112a442000102030405060708090a0b");
      socket.getOutputStream().write(request, 0, 7);
      socket.getOutputStream().flush();
      socket.getOutputStream().write(request, 7, request.length - 7);
      var answer = new DataInputStream(socket.getInputStream());
      assertEquals(0x0101, answer.readUnsignedShort());
      answer.skipNBytes(18);
      assertEquals(0x0020, answer.readUnsignedShort());
      answer.skipNBytes(2);
      assertEquals(host.equals("::1") ? 2 : 1, answer.readUnsignedShort());
      assertEquals(socket.getLocalPort(), answer.readUnsignedShort() ^ 0x2112);
    }
  }

  @Test
  void healthAndMetricsTellWhatRuns() throws Exception {
    assertEquals(200, server.get("health").statusCode());
    assertEquals(200, server.get("health/ready").statusCode());
    String metrics = server.get("metrics").body();
    for (String figure :
        List.of(
            "parley_signal_sockets",
            "parley_rooms_live",
            "parley_participants",
            "parley_loop_stun_binding_requests",
            "parley_loop_sfu_peers",
            "parley_loop_sfu_rooms",
            "parley_loop_sfu_tracks",
            "parley_loop_sfu_subscriptions",
            "parley_loop_sfu_subscriptions_held_back",
            "parley_loop_sfu_quality_excellent",
            "parley_loop_sfu_quality_lost",
            "parley_loop_busy_nanoseconds")) {
      assertTrue(metrics.contains(figure + "{"), figure);
    }
    Set<String> labels =
        metrics
            .lines()
            .filter(line -> line.startsWith("parley_"))
            .map(line -> line.replaceAll("=\"[^\"]*\"", "").replaceAll(".*\\{(.*)}.*", "$1"))
            .collect(Collectors.toSet());
    assertEquals(Set.of("mp_scope", "loop,mp_scope"), labels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "room/some-room", "parley.js", "asyncapi.yaml", "openapi"})
  void whatPeopleAndProgramsReadIsServed(String path) throws Exception {
    assertEquals(200, server.get(path).statusCode(), path);
  }

  @Test
  void secretsAreForTheirOwnerOnly() throws IOException {
    Path data = server.directory().resolve("data");
    assertTrue(Files.isDirectory(data));
    try (var files = Files.list(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".db")) {
          assertFalse(
              Files.getPosixFilePermissions(file).toString().contains("OTHERS"), file.toString());
        }
      }
    }
  }
}
