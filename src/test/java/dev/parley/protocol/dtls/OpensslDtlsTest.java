package dev.parley.protocol.dtls;

import static dev.parley.protocol.dtls.DtlsPair.PROFILES;
import static dev.parley.protocol.dtls.DtlsPair.TOOLS;
import static dev.parley.protocol.dtls.DtlsPair.identity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.parley.lab.Foreign;
import dev.parley.lab.TestCertificate;
import dev.parley.protocol.dtls.DtlsConnection.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our ends of a WebRTC connection against the program `openssl` over loopback.
class OpensslDtlsTest implements DtlsEffects {
  private static final Pattern ACCEPT = Pattern.compile("ACCEPT \\S*:(\\d+)");
  private static final Pattern KEYS = Pattern.compile("Keying material: ([0-9A-F]{112})");
  private static final Pattern PROFILE =
      Pattern.compile("SRTP Extension negotiated, profile=(\\w+)");
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
  private static final String OFFER = "SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM";

  @TempDir Path directory;
  private final String openssl = Foreign.program("openssl", "openssl");
  private DtlsIdentity own = identity();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<String> heard = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final DatagramSocket socket = bound();
  private SocketAddress remote;
  private Process process;
  private DtlsConnection connection;
  private int largest;

  private static DatagramSocket bound() {
    try {
      return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
    socket.close();
  }

  @Override
  public void record(byte[] octets, int at, int length) {
    try {
      socket.send(new DatagramPacket(octets, at, length, remote));
    } catch (IOException lost) {
      // As on any network.
    }
  }

  @Override
  public void established() {}

  @Override
  public void data(byte[] octets, int at, int length) {
    heard.add(new String(octets, at, length, StandardCharsets.UTF_8));
  }

  private void run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(openssl));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    // Not a virtual one: reading a pipe holds its carrier.
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                process.getInputStream().transferTo(said);
              } catch (IOException over) {
                // It has ended.
              }
            });
  }

  private void until(String what, BooleanSupplier is) throws IOException {
    long begin = System.nanoTime();
    byte[] buffer = new byte[4096];
    socket.setSoTimeout(5);
    while (!is.getAsBoolean()) {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        remote = packet.getSocketAddress();
        largest = Math.max(largest, packet.getLength());
        connection.receive(buffer, 0, packet.getLength());
      } catch (SocketTimeoutException nothing) {
        // Then there may be something from the handshake.
      }
      if (System.nanoTime() - begin > PATIENCE) {
        fail("never: " + what + "; " + connection + "\n" + said);
      }
    }
  }

  private DtlsPeerRules rules(TestCertificate peer) throws Exception {
    byte[] certificate = peer.certificate().getEncoded();
    return new DtlsPeerRules(
        own,
        List.of(Fingerprint.of(Fingerprint.Hash.SHA_256, certificate)),
        PROFILES,
        Duration.ofSeconds(20));
  }

  private void serve(String algorithm, String... more) throws Exception {
    TestCertificate peer = TestCertificate.of(algorithm, "client.example");
    connection =
        DtlsConnection.webrtcServer(
            TOOLS, rules(peer), this, () -> tasks.add(() -> connection.advance()));
    List<String> command = new ArrayList<>(List.of("s_client", "-dtls1_2", "-timeout", "-connect"));
    command.add("127.0.0.1:" + socket.getLocalPort());
    command.addAll(common(peer));
    command.addAll(List.of(more));
    run(command.toArray(String[]::new));
  }

  private void connect(String algorithm, String... more) throws Exception {
    TestCertificate peer = TestCertificate.of(algorithm, "server.example");
    List<String> command =
        new ArrayList<>(
            List.of("s_server", "-dtls1_2", "-timeout", "-Verify", "1", "-accept", "127.0.0.1:0"));
    command.addAll(common(peer));
    command.addAll(List.of(more));
    run(command.toArray(String[]::new));
    until("listening", () -> ACCEPT.matcher(said.toString()).find());
    Matcher port = ACCEPT.matcher(said.toString());
    assertTrue(port.find());
    remote = new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1)));
    connection =
        DtlsConnection.webrtcClient(
            TOOLS, rules(peer), this, () -> tasks.add(() -> connection.advance()));
  }

  private List<String> common(TestCertificate peer) throws IOException {
    return List.of(
        "-cert",
        peer.chain(directory.resolve("chain.pem")).toString(),
        "-key",
        peer.key(directory.resolve("key.pem")).toString(),
        "-use_srtp",
        OFFER,
        "-keymatexport",
        "EXTRACTOR-dtls_srtp",
        "-keymatexportlen",
        "56");
  }

  private void agreed() throws Exception {
    until("established", () -> connection.state() == State.ESTABLISHED);
    until("keys told", () -> KEYS.matcher(said.toString()).find());
    Matcher keys = KEYS.matcher(said.toString());
    assertTrue(keys.find());
    assertEquals(
        keys.group(1), HexFormat.of().withUpperCase().formatHex(connection.exportSrtpKeys(56)));
    Matcher profile = PROFILE.matcher(said.toString());
    assertTrue(profile.find(), said.toString());
    assertEquals(
        profile.group(1).equals("SRTP_AEAD_AES_128_GCM") ? DtlsPair.GCM_128 : DtlsPair.CM_SHA1_80,
        connection.srtpProfile());
    exchange();
  }

  private void exchange() throws Exception {
    process.getOutputStream().write("from openssl\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    until("heard", () -> heard.contains("from openssl\n"));
    byte[] word = "from parley\n".getBytes(StandardCharsets.UTF_8);
    connection.send(word, 0, word.length);
    until("understood", () -> said.toString().contains("from parley"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void opensslIsOurClient(String algorithm) throws Exception {
    serve(algorithm);
    agreed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void opensslIsOurServer(String algorithm) throws Exception {
    connect(algorithm);
    agreed();
  }

  @Test
  void aClientWithSmallDatagramsIsServed() throws Exception {
    serve("RSA", "-mtu", "256");
    agreed();
    assertTrue(largest <= 256, "in datagrams of " + largest);
  }

  @Test
  void aServerWithSmallDatagramsIsUnderstood() throws Exception {
    connect("RSA", "-mtu", "256");
    agreed();
    assertTrue(largest <= 256, "in datagrams of " + largest);
  }

  @Test
  void aClientOfOtherGroupsOnlyIsToldAndGone() throws Exception {
    serve("EC", "-groups", "P-521");
    until("refused", () -> connection.state() == State.CLOSED);
    assertEquals(DtlsEnd.HANDSHAKE, connection.end());
    until("told", () -> said.toString().contains("alert handshake failure"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519", "P-256"})
  void eitherGroupAloneIsEnough(String group) throws Exception {
    // OpenSSL would not take a certificate on a curve that it does not offer.
    TestCertificate rsa = TestCertificate.of("RSA", "server.example");
    own = new DtlsIdentity(rsa.keys().getPrivate(), List.of(rsa.certificate()));
    serve("EC", "-groups", group);
    agreed();
  }

  @Test
  void closeNotifyOfOpensslEndsTheConnection() throws Exception {
    serve("EC");
    agreed();
    process.getOutputStream().write("Q\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    until("closed", () -> connection.state() == State.CLOSED);
    assertEquals(DtlsEnd.CLOSED_BY_PEER, connection.end());
  }
}
