package dev.parley.door.whip;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// A request to this door, free of the container.
///
/// @param path as the client wrote it, without a slash at its end
/// @param room null where the path names none
/// @param session null for an endpoint
/// @param headers by lower-case name
/// @param body cut off behind the most octets any body may have
record Ask(
    Way way,
    String method,
    String path,
    String room,
    String session,
    Map<String, String> headers,
    byte[] body) {
  /// The most octets of a description: room for an offer of fifty sections.
  static final int MOST = 256 * 1024;

  private static final String BEARER = "bearer ";

  String header(String name) {
    return headers.get(name);
  }

  /// The access token (RFC 6750, section 2.1), or null.
  String token() {
    String authorization = header("authorization");
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return null;
    }
    String token = authorization.substring(BEARER.length()).strip();
    return token.isEmpty() ? null : token;
  }

  /// The name the client used for this server, without port; an IPv6 address keeps its brackets.
  String host() {
    String host = header("host");
    if (host == null || host.isBlank()) {
      return null;
    }
    int colon = host.indexOf(':', host.startsWith("[") ? host.indexOf(']') + 1 : 0);
    return colon < 0 ? host : host.substring(0, colon);
  }

  /// The body as text.
  ///
  /// @param type the media type it has to be of
  /// @param most octets
  /// @throws Refusal 415, 413 or 400
  String text(String type, int most) throws Refusal {
    String given = header("content-type");
    if (given == null || !given.split(";", 2)[0].strip().equalsIgnoreCase(type)) {
      throw new Refusal(415, "unsupported-media-type", "the body has to be " + type);
    }
    if (body.length > most) {
      throw new Refusal(413, "body-too-large", "a body has at most " + most + " octets");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "sdp-malformed", "the body is not UTF-8");
    }
  }

  /// Without token and descriptions.
  @Override
  public String toString() {
    return "Ask[" + way + ", " + method + ", " + room + "]";
  }
}
