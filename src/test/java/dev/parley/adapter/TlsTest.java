package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.secure.Certificates;
import dev.parley.adapter.secure.PemPair;
import dev.parley.adapter.secure.SecureLimits;
import dev.parley.adapter.secure.SecureStreams;
import dev.parley.adapter.secure.Sources;
import dev.parley.lab.TestCertificate;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// TLS and plain framing on one port, through both twins.
class TlsTest {
  private static final TestCertificate EC = TestCertificate.of("EC", "turn.example");
  private static final TestCertificate RSA =
      TestCertificate.of("RSA", "rsa.example", "*.wild.example");

  @TempDir private Path files;
  private Certificates certificates;
  private final HeardEcho engine = new HeardEcho();

  @BeforeEach
  void write() throws IOException {
    certificates =
        Certificates.of(
            List.of(
                new PemPair(EC.chain(files.resolve("ec.pem")), EC.key(files.resolve("ec.key"))),
                new PemPair(
                    RSA.chain(files.resolve("rsa.pem")), RSA.oldKey(files.resolve("rsa.key")))));
  }

  private Running start(Preference io, StreamLimits streams, SecureLimits limits, String... proxies)
      throws Exception {
    return start(
        io, streams, new SecureStreams(certificates, Sources.of(List.of(proxies)), limits), engine);
  }

  static Running start(Preference io, StreamLimits streams, SecureStreams secure, HeardEcho engine)
      throws Exception {
    return Running.start(
        Running.settings(io).streams(streams),
        Running.service((loop, effects, tally) -> engine.engine(effects), List.of(), secure));
  }

  private Running start(Preference io) throws Exception {
    return start(io, StreamLimits.defaults(), SecureLimits.defaults());
  }

  private static SecureLimits limits(int halfOpen, int perSource, Duration within) {
    return new SecureLimits(halfOpen, perSource, within, 1, 1, 1, Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void bothVersionsAndPlainTcpAreServedOnOnePort(Preference io) throws Exception {
    try (Running running = start(io);
        Socket plain = running.connect();
        SSLSocket old = TlsClients.connect(running.tcp(), "TLSv1.2", null);
        SSLSocket young = TlsClients.connect(running.tcp(), "TLSv1.3", null, "stun.turn")) {
      for (Socket client : List.of(plain, old, young)) {
        exchange(client, StreamTest.frame(1, 500));
        exchange(client, StreamTest.frame(2, 0xfffe));
        exchange(client, StreamTest.frame(3, 0));
      }
      assertEquals("stun.turn", young.getApplicationProtocol());
      assertEquals("", old.getApplicationProtocol());
      assertEquals(2, running.count(Counter.TLS_ESTABLISHED));
      assertEquals(path(Transport.TCP, running.tcp(), plain), engine.heard.get(0));
      assertEquals(path(Transport.TLS, running.tcp(), old), engine.heard.get(3));
      assertEquals(path(Transport.TLS, running.tcp(), young), engine.heard.get(6));
    }
    Running.until("told", () -> engine.closed.size() == 3);
  }

  private static FiveTuple path(Transport transport, InetSocketAddress local, Socket client) {
    return new FiveTuple(
        transport,
        TransportAddress.of(local),
        TransportAddress.of((InetSocketAddress) client.getLocalSocketAddress()));
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void clientThatOffersOtherProtocolsIsServedWithout(Preference io) throws Exception {
    try (Running running = start(io);
        SSLSocket client = TlsClients.connect(running.tcp(), "TLSv1.3", null, "h2")) {
      exchange(client, StreamTest.frame(1, 5));
      assertEquals("", client.getApplicationProtocol());
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void nameThatIsAskedForChoosesTheCertificate(Preference io) throws Exception {
    try (Running running = start(io)) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        assertEquals(EC.certificate(), shown(running, version, null));
        assertEquals(EC.certificate(), shown(running, version, "turn.example"));
        assertEquals(EC.certificate(), shown(running, version, "nobody.example"));
        assertEquals(RSA.certificate(), shown(running, version, "RSA.example"));
        assertEquals(RSA.certificate(), shown(running, version, "a.wild.example"));
        assertEquals(EC.certificate(), shown(running, version, "a.b.wild.example"));
      }
    }
  }

  private static X509Certificate shown(Running running, String version, String name)
      throws Exception {
    try (SSLSocket client = TlsClients.connect(running.tcp(), version, name)) {
      return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void helloInSegmentsOfOneOctetIsUnderstood(Preference io) throws Exception {
    try (Running running = start(io);
        Socket slow = new Dribbling(running.tcp());
        SSLSocket client = TlsClients.over(slow, "TLSv1.3", null)) {
      exchange(client, StreamTest.frame(1, 300));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void clientThatReadsLateGetsEverything(Preference io) throws Exception {
    StreamLimits usual = StreamLimits.defaults();
    StreamLimits roomy =
        new StreamLimits(
            10, 10, 64 << 20, usual.firstFrameWithin(), usual.idleAfter(), usual.lingerFor());
    int frames = 300;
    try (Running running = start(io, roomy, SecureLimits.defaults());
        SSLSocket client = TlsClients.connect(running.tcp(), "TLSv1.3", null)) {
      byte[] frame = StreamTest.frame(1, 60_000);
      for (int i = 0; i < frames; i++) {
        client.getOutputStream().write(frame);
      }
      client.shutdownOutput();
      for (int i = 0; i < frames; i++) {
        assertArrayEquals(frame, client.getInputStream().readNBytes(frame.length));
      }
      assertEquals(-1, client.getInputStream().read());
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void clientThatHasEndedItsSideStillGetsItsAnswer(Preference io) throws Exception {
    try (Running running = start(io);
        SSLSocket client = TlsClients.connect(running.tcp(), "TLSv1.3", null)) {
      byte[] frame = StreamTest.frame(3, 50_000);
      client.getOutputStream().write(frame);
      client.shutdownOutput();
      assertArrayEquals(frame, client.getInputStream().readAllBytes());
      Running.until("closed", () -> running.count(Counter.STREAMS_CLOSED) == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void newFilesServeNewClientsAndLeaveTheOldAlone(Preference io) throws Exception {
    try (Running running = start(io);
        SSLSocket before = TlsClients.connect(running.tcp(), "TLSv1.3", null)) {
      exchange(before, StreamTest.frame(1, 5));
      TestCertificate next = TestCertificate.of("EC", "turn.example", "new.example");
      next.chain(files.resolve("ec.pem"));
      next.key(files.resolve("ec.key"));
      assertEquals(true, certificates.reload());
      assertEquals(next.certificate(), shown(running, "TLSv1.3", null));
      exchange(before, StreamTest.frame(2, 5));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void garbageInsteadOfARecordEndsThatConnectionOnly(Preference io) throws Exception {
    SecureLimits limits = limits(100, 100, Duration.ofSeconds(3));
    try (Running running = start(io, StreamLimits.defaults(), limits);
        SSLSocket good = TlsClients.connect(running.tcp(), "TLSv1.2", null);
        Socket early = running.connect();
        Socket under = running.connect();
        SSLSocket late = TlsClients.over(under, "TLSv1.3", null)) {
      early.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 3, 1, 2, 3});
      drain(early);
      exchange(late, StreamTest.frame(1, 5));
      under.getOutputStream().write(new byte[] {0x17, 3, 3, 0, 20, 1, 2, 3, 4, 5});
      under.getOutputStream().write(new byte[15]);
      assertThrows(IOException.class, () -> exchange(late, StreamTest.frame(1, 5)));
      exchange(good, StreamTest.frame(1, 5));
      assertEquals(1, running.count(Counter.TLS_FAILED));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void handshakesUnderWayAreLimitedPerSourceAndPerLoop(Preference io) throws Exception {
    Duration minute = Duration.ofMinutes(1);
    for (SecureLimits limits : List.of(limits(100, 3, minute), limits(3, 100, minute))) {
      try (Running running = start(io, StreamLimits.defaults(), limits)) {
        List<Socket> half = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          half.add(begun(running));
        }
        Running.until("refused", () -> running.count(Counter.TLS_REFUSED) == 1);
        for (Socket one : half) {
          one.close();
        }
        Running.until("room", () -> running.count(Counter.TLS_FAILED) == 3);
        try (SSLSocket next = TlsClients.connect(running.tcp(), "TLSv1.3", null)) {
          exchange(next, StreamTest.frame(1, 1));
        }
      }
    }
  }

  // A connection that has sent the beginning of a hello.
  private static Socket begun(Running running) throws IOException {
    Socket socket = running.connect();
    socket.getOutputStream().write(new byte[] {0x16, 3, 1, 1});
    return socket;
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void handshakeThatDripsIsEnded(Preference io) throws Exception {
    try (Running running =
            start(io, StreamLimits.defaults(), limits(10, 10, Duration.ofMillis(100)));
        Socket slow = begun(running)) {
      StreamTest.assertEnded(slow);
      assertEquals(1, running.count(Counter.TLS_FAILED));
      assertEquals(0, running.count(Counter.STREAMS_IDLE));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void serverWithoutCertificatesLeavesEveryOctetToTheFramer(Preference io) throws Exception {
    SecureStreams plain = new SecureStreams(null, Sources.none(), SecureLimits.defaults());
    try (Running running = start(io, StreamLimits.defaults(), plain, engine);
        Socket client = running.connect()) {
      client.getOutputStream().write(StreamTest.frame(1, 0x1603));
      assertArrayEquals(
          StreamTest.frame(1, 0x1603), client.getInputStream().readNBytes(0x1603 + 2));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void nothingIsLeftOfManyShortConnections(Preference io) throws Exception {
    try (Running running =
        start(io, StreamLimits.defaults(), limits(5, 5, Duration.ofMinutes(1)))) {
      for (int i = 0; i < 40; i++) {
        try (SSLSocket client = TlsClients.connect(running.tcp(), "TLSv1.3", null)) {
          exchange(client, StreamTest.frame(i, 100));
        }
        begun(running).close();
      }
      Running.until("closed", () -> running.count(Counter.STREAMS_CLOSED) == 80);
      assertEquals(40, running.count(Counter.TLS_ESTABLISHED));
      assertEquals(40, running.count(Counter.TLS_FAILED));
      assertEquals(40, engine.closed.size());
    }
  }

  static void exchange(Socket client, byte[] frame) throws IOException {
    assertArrayEquals(frame, StreamTest.exchange(client, frame));
  }

  // Reads an alert, if there is one, and the end.
  private static void drain(Socket client) {
    try {
      client.getInputStream().readAllBytes();
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (IOException reset) {
      return;
    }
  }

  /// Sends each octet in a segment of its own.
  private static final class Dribbling extends Socket {
    Dribbling(InetSocketAddress to) throws IOException {
      super(to.getAddress(), to.getPort());
      setTcpNoDelay(true);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream out = super.getOutputStream();
      return new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
          out.write(octet);
        }

        @Override
        public void write(byte[] octets, int at, int length) throws IOException {
          for (int i = at; i < at + length; i++) {
            out.write(octets[i]);
          }
        }
      };
    }
  }
}
