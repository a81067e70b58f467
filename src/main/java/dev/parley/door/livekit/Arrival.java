package dev.parley.door.livekit;

import dev.parley.socket.Handshake;
import java.util.List;
import java.util.Map;
import livekit.LivekitRtc.JoinRequest;

/// What a client says in the address of its socket.
///
/// @param token an access token, or null
/// @param host the name the client used for this server, without port, or null
/// @param automatic whether it wants every track without asking
/// @param returning the participant it was before its socket was lost, or null
/// @param join what one with a single PeerConnection says besides, or null
record Arrival(String token, String host, boolean automatic, String returning, JoinRequest join) {
  private static final String JOIN = "join_request";

  /// @param query the parameters of the address
  /// @return null where they cannot be read
  static Arrival of(Map<String, List<String>> query, Handshake.Seen seen) {
    String token = token(query, seen.bearer());
    String host = seen.hostName();
    String wish = first(query, JOIN);
    if (wish.isEmpty()) {
      boolean again = yes(first(query, "reconnect"), false);
      return new Arrival(
          token,
          host,
          yes(first(query, "auto_subscribe"), true),
          again ? participant(first(query, "sid")) : null,
          null);
    }
    var join = JoinWish.read(wish);
    if (join == null) {
      return null;
    }
    return new Arrival(
        token,
        host,
        join.getConnectionSettings().getAutoSubscribe(),
        join.getReconnect() ? participant(join.getParticipantSid()) : null,
        join);
  }

  /// One who cannot say who it was is nobody we know.
  private static String participant(String sid) {
    return sid.isEmpty() ? "unknown" : sid;
  }

  /// Whether it has one PeerConnection for both ways.
  boolean single() {
    return join != null;
  }

  /// Whether it has to say more than it does at this path.
  boolean lacks(String path) {
    return path.endsWith("/v1") && join == null;
  }

  static String token(Map<String, List<String>> query, String bearer) {
    String given = first(query, "access_token");
    return given.isEmpty() ? bearer : given;
  }

  private static String first(Map<String, List<String>> query, String name) {
    var values = query.get(name);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  private static boolean yes(String value, boolean absent) {
    return switch (value) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> absent;
    };
  }

  /// Without the token.
  @Override
  public String toString() {
    return "Arrival[" + (returning == null ? "new" : returning) + "]";
  }
}
