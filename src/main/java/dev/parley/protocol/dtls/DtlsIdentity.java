package dev.parley.protocol.dtls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// What one end of a DTLS connection proves itself with (RFC 6347).
///
/// @param key RSA, or EC on P-256 or P-384
/// @param chain the certificate of the key first, one at least
public record DtlsIdentity(PrivateKey key, List<X509Certificate> chain) {
  // RFC 5280, section 4.1.2.2: at most 20 octets, and not negative.
  private static final int SERIAL_BITS = 127;

  public DtlsIdentity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
  }

  /// A new key on P-256 and a certificate it signs for itself, good for nothing but its fingerprint
  /// (RFC 8827, section 6.5): the name and the serial number in it tell nothing.
  public static DtlsIdentity selfSigned(SecureRandom random, Instant notBefore, Instant notAfter) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      X500Name name = new X500Name("CN=" + HexFormat.of().toHexDigits(random.nextLong()));
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
              Date.from(notBefore),
              Date.from(notAfter),
              name,
              keys.getPublic());
      var signer =
          new JcaContentSignerBuilder("SHA256withECDSA")
              .setSecureRandom(random)
              .build(keys.getPrivate());
      X509Certificate certificate =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new DtlsIdentity(keys.getPrivate(), List.of(certificate));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a session description says of it: the SHA-256 of its certificate (RFC 8122, section 5).
  public Fingerprint fingerprint() {
    try {
      return Fingerprint.of(Fingerprint.Hash.SHA_256, chain.getFirst().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether the certificate is for a host (RFC 6125, section 6.4), its name in any case.
  public boolean covers(String host) {
    return ServerNames.of(chain.getFirst()).cover(host);
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "DtlsIdentity[" + key.getAlgorithm() + "]";
  }
}
