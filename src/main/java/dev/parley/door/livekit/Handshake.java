package dev.parley.door.livekit;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;

/// Notes what only the handshake shows. The user properties belong to this one connection (Jakarta
/// WebSocket 2.1, section 3.1.1).
public final class Handshake extends ServerEndpointConfig.Configurator {
  private static final String SEEN = "dev.parley.handshake";

  /// Two headers of one handshake; null for what was not there.
  ///
  /// @param bearer an access token
  record Seen(String host, String bearer) {
    static final Seen NOTHING = new Seen(null, null);

    static Seen of(Map<String, Object> properties) {
      return properties.get(SEEN) instanceof Seen seen ? seen : NOTHING;
    }

    @Override
    public String toString() {
      return "Seen[" + host + "]";
    }
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    config.getUserProperties().put(SEEN, seen(request.getHeaders()));
  }

  static Seen seen(Map<String, List<String>> headers) {
    String authorization = header(headers, "Authorization");
    return new Seen(header(headers, "Host"), bearer(authorization));
  }

  /// The token of an `Authorization` header, or null.
  static String bearer(String authorization) {
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
