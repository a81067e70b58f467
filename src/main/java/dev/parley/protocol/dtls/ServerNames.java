package dev.parley.protocol.dtls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The DNS names a certificate is for (RFC 6125, section 6.4): exact ones, and wildcards that stand
/// for one label.
///
/// @param names in lower case
record ServerNames(Set<String> names) {
  private static final Integer DNS = 2;

  static ServerNames of(X509Certificate certificate) {
    Set<String> names = new HashSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (DNS.equals(name.get(0))) {
          names.add(name.get(1).toString().toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateParsingException e) {
      // It is served to those who name nobody.
      return new ServerNames(Set.of());
    }
    return new ServerNames(Set.copyOf(names));
  }

  /// Whether the certificate is for a host, its name in any case.
  boolean cover(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return names.contains(name) || dot > 0 && names.contains("*" + name.substring(dot));
  }
}
