package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.secure.Certificates;
import dev.parley.adapter.secure.PemPair;
import dev.parley.adapter.secure.SecureDatagrams;
import dev.parley.adapter.secure.SecureLimits;
import dev.parley.lab.TestCertificate;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// DTLS and plain datagrams on one port, through both twins.
class DtlsTest {
  private static final TestCertificate EC = TestCertificate.of("EC", "turn.example");
  private static final TestCertificate RSA = TestCertificate.of("RSA", "rsa.example");

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
                    RSA.chain(files.resolve("rsa.pem")), RSA.key(files.resolve("rsa.key")))));
  }

  private Running start(Preference io, SecureLimits limits) throws Exception {
    return Running.start(
        Running.settings(io),
        Running.service(
            (loop, effects, tally) -> engine.engine(effects),
            List.of(new SecureDatagrams(certificates, limits)),
            StreamLayer.NONE));
  }

  private Running start(Preference io) throws Exception {
    return start(io, SecureLimits.defaults());
  }

  private static SecureLimits limits(
      int associations, int halfOpen, int perSource, Duration within, Duration idle) {
    return new SecureLimits(1, 1, within, associations, halfOpen, perSource, idle);
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void messagesGoBothWaysAndTheEngineHearsOfTheEnd(Preference io) throws Exception {
    try (Running running = start(io)) {
      FiveTuple path;
      try (DtlsClient client = new DtlsClient(running.udp(), 1300, null)) {
        for (int size : new int[] {1, 20, 160, 1200}) {
          byte[] message = DatagramTest.octets(size, size);
          assertArrayEquals(message, client.exchange(message));
        }
        path =
            new FiveTuple(
                Transport.DTLS,
                TransportAddress.of(running.udp()),
                TransportAddress.of((InetSocketAddress) client.socket.getLocalSocketAddress()));
        assertEquals(List.of(path, path, path, path), engine.heard);
      }
      Running.until("told", () -> engine.closed.equals(List.of(path)));
      assertEquals(1, running.count(Counter.DTLS_HELLOS));
      assertEquals(1, running.count(Counter.DTLS_ESTABLISHED));
      assertEquals(1, running.count(Counter.DTLS_ENDED));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void nameThatIsAskedForChoosesTheCertificate(Preference io) throws Exception {
    try (Running running = start(io)) {
      assertArrayEquals(EC.certificate().getEncoded(), shown(running, null));
      assertArrayEquals(EC.certificate().getEncoded(), shown(running, "nobody.example"));
      assertArrayEquals(RSA.certificate().getEncoded(), shown(running, "rsa.example"));
    }
  }

  private static byte[] shown(Running running, String name) throws IOException {
    try (DtlsClient client = new DtlsClient(running.udp(), 1300, name)) {
      return client.certificate();
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void helloInFragmentsIsPutTogether(Preference io) throws Exception {
    try (Running running = start(io);
        DtlsClient client = new DtlsClient(running.udp(), 100, null)) {
      byte[] message = DatagramTest.octets(1, 50);
      assertArrayEquals(message, client.exchange(message));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void clientThatBeginsAnewFromItsPortIsServed(Preference io) throws Exception {
    try (Running running = start(io);
        DatagramSocket socket = new DatagramSocket()) {
      byte[] message = DatagramTest.octets(1, 50);
      assertArrayEquals(
          message, new DtlsClient(socket, running.udp(), 1300, null).exchange(message));
      assertArrayEquals(
          message, new DtlsClient(socket, running.udp(), 1300, null).exchange(message));
      Running.until("told", () -> engine.closed.size() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void forgedRecordsHarmNoAssociation(Preference io) throws Exception {
    try (Running running = start(io);
        DtlsClient client = new DtlsClient(running.udp(), 1300, null)) {
      byte[] message = DatagramTest.octets(1, 50);
      Random random = new Random(1);
      for (int i = 0; i < 300; i++) {
        byte[] forged = new byte[13 + random.nextInt(100)];
        random.nextBytes(forged);
        forged[0] = (byte) (20 + random.nextInt(i % 2 == 0 ? 5 : 44));
        forged[1] = (byte) 0xfe;
        forged[2] = (byte) 0xfd;
        forged[3] = 0;
        forged[4] = (byte) (i & 1);
        forged[11] = 0;
        forged[12] = (byte) (forged.length - 13);
        client.socket.send(new DatagramPacket(forged, forged.length));
      }
      assertArrayEquals(message, client.exchange(message));
      assertEquals(0, running.count(Counter.ENGINE_FAILURES));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void hellosWithoutCookieCostNoStateAndAreNotAmplified(Preference io) throws Exception {
    try (Running running = start(io);
        DatagramSocket stranger = new DatagramSocket()) {
      stranger.setSoTimeout((int) Running.PATIENCE_MILLIS);
      stranger.connect(running.udp());
      byte[] hello = hello();
      byte[] answer = new byte[2048];
      for (int i = 0; i < 500; i++) {
        hello[27 + i % 30] = (byte) i;
        stranger.send(new DatagramPacket(hello, hello.length));
        DatagramPacket back = new DatagramPacket(answer, answer.length);
        stranger.receive(back);
        assertTrue(back.getLength() <= hello.length);
        assertEquals(3, answer[13]);
      }
      assertEquals(500, running.count(Counter.DTLS_HELLOS));
      assertEquals(0, running.count(Counter.DTLS_REFUSED));
      assertEquals(0, running.count(Counter.DTLS_FAILED));
    }
  }

  /// The smallest hello that means anything: one cipher suite, no extensions.
  static byte[] hello() {
    byte[] hello = new byte[13 + 12 + 2 + 32 + 1 + 1 + 4 + 2];
    hello[0] = 22;
    hello[1] = (byte) 0xfe;
    hello[2] = (byte) 0xfd;
    hello[12] = (byte) (hello.length - 13);
    hello[13] = 1;
    hello[16] = (byte) (hello.length - 25);
    hello[24] = (byte) (hello.length - 25);
    hello[25] = (byte) 0xfe;
    hello[26] = (byte) 0xfd;
    hello[62] = 2;
    hello[63] = (byte) 0xc0;
    hello[64] = 0x2b;
    hello[65] = 1;
    return hello;
  }
}
