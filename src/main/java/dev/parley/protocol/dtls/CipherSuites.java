package dev.parley.protocol.dtls;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bouncycastle.tls.CipherSuite;

/// The cipher suites of every handshake here: ECDHE with AES-GCM (RFC 5289), the cheaper one first;
/// which of them a server can do depends on the key of its certificate.
final class CipherSuites {
  private static final int[] ECDSA = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
  };
  private static final int[] RSA = {
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  };

  private CipherSuites() {}

  /// What a server with this identity can do.
  static int[] of(DtlsIdentity identity) {
    return identity.key().getAlgorithm().equals("RSA") ? RSA.clone() : ECDSA.clone();
  }

  /// What a server can do that may have a key of either kind.
  static int[] of(boolean ecdsa, boolean rsa) {
    return IntStream.concat(
            Arrays.stream(ecdsa ? ECDSA : new int[0]), Arrays.stream(rsa ? RSA : new int[0]))
        .toArray();
  }

  /// What a client offers: the server may have a certificate of either kind.
  static int[] offered() {
    return new int[] {ECDSA[0], RSA[0], ECDSA[1], RSA[1]};
  }
}
