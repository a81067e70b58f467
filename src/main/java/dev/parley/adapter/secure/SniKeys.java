package dev.parley.adapter.secure;

import dev.parley.protocol.dtls.DtlsIdentity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/// Chooses the certificate by the name the client asks for (RFC 6066, section 3) and by the kind of
/// key it can verify; who names nobody known gets the first of its kind.
///
/// Never changes: other files make another one.
final class SniKeys extends X509ExtendedKeyManager {
  private final List<DtlsIdentity> identities;

  SniKeys(List<DtlsIdentity> identities) {
    this.identities = List.copyOf(identities);
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    boolean known = identities.stream().anyMatch(one -> asked(one, engine));
    for (int i = 0; i < identities.size(); i++) {
      if (identities.get(i).key().getAlgorithm().equals(keyType)
          && (!known || asked(identities.get(i), engine))) {
        return Integer.toString(i);
      }
    }
    // The engine goes on to the next kind that the client can verify.
    return null;
  }

  private static boolean asked(DtlsIdentity identity, SSLEngine engine) {
    if (!(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
      return false;
    }
    for (SNIServerName name : session.getRequestedServerNames()) {
      if (name instanceof SNIHostName host && identity.covers(host.getAsciiName())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identities.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identities.get(Integer.parseInt(alias)).key();
  }

  /// Servers only; no sockets, no clients.
  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }
}
