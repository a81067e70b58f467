package dev.parley.protocol.dtls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/// What the server's end of one DTLS 1.2 handshake answers (RFC 6347, RFC 5246): ECDHE with AES-GCM
/// only, a certificate by the name asked for, no client certificate.
final class DtlsServer extends DefaultTlsServer {
  private final JcaTlsCrypto crypto;
  private final int withinMillis;
  private List<DtlsIdentity> identities;

  DtlsServer(JcaTlsCrypto crypto, List<DtlsIdentity> identities, int withinMillis) {
    super(crypto);
    this.crypto = crypto;
    this.identities = identities;
    this.withinMillis = withinMillis;
  }

  /// The cryptography of the JDK's providers.
  static JcaTlsCrypto crypto(SecureRandom random) {
    return new JcaTlsCryptoProvider().create(random);
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return suites();
  }

  /// Ours first: the cheap one, whatever a client likes best.
  @Override
  protected boolean preferLocalCipherSuites() {
    return true;
  }

  private int[] suites() {
    return CipherSuites.of(first("EC") != null, first("RSA") != null);
  }

  private DtlsIdentity first(String algorithm) {
    return identities.stream()
        .filter(one -> one.key().getAlgorithm().equals(algorithm))
        .findFirst()
        .orElse(null);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    Vector names = context.getSecurityParametersHandshake().getClientServerNames();
    if (names != null) {
      for (Object name : names) {
        choose((ServerName) name);
      }
    }
  }

  // The name that is asked for weighs more than the kind of key.
  private void choose(ServerName name) {
    String host = new String(name.getNameData(), StandardCharsets.US_ASCII);
    List<DtlsIdentity> named = identities.stream().filter(one -> one.covers(host)).toList();
    if (!named.isEmpty()) {
      identities = named;
      cipherSuites = suites();
    }
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
    return signer(first("EC"));
  }

  @Override
  protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
    return signer(first("RSA"));
  }

  @SuppressWarnings("unchecked")
  private TlsCredentialedSigner signer(DtlsIdentity identity) throws IOException {
    return Credentials.of(
        identity,
        context,
        crypto,
        (Vector<SignatureAndHashAlgorithm>)
            context.getSecurityParametersHandshake().getClientSigAlgs());
  }

  /// RFC 7443: what a STUN or TURN client may ask for.
  @Override
  protected Vector<ProtocolName> getProtocolNames() {
    return new Vector<>(
        List.of(
            ProtocolName.asUtf8Encoding("stun.turn"),
            ProtocolName.asUtf8Encoding("stun.nat-discovery")));
  }

  // A client that offers others only is served as if it had offered none.
  @Override
  protected ProtocolName selectProtocolName() throws IOException {
    return Collections.disjoint(clientProtocolNames, getProtocolNames())
        ? null
        : super.selectProtocolName();
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return withinMillis;
  }

  /// A flight lost is sent again after half a second at first; RFC 6347, section 4.2.4.1, says a
  /// second, and calls do not wait for it gladly.
  @Override
  public int getHandshakeResendTimeMillis() {
    return 500;
  }
}
