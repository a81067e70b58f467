package dev.parley.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.dtls.Fingerprint.Hash;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final byte[] ABC = {'a', 'b', 'c'};

  /// The example of FIPS 180-2, appendix B.1.
  private static final String ABC_SHA_256 =
      "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23"
          + ":B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";

  @Test
  void aFingerprintIsWrittenInUpperCaseWithColons() {
    assertEquals("sha-256 " + ABC_SHA_256, Fingerprint.of(Hash.SHA_256, ABC).text());
  }

  @Test
  void caseDoesNotMatterToWhoReadsOne() {
    assertEquals(
        Optional.of(Fingerprint.of(Hash.SHA_256, ABC)),
        Fingerprint.parse(" SHA-256 " + ABC_SHA_256.toLowerCase(java.util.Locale.ROOT)));
    for (Hash hash : Hash.values()) {
      Fingerprint one = Fingerprint.of(hash, ABC);
      assertEquals(Optional.of(one), Fingerprint.parse(one.text()));
    }
  }

  @Test
  void weakOrUnknownOrCutOnesAreNotRead() {
    for (String bad :
        List.of(
            "",
            "sha-256",
            "sha-1 A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D",
            "md5 90:01:50:98:3C:D2:4F:B0:D6:96:3F:7D:28:E1:7F:72",
            "sha-256 " + ABC_SHA_256.substring(3),
            "sha-384 " + ABC_SHA_256,
            "sha-256 " + ABC_SHA_256.replace(":", ""),
            "sha-256 " + ABC_SHA_256 + " more",
            "sha-256 " + ABC_SHA_256.replace('B', 'G'))) {
      assertEquals(Optional.empty(), Fingerprint.parse(bad), bad);
    }
  }

  @Test
  void ofSeveralTheStrongestHashCounts() {
    Fingerprint good256 = Fingerprint.of(Hash.SHA_256, ABC);
    Fingerprint good512 = Fingerprint.of(Hash.SHA_512, ABC);
    Fingerprint bad512 = Fingerprint.of(Hash.SHA_512, new byte[1]);
    assertTrue(Fingerprint.match(List.of(good256), ABC));
    assertTrue(Fingerprint.match(List.of(good256, bad512, good512), ABC));
    assertFalse(Fingerprint.match(List.of(good256, bad512), ABC));
    assertFalse(Fingerprint.match(List.of(), ABC));
  }

  @Test
  void anIdentityIsItsKeyAndNothingElse() throws Exception {
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    Instant to = Instant.parse("2026-02-01T00:00:00Z");
    DtlsIdentity one = DtlsIdentity.selfSigned(new SecureRandom(), from, to);
    DtlsIdentity other = DtlsIdentity.selfSigned(new SecureRandom(), from, to);
    assertNotEquals(one.fingerprint(), other.fingerprint());
    X509Certificate certificate = one.chain().getFirst();
    certificate.verify(certificate.getPublicKey());
    assertEquals("SHA256withECDSA", certificate.getSigAlgName());
    assertEquals(from, certificate.getNotBefore().toInstant());
    assertEquals(to, certificate.getNotAfter().toInstant());
    assertEquals(1, certificate.getSerialNumber().signum());
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    org.junit.jupiter.api.Assertions.assertArrayEquals(digest, one.fingerprint().octets());
    assertEquals("DtlsIdentity[EC]", one.toString());
  }
}
