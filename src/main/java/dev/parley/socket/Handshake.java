package dev.parley.socket;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;

/// Notes what only the handshake shows. The user properties belong to this one connection (Jakarta
/// WebSocket 2.1, section 3.1.1), so handshakes at the same time do not mix.
public final class Handshake extends ServerEndpointConfig.Configurator {
  private static final String SEEN = "dev.parley.handshake";

  /// The headers of one handshake; null for what was not there.
  ///
  /// @param bearer an access token
  public record Seen(String origin, String host, String bearer) {
    static final Seen NOTHING = new Seen(null, null, null);

    /// What the handshake of a connection has shown, by its user properties.
    public static Seen of(Map<String, Object> properties) {
      return properties.get(SEEN) instanceof Seen seen ? seen : NOTHING;
    }

    /// The name the client used for this server, without port; an IPv6 address keeps its brackets.
    public String hostName() {
      if (host == null || host.isBlank()) {
        return null;
      }
      int colon =
          host.startsWith("[") ? host.indexOf(':', host.indexOf(']') + 1) : host.indexOf(':');
      return colon < 0 ? host : host.substring(0, colon);
    }

    @Override
    public String toString() {
      return "Seen[" + origin + ", " + host + "]";
    }
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    config.getUserProperties().put(SEEN, seen(request.getHeaders()));
  }

  static Seen seen(Map<String, List<String>> headers) {
    return new Seen(
        header(headers, "Origin"),
        header(headers, "Host"),
        bearer(header(headers, "Authorization")));
  }

  /// The token of an `Authorization` header (RFC 6750, section 2.1), or null.
  public static String bearer(String authorization) {
    boolean bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    return bearer ? authorization.substring(7).strip() : null;
  }

  private static String header(Map<String, List<String>> headers, String name) {
    for (var header : headers.entrySet()) {
      if (name.equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()) {
        return header.getValue().getFirst();
      }
    }
    return null;
  }
}
