package dev.parley.protocol.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/// What the passive end of a WebRTC connection answers (RFC 5763, section 5): it wants a
/// certificate of the client and an SRTP protection profile.
final class WebRtcServer extends DefaultTlsServer {
  private final JcaTlsCrypto crypto;
  private final DtlsPeerRules rules;
  private final PeerFacts facts;

  WebRtcServer(JcaTlsCrypto crypto, DtlsPeerRules rules, PeerFacts facts) {
    super(crypto);
    this.crypto = crypto;
    this.rules = rules;
    this.facts = facts;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return CipherSuites.of(rules.identity());
  }

  @Override
  protected boolean preferLocalCipherSuites() {
    return true;
  }

  @Override
  public int[] getSupportedGroups() {
    return WebRtcSuite.groups();
  }

  @Override
  protected int selectECDH(int leastBits) {
    return group();
  }

  // Without a common group no cipher suite is common either.
  @Override
  protected int getMaximumNegotiableCurveBits() {
    return group() < 0 ? 0 : NamedGroup.getCurveBits(group());
  }

  private int group() {
    int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
    return offered == null ? NamedGroup.secp256r1 : WebRtcSuite.group(offered);
  }

  /// The keys of SRTP may only come from a session that has it (RFC 7627, section 7).
  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    if (!rules.srtpProfiles().isEmpty()) {
      facts.srtpProfile(profile(TlsSRTPUtils.getUseSRTPExtension(extensions)));
    }
  }

  private int profile(UseSRTPData offer) throws TlsFatalAlert {
    if (offer != null) {
      for (int ours : rules.srtpProfiles()) {
        for (int theirs : offer.getProtectionProfiles()) {
          if (ours == theirs) {
            return ours;
          }
        }
      }
    }
    facts.end(DtlsEnd.SRTP_PROFILE);
    throw new TlsFatalAlert(AlertDescription.handshake_failure);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    if (facts.srtpProfile() >= 0) {
      WebRtcSuite.useSrtp(extensions, List.of(facts.srtpProfile()));
    }
    return extensions;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
    return signer();
  }

  @Override
  protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
    return signer();
  }

  @SuppressWarnings("unchecked")
  private TlsCredentialedSigner signer() throws IOException {
    return Credentials.of(
        rules.identity(),
        context,
        crypto,
        (Vector<SignatureAndHashAlgorithm>)
            context.getSecurityParametersHandshake().getClientSigAlgs());
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    return new CertificateRequest(types, WebRtcSuite.signatures(), null);
  }

  @Override
  public void notifyClientCertificate(Certificate chain) throws IOException {
    facts.present(chain);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    facts.export(context);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    facts.alert(level, description);
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return Math.toIntExact(rules.within().toMillis());
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return DtlsConnection.WEBRTC_RESEND_MILLIS;
  }
}
