package dev.parley.door.livekit;

import java.util.List;
import java.util.Map;

/// What a client says in the address of its socket.
///
/// @param token an access token, or null
/// @param host the name the client used for this server, without port, or null
/// @param automatic whether it wants every track without asking
/// @param returning the participant it was before its socket was lost, or null
/// @param single whether it has one PeerConnection for both ways
record Arrival(String token, String host, boolean automatic, String returning, boolean single) {
  /// Of a socket at `/rtc`.
  ///
  /// @param query the parameters of the address
  static Arrival of(Map<String, List<String>> query, Handshake.Seen seen) {
    String participant = first(query, "sid");
    boolean again = yes(first(query, "reconnect"), false) && !participant.isEmpty();
    return new Arrival(
        token(query, seen),
        hostName(seen.host()),
        yes(first(query, "auto_subscribe"), true),
        again ? participant : null,
        false);
  }

  static String token(Map<String, List<String>> query, Handshake.Seen seen) {
    String given = first(query, "access_token");
    return given.isEmpty() ? seen.bearer() : given;
  }

  static String first(Map<String, List<String>> query, String name) {
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

  /// Without port; an IPv6 address keeps its brackets.
  static String hostName(String host) {
    if (host == null || host.isBlank()) {
      return null;
    }
    int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']') + 1) : host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /// Without the token.
  @Override
  public String toString() {
    return "Arrival[" + (returning == null ? "new" : returning) + "]";
  }
}
