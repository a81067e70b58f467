package dev.parley.protocol.dtls;

import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;

/// The cryptography of WebRTC's handshakes (RFC 8827, section 6.5): ECDHE on P-256 or X25519 with
/// AES-GCM, certificates of either kind.
final class WebRtcSuite {
  private static final int[] ECDSA = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
  };
  private static final int[] RSA = {
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  };

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

  private WebRtcSuite() {}

  /// What a server with an identity can do.
  static int[] suites(DtlsIdentity identity) {
    return identity.key().getAlgorithm().equals("RSA") ? RSA.clone() : ECDSA.clone();
  }

  /// What a client offers: the server may have a certificate of either kind.
  static int[] suites() {
    return new int[] {ECDSA[0], RSA[0], ECDSA[1], RSA[1]};
  }

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

  static int[] profiles(List<Integer> codes) {
    return codes.stream().mapToInt(Integer::intValue).toArray();
  }
}
