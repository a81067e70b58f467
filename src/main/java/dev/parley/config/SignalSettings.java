package dev.parley.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/// Who may connect from where, and how long a lost socket is waited for.
///
/// @param origins web origins allowed besides the server's own, `*` for all
/// @param resume how long a participant stays after its socket was lost
/// @param heartbeat within which a client must send something
/// @param rate messages a second one socket may send
public record SignalSettings(Set<String> origins, Duration resume, Duration heartbeat, int rate) {
  private static final String ALL = "*";

  public SignalSettings {
    origins =
        origins.stream().map(SignalSettings::canonical).collect(Collectors.toUnmodifiableSet());
    if (resume.isNegative() || resume.toSeconds() > 3600) {
      throw Key.SIGNAL_RESUME.refused("must be 0 to 3600 seconds");
    }
    if (heartbeat.toSeconds() < 1 || heartbeat.toSeconds() > 3600) {
      throw Key.SIGNAL_HEARTBEAT.refused("must be 1 to 3600 seconds");
    }
    if (rate < 1 || rate > 1_000_000) {
      throw Key.SIGNAL_RATE.refused("must be 1 to 1000000: " + rate);
    }
  }

  public static SignalSettings read(Config config) {
    Set<String> origins =
        Key.ORIGINS.in(config).stream()
            .flatMap(list -> Stream.of(list.split(",")))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .collect(Collectors.toSet());
    return new SignalSettings(
        origins,
        Duration.ofSeconds(Key.SIGNAL_RESUME.number(config)),
        Duration.ofSeconds(Key.SIGNAL_HEARTBEAT.number(config)),
        Key.SIGNAL_RATE.number(config));
  }

  /// Whether a page of this origin may talk to the server it reached under this host.
  ///
  /// @param origin the `Origin` header (RFC 6454), or null where there is none: not a browser
  /// @param host the `Host` header, or null
  public boolean allows(String origin, String host) {
    if (origin == null || origins.contains(ALL)) {
      return true;
    }
    String lower = origin.toLowerCase(Locale.ROOT);
    int authority = lower.indexOf("://");
    // The scheme is not compared: behind a proxy that ends TLS the server sees another one than the
    // browser does.
    boolean own =
        host != null
            && (lower.startsWith("http://") || lower.startsWith("https://"))
            && lower.substring(authority + 3).equals(host.toLowerCase(Locale.ROOT));
    return own || origins.contains(lower);
  }

  private static String canonical(String origin) {
    if (origin.equals(ALL)) {
      return ALL;
    }
    try {
      URI uri = new URI(origin);
      boolean plain =
          uri.getScheme() != null
              && uri.getRawAuthority() != null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (plain) {
        return origin.toLowerCase(Locale.ROOT);
      }
    } catch (URISyntaxException e) {
      // Refused below, like every other text that is not an origin.
    }
    throw Key.ORIGINS.refused("is not a web origin (scheme://host[:port]): " + origin);
  }
}
