package dev.parley.adapter.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.adapter.secure.BadCertificate.Reason;
import dev.parley.lab.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static final TestCertificate EC = TestCertificate.of("EC", "ec.example");
  private static final TestCertificate RSA = TestCertificate.of("RSA", "rsa.example");

  @TempDir private Path files;
  private Path chain;
  private Path key;

  @BeforeEach
  void place() throws IOException {
    chain = EC.chain(files.resolve("chain.pem"));
    key = EC.key(files.resolve("key.pem"));
  }

  private Certificates read() throws BadCertificate {
    return Certificates.of(List.of(new PemPair(chain, key)));
  }

  private Reason refusal() {
    return assertThrows(BadCertificate.class, this::read).reason();
  }

  @Test
  void keysOfEitherKindAreReadInTheirOldAndNewForm() throws IOException {
    for (TestCertificate own : List.of(EC, RSA)) {
      own.chain(chain);
      own.key(key);
      assertEquals(own.keys().getPrivate(), read().dtls().getFirst().key());
      own.oldKey(key);
      // That it is the certificate's key has been tried by its reader.
      assertEquals(
          own.keys().getPrivate().getAlgorithm(), read().dtls().getFirst().key().getAlgorithm());
      assertEquals(List.of(own.certificate()), read().dtls().getFirst().chain());
    }
  }

  @Test
  void chainIsReadInItsOrder() throws IOException {
    String both = Files.readString(chain) + "\na word between\n";
    Files.writeString(chain, both + Files.readString(RSA.chain(files.resolve("other"))));
    assertEquals(List.of(EC.certificate(), RSA.certificate()), read().dtls().getFirst().chain());
  }

  @Test
  void eachMistakeHasItsWord() throws IOException {
    Files.writeString(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
    assertEquals(Reason.MALFORMED, refusal());
    RSA.key(key);
    assertEquals(Reason.OTHER_KEY, refusal());
    Files.writeString(key, "nothing");
    assertEquals(Reason.NO_KEY, refusal());
    Files.delete(key);
    assertEquals(Reason.UNREADABLE, refusal());
    EC.key(key);
    Files.writeString(chain, "nothing");
    assertEquals(Reason.NO_CERTIFICATE, refusal());
    Files.writeString(chain, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertEquals(Reason.MALFORMED, refusal());
  }

  @Test
  void fileThatTurnsBadLeavesTheFormerCertificateInUse() throws IOException {
    Certificates certificates = read();
    assertEquals(false, certificates.reload());
    Files.writeString(chain, "nothing");
    assertEquals(false, certificates.reload());
    assertEquals(EC.certificate(), certificates.dtls().getFirst().chain().getFirst());
    TestCertificate next = TestCertificate.of("RSA", "next.example");
    next.chain(chain);
    next.key(key);
    assertEquals(true, certificates.reload());
    assertEquals(next.certificate(), certificates.dtls().getFirst().chain().getFirst());
  }

  @Test
  void changedFileIsFoundByTheWatch() throws Exception {
    Certificates certificates = read();
    try (var watch = certificates.watch(Duration.ofMillis(5))) {
      TestCertificate next = TestCertificate.of("RSA", "next.example");
      next.key(key);
      next.chain(chain);
      while (!next.certificate().equals(certificates.dtls().getFirst().chain().getFirst())) {
        Thread.sleep(1);
      }
      assertEquals(true, watch != null);
    }
  }
}
