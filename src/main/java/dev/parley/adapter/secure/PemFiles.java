package dev.parley.adapter.secure;

import dev.parley.adapter.secure.BadCertificate.Reason;
import dev.parley.protocol.dtls.DtlsIdentity;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// Reads PEM (RFC 7468) chains and keys: PKCS#8, and the older PKCS#1 and SEC1.
final class PemFiles {
  private PemFiles() {}

  /// @throws BadCertificate says which file and what is wrong with it
  static DtlsIdentity read(PemPair pair) throws BadCertificate {
    List<X509Certificate> chain = chain(pair.chain());
    PrivateKey key = key(pair.key());
    if (!belong(key, chain.getFirst())) {
      throw new BadCertificate(pair.key(), Reason.OTHER_KEY, null);
    }
    return new DtlsIdentity(key, chain);
  }

  private static List<X509Certificate> chain(Path file) throws BadCertificate {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      var converter = new JcaX509CertificateConverter();
      for (Object object : objects(file)) {
        if (object instanceof X509CertificateHolder certificate) {
          chain.add(converter.getCertificate(certificate));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new BadCertificate(file, Reason.MALFORMED, e);
    }
    if (chain.isEmpty()) {
      throw new BadCertificate(file, Reason.NO_CERTIFICATE, null);
    }
    return chain;
  }

  private static PrivateKey key(Path file) throws BadCertificate {
    for (Object object : objects(file)) {
      switch (object) {
        case PrivateKeyInfo key -> {
          return key(file, key);
        }
        case PEMKeyPair pair -> {
          return key(file, pair.getPrivateKeyInfo());
        }
        case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
            throw new BadCertificate(file, Reason.ENCRYPTED_KEY, null);
        default -> {}
      }
    }
    throw new BadCertificate(file, Reason.NO_KEY, null);
  }

  private static PrivateKey key(Path file, PrivateKeyInfo info) throws BadCertificate {
    var converter = new JcaPEMKeyConverter();
    // The JDK knows the keys by another name than BouncyCastle.
    converter.setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
    try {
      PrivateKey key = converter.getPrivateKey(info);
      if (!key.getAlgorithm().equals("RSA") && !key.getAlgorithm().equals("EC")) {
        throw new BadCertificate(file, Reason.UNSUPPORTED_KEY, null);
      }
      return key;
    } catch (BadCertificate e) {
      throw e;
    } catch (IOException e) {
      throw new BadCertificate(file, Reason.UNSUPPORTED_KEY, e);
    }
  }

  private static List<Object> objects(Path file) throws BadCertificate {
    List<Object> objects = new ArrayList<>();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
        PEMParser parser = new PEMParser(text)) {
      for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
        objects.add(object);
      }
    } catch (org.bouncycastle.openssl.PEMException | RuntimeException e) {
      throw new BadCertificate(file, Reason.MALFORMED, e);
    } catch (IOException e) {
      throw new BadCertificate(
          file, Files.isReadable(file) ? Reason.MALFORMED : Reason.UNREADABLE, e);
    }
    return objects;
  }

  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    byte[] words = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(words);
      byte[] signature = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(words);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
