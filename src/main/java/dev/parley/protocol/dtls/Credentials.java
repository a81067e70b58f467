package dev.parley.protocol.dtls;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/// What BouncyCastle takes for an identity.
final class Credentials {
  private Credentials() {}

  /// @param algorithms that the peer verifies
  static TlsCredentialedSigner of(
      DtlsIdentity identity,
      TlsContext context,
      JcaTlsCrypto crypto,
      Vector<SignatureAndHashAlgorithm> algorithms)
      throws IOException {
    short algorithm =
        identity.key().getAlgorithm().equals("RSA")
            ? SignatureAlgorithm.rsa
            : SignatureAlgorithm.ecdsa;
    return new JcaDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        identity.key(),
        chain(identity, crypto),
        TlsUtils.chooseSignatureAndHashAlgorithm(context, algorithms, algorithm));
  }

  private static Certificate chain(DtlsIdentity identity, JcaTlsCrypto crypto) throws IOException {
    TlsCertificate[] chain = new TlsCertificate[identity.chain().size()];
    try {
      int i = 0;
      for (X509Certificate certificate : identity.chain()) {
        chain[i++] = crypto.createCertificate(certificate.getEncoded());
      }
    } catch (CertificateEncodingException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    }
    return new Certificate(chain);
  }
}
