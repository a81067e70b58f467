package dev.parley.door.whip;

import dev.parley.door.whip.Answer.Header;
import dev.parley.signal.IceServer;
import java.util.List;

/// ICE servers as `Link` header fields (RFC 9725, section 4.6; RFC 8288).
final class IceLinks {
  private IceLinks() {}

  /// One field for each URL.
  static List<Header> of(IceServer server) {
    return server.urls().stream().map(url -> link(url, server)).toList();
  }

  private static Header link(String url, IceServer server) {
    String link = "<" + url + ">; rel=\"ice-server\"";
    if (server.username() != null) {
      link +=
          "; username=%s; credential=%s; credential-type=\"password\""
              .formatted(quoted(server.username()), quoted(server.credential()));
    }
    return new Header("Link", link);
  }

  /// RFC 9110, section 5.6.4.
  private static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
