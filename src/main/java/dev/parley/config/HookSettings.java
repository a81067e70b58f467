package dev.parley.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/// Who is told what happens in rooms.
///
/// @param urls where events are sent, each its own copy; none: nothing is written either
/// @param key id of the API key that signs; empty: the only one there is
/// @param patience how old an event grows before it is given up
/// @param keep how long delivered events are kept
public record HookSettings(List<URI> urls, Optional<String> key, Duration patience, Duration keep) {
  private static final int MOST = 8;
  private static final int LONGEST = 500;

  public HookSettings {
    urls = List.copyOf(urls);
    if (urls.size() > MOST || urls.stream().distinct().count() < urls.size()) {
      throw Key.WEBHOOK_URLS.refused("must name at most " + MOST + " different URLs");
    }
    for (URI url : urls) {
      check(url);
    }
    if (patience.isNegative() || patience.compareTo(Duration.ofDays(30)) > 0) {
      throw Key.WEBHOOK_PATIENCE.refused("must be 0 to 720 hours");
    }
    if (keep.isNegative() || keep.compareTo(Duration.ofDays(366)) > 0) {
      throw Key.WEBHOOK_KEEP.refused("must be 0 to 8784 hours");
    }
  }

  private static void check(URI url) {
    boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    // The text of the URL stays out: it may hold a secret of the receiver's.
    if (!http || url.getHost() == null || url.getFragment() != null) {
      throw Key.WEBHOOK_URLS.refused("must be http or https URLs with a host");
    }
    if (url.getUserInfo() != null) {
      throw Key.WEBHOOK_URLS.refused("must not have a user in a URL: requests are signed");
    }
    if (url.toString().length() > LONGEST) {
      throw Key.WEBHOOK_URLS.refused("must not be longer than " + LONGEST + " characters each");
    }
  }

  /// Whether anybody wants to know.
  public boolean wanted() {
    return !urls.isEmpty();
  }

  public static HookSettings read(Config config) {
    return new HookSettings(
        Key.WEBHOOK_URLS.list(config).stream().map(HookSettings::url).toList(),
        Key.WEBHOOK_KEY.in(config),
        Duration.ofHours(Key.WEBHOOK_PATIENCE.number(config)),
        Duration.ofHours(Key.WEBHOOK_KEEP.number(config)));
  }

  private static URI url(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw Key.WEBHOOK_URLS.refused("must be URLs");
    }
  }

  /// Without the URLs, which may hold secrets.
  @Override
  public String toString() {
    return "HookSettings[" + urls.size() + " urls]";
  }
}
