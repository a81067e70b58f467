package dev.parley.lab;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/// A key and a certificate that it signed for itself.
public record TestCertificate(KeyPair keys, X509Certificate certificate) {

  /// @param algorithm `EC` (P-256) or `RSA`
  /// @param names for which it is good; the first also is the subject
  public static TestCertificate of(String algorithm, String... names) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(2048);
      }
      KeyPair keys = generator.generateKeyPair();
      X500Name subject = new X500Name("CN=" + names[0]);
      Instant now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              BigInteger.valueOf(now.toEpochMilli()),
              Date.from(now.minus(1, ChronoUnit.DAYS)),
              Date.from(now.plus(1, ChronoUnit.DAYS)),
              subject,
              keys.getPublic());
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              Stream.of(names)
                  .map(name -> new GeneralName(GeneralName.dNSName, name))
                  .toArray(GeneralName[]::new)));
      String signature = algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
      var signer = new JcaContentSignerBuilder(signature).build(keys.getPrivate());
      return new TestCertificate(
          keys, new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
    } catch (GeneralSecurityException | IOException | OperatorException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes the certificate as PEM.
  public Path chain(Path file) throws IOException {
    return Files.writeString(file, pem(certificate));
  }

  /// Writes the key as PKCS#8.
  public Path key(Path file) throws IOException {
    return Files.writeString(file, pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
  }

  /// Writes the key as PKCS#1 or SEC1.
  public Path oldKey(Path file) throws IOException {
    if (keys.getPrivate() instanceof ECPrivateKey key) {
      // The JDK leaves the curve out, which RFC 5915 does not allow in a file.
      var curve = X9ObjectIdentifiers.prime256v1;
      var sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), curve);
      return Files.writeString(file, pem(new PemObject("EC PRIVATE KEY", sec1.getEncoded())));
    }
    return Files.writeString(file, pem(keys.getPrivate()));
  }

  private static String pem(Object object) throws IOException {
    Writer text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
