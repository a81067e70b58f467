package dev.parley.protocol.dtls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What one end of a DTLS connection proves itself with (RFC 6347).
///
/// @param key RSA, or EC on P-256 or P-384
/// @param chain the certificate of the key first, one at least
public record DtlsIdentity(PrivateKey key, List<X509Certificate> chain) {
  public DtlsIdentity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
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
