package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.secure.Certificates;
import dev.parley.adapter.secure.PemPair;
import dev.parley.adapter.secure.SecureDatagrams;
import dev.parley.adapter.secure.SecureLimits;
import dev.parley.adapter.secure.SecureStreams;
import dev.parley.adapter.secure.Sources;
import dev.parley.lab.Foreign;
import dev.parley.lab.TestCertificate;
import dev.parley.media.Counter;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// OpenSSL as a client of TLS and DTLS, through both twins.
class ForeignTlsTest {
  // A frame of the length 65 and as many letters: text, since openssl takes its input as it is.
  private static final String FRAME = "\0A" + "x".repeat(65);

  @TempDir private Path files;
  private final HeardEcho engine = new HeardEcho();

  private Running start(Preference io) throws Exception {
    TestCertificate ec = TestCertificate.of("EC", "turn.example");
    TestCertificate rsa = TestCertificate.of("RSA", "rsa.example");
    Certificates certificates =
        Certificates.of(
            List.of(
                new PemPair(ec.chain(files.resolve("e.pem")), ec.oldKey(files.resolve("e.key"))),
                new PemPair(rsa.chain(files.resolve("r.pem")), rsa.key(files.resolve("r.key")))));
    return Running.start(
        Running.settings(io),
        Running.service(
            (loop, effects, tally) -> engine.engine(effects),
            List.of(new SecureDatagrams(certificates, SecureLimits.defaults())),
            new SecureStreams(certificates, Sources.none(), SecureLimits.defaults())));
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void opensslIsEchoedOverTls(Preference io) throws Exception {
    try (Running running = start(io)) {
      String young = openssl(running.tcp(), "-tls1_3", "-alpn", "stun.turn");
      assertTrue(young.contains("ALPN protocol: stun.turn"), young);
      assertTrue(young.contains("TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256"), young);
      String old = openssl(running.tcp(), "-tls1_2", "-servername", "rsa.example");
      assertTrue(old.contains("Cipher is ECDHE-RSA-AES128-GCM-SHA256"), old);
      assertEquals(2, running.count(Counter.TLS_ESTABLISHED));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void opensslIsEchoedOverDtls(Preference io) throws Exception {
    try (Running running = start(io)) {
      String ec = openssl(running.udp(), "-dtls1_2", "-alpn", "stun.turn");
      assertTrue(ec.contains("Cipher is ECDHE-ECDSA-AES128-GCM-SHA256"), ec);
      assertTrue(ec.contains("ALPN protocol: stun.turn"), ec);
      String rsa = openssl(running.udp(), "-dtls1_2", "-servername", "rsa.example", "-mtu", "300");
      assertTrue(rsa.contains("Cipher is ECDHE-RSA-AES128-GCM-SHA256"), rsa);
      assertEquals(2, running.count(Counter.DTLS_ESTABLISHED));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void renegotiationIsRefused(Preference io) throws Exception {
    try (Running running = start(io)) {
      Process client = client(running.tcp(), "-tls1_2", "-legacy_renegotiation");
      try (OutputStream in = client.getOutputStream()) {
        in.write(FRAME.getBytes(StandardCharsets.ISO_8859_1));
        in.flush();
        Running.until("heard", () -> engine.heard.size() == 1);
        in.write("R\n".getBytes(StandardCharsets.ISO_8859_1));
        in.flush();
        Running.until("closed", () -> running.count(Counter.STREAMS_CLOSED) == 1);
      } finally {
        client.destroyForcibly();
      }
      assertEquals(1, running.count(Counter.TLS_ESTABLISHED));
    }
  }

  private static Process client(InetSocketAddress to, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Foreign.program("openssl", "openssl"),
                "s_client",
                "-connect",
                to.getAddress().getHostAddress() + ":" + to.getPort()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  // What it printed until our frame came back.
  private static String openssl(InetSocketAddress to, String... options) throws Exception {
    Process client = client(to, options);
    StringBuilder printed = new StringBuilder();
    try (InputStream out = client.getInputStream();
        OutputStream in = client.getOutputStream()) {
      in.write(FRAME.getBytes(StandardCharsets.ISO_8859_1));
      in.flush();
      byte[] some = new byte[4096];
      while (printed.indexOf("x".repeat(65)) < 0) {
        int taken = out.read(some);
        if (taken < 0) {
          throw new AssertionError("openssl ended: " + printed);
        }
        printed.append(new String(some, 0, taken, StandardCharsets.ISO_8859_1));
      }
    } finally {
      client.destroy();
      client.waitFor(5, TimeUnit.SECONDS);
      client.destroyForcibly();
    }
    return printed.toString();
  }
}
