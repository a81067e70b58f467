package dev.parley.door.livekit;

import dev.parley.identity.Grant;
import dev.parley.identity.TokenRefused;
import dev.parley.room.Rooms;
import dev.parley.socket.Handshake;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Says in statuses of HTTP whether a client would be let in: at the upgrade, and where it asks
/// after one that failed.
@ApplicationScoped
public class Gate {
  /// @param text what the SDKs show
  record Verdict(int status, String text) {
    static final Verdict OPEN = new Verdict(HttpServletResponse.SC_OK, "success");

    boolean open() {
      return status == HttpServletResponse.SC_OK;
    }
  }

  private final LiveKitDoor door;
  private final Rooms rooms;

  /// For the container's proxy only.
  protected Gate() {
    this(null, null);
  }

  @Inject
  public Gate(LiveKitDoor door, Rooms rooms) {
    this.door = door;
    this.rooms = rooms;
  }

  /// @param path that of the socket, or of the question about it
  Verdict verdict(String path, Map<String, List<String>> query, String authorization) {
    var seen = new Handshake.Seen(null, null, Handshake.bearer(authorization));
    Grant grant;
    try {
      grant = door.grant(Arrival.token(query, seen.bearer()));
    } catch (TokenRefused refused) {
      return new Verdict(HttpServletResponse.SC_UNAUTHORIZED, refused.getMessage());
    }
    var arrival = Arrival.of(query, seen);
    if (arrival == null || arrival.lacks(path)) {
      return new Verdict(HttpServletResponse.SC_BAD_REQUEST, "join_request cannot be read");
    }
    if (!rooms.opens(grant)) {
      return new Verdict(HttpServletResponse.SC_NOT_FOUND, "requested room does not exist");
    }
    return Verdict.OPEN;
  }

  Verdict verdict(HttpServletRequest request) {
    String path = request.getServletPath().replaceFirst("/validate$", "");
    Map<String, List<String>> query = new HashMap<>();
    request.getParameterMap().forEach((name, values) -> query.put(name, List.of(values)));
    return verdict(path, query, request.getHeader("Authorization"));
  }

  /// Pages of every origin may ask: they need a token, and cookies count for nothing here.
  static void write(Verdict verdict, HttpServletResponse response) throws IOException {
    response.setStatus(verdict.status());
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("text/plain; charset=utf-8");
    response.getOutputStream().write(verdict.text().getBytes(StandardCharsets.UTF_8));
  }
}
