package dev.parley.door.json;

import java.util.List;
import java.util.Locale;

/// Which pages may open a socket (RFC 6454; RFC 6455, section 10.2): those this server serves
/// itself and those on a list. A client that is no browser sends no origin and is let through, for
/// it could claim any.
///
/// @param allowed origins as browsers write them, such as `https://app.example.com`
public record Origins(List<String> allowed) {
  public Origins {
    allowed = allowed.stream().map(Origins::normal).toList();
  }

  /// Decides by the two headers of a handshake; null for one that is not there.
  public boolean allows(String origin, String host) {
    return origin == null || same(origin, host) || allowed.contains(normal(origin));
  }

  private static boolean same(String origin, String host) {
    int scheme = origin.indexOf("://");
    if (host == null || scheme < 0) {
      return false;
    }
    String standard =
        switch (origin.substring(0, scheme).toLowerCase(Locale.ROOT)) {
          case "http" -> ":80";
          case "https" -> ":443";
          default -> null;
        };
    return standard != null
        && bare(origin.substring(scheme + 3), standard).equals(bare(host, standard));
  }

  /// Browsers leave out the standard port; other clients may write it.
  private static String bare(String authority, String standard) {
    String lower = authority.toLowerCase(Locale.ROOT);
    return lower.endsWith(standard)
        ? lower.substring(0, lower.length() - standard.length())
        : lower;
  }

  private static String normal(String origin) {
    String lower = origin.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
