package dev.parley.protocol.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;

/// The cryptography of WebRTC's handshakes (RFC 8827, section 6.5): P-256 or X25519 to agree on
/// keys, certificates of either kind, protection profiles of SRTP.
final class WebRtcSuite {
  /// The cheaper one first: a handshake on X25519 took a fifth less CPU than one on P-256
  /// (DtlsCost).
  private static final int[] GROUPS = {NamedGroup.x25519, NamedGroup.secp256r1};

  /// Of the peer's certificate only the key matters: the fingerprint vouches for the rest. No
  /// RSA-PSS: BouncyCastle asks for it by a name that the JDK's providers do not know.
  private static final int[] SIGNATURES = {
    SignatureScheme.ecdsa_secp256r1_sha256,
    SignatureScheme.ecdsa_secp384r1_sha384,
    SignatureScheme.ecdsa_secp521r1_sha512,
    SignatureScheme.rsa_pkcs1_sha256,
    SignatureScheme.rsa_pkcs1_sha384,
    SignatureScheme.rsa_pkcs1_sha512
  };

  private static final byte[] NO_MKI = {};

  private WebRtcSuite() {}

  static int[] groups() {
    return GROUPS.clone();
  }

  static Vector<Integer> groupVector() {
    Vector<Integer> groups = new Vector<>();
    for (int group : GROUPS) {
      groups.add(group);
    }
    return groups;
  }

  /// The group liked best among the peer's, or -1.
  static int group(int[] peers) {
    for (int group : GROUPS) {
      for (int one : peers) {
        if (one == group) {
          return group;
        }
      }
    }
    return -1;
  }

  static Vector<SignatureAndHashAlgorithm> signatures() {
    Vector<SignatureAndHashAlgorithm> all = new Vector<>();
    for (int scheme : SIGNATURES) {
      all.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
    }
    return all;
  }

  /// Adds `use_srtp` (RFC 5764, section 4.1.1) with these protection profiles and no MKI.
  @SuppressWarnings("rawtypes")
  static void useSrtp(Hashtable extensions, List<Integer> profiles) throws IOException {
    int[] codes = profiles.stream().mapToInt(Integer::intValue).toArray();
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(codes, NO_MKI));
  }
}
