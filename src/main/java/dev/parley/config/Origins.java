package dev.parley.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Which pages may talk to this server (RFC 6454; RFC 6455, section 10.2): those it serves itself
/// and those on a list. A client that is no browser sends no origin and is let through, for it
/// could claim any.
///
/// @param allowed origins as browsers write them, such as `https://app.example.com`; `*` for all
public record Origins(Set<String> allowed) {
  private static final String ALL = "*";

  /// @throws IllegalArgumentException where one is not a web origin
  public Origins {
    allowed = allowed.stream().map(Origins::canonical).collect(Collectors.toUnmodifiableSet());
  }

  /// Decides by the two headers of a request; null for one that is not there.
  public boolean allows(String origin, String host) {
    return origin == null
        || allowed.contains(ALL)
        || same(origin, host)
        || allowed.contains(origin.toLowerCase(Locale.ROOT));
  }

  /// The scheme is not compared: behind a proxy that ends TLS the server sees another one than the
  /// browser does.
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

  private static String canonical(String given) {
    if (given.equals(ALL)) {
      return ALL;
    }
    String origin = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    try {
      URI uri = new URI(origin);
      if (uri.getScheme() != null
          && uri.getRawAuthority() != null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return origin.toLowerCase(Locale.ROOT);
      }
    } catch (URISyntaxException e) {
      // Refused below, like every other text that is not an origin.
    }
    throw Key.ORIGINS.refused("is not a web origin (scheme://host[:port]): " + given);
  }
}
