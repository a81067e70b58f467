package dev.parley.protocol.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/// What the active end of a WebRTC connection says (RFC 5763, section 5): it offers SRTP protection
/// profiles and shows its certificate.
class WebRtcClient extends DefaultTlsClient {
  private final JcaTlsCrypto crypto;
  private final DtlsPeerRules rules;
  private final PeerFacts facts;

  WebRtcClient(JcaTlsCrypto crypto, DtlsPeerRules rules, PeerFacts facts) {
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
    return CipherSuites.offered();
  }

  @Override
  @SuppressWarnings("rawtypes")
  protected Vector<Integer> getSupportedGroups(Vector roles) {
    return WebRtcSuite.groupVector();
  }

  @Override
  protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
    return WebRtcSuite.signatures();
  }

  /// Nobody vouches for a self-signed certificate but the session description.
  @Override
  protected CertificateStatusRequest getCertificateStatusRequest() {
    return null;
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
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions =
        TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
    if (!rules.srtpProfiles().isEmpty()) {
      WebRtcSuite.useSrtp(extensions, rules.srtpProfiles());
    }
    return extensions;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    if (!rules.srtpProfiles().isEmpty()) {
      facts.srtpProfile(profile(TlsSRTPUtils.getUseSRTPExtension(extensions)));
    }
  }

  // RFC 5764, section 4.1.1: one of the profiles offered, and no MKI where none was.
  private int profile(UseSRTPData answer) throws TlsFatalAlert {
    boolean good =
        answer != null
            && answer.getProtectionProfiles().length == 1
            && answer.getMki().length == 0
            && rules.srtpProfiles().contains(answer.getProtectionProfiles()[0]);
    if (!good) {
      facts.end(DtlsEnd.SRTP_PROFILE);
      throw new TlsFatalAlert(
          answer == null ? AlertDescription.handshake_failure : AlertDescription.illegal_parameter);
    }
    return answer.getProtectionProfiles()[0];
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
        facts.present(shown.getCertificate());
      }

      @Override
      @SuppressWarnings("unchecked")
      public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        return Credentials.of(
            rules.identity(),
            context,
            crypto,
            (Vector<SignatureAndHashAlgorithm>) request.getSupportedSignatureAlgorithms());
      }
    };
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
