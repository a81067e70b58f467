package dev.parley.door.whip;

import dev.parley.door.whip.Answer.Header;
import dev.parley.identity.TokenRefused;
import dev.parley.signal.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/// Why a request is refused: an answer that travels as an exception, without a stack.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /// Seconds after which a seat may be free, or a publisher there.
  private static final int SOON = 5;

  /// Seconds after which a server that is full or has no media may be better.
  private static final int LATER = 30;

  private final int status;
  private final String code;
  private final transient List<Header> headers;

  Refusal(int status, String code, String message, Header... headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.headers = List.of(headers);
  }

  static Refusal of(ErrorCode code, Way way, String message) {
    int status = status(code, way);
    var headers = new ArrayList<Header>();
    if (status == 401) {
      // RFC 6750, section 3: who showed nothing is told nothing of errors.
      String error = code == ErrorCode.TOKEN_MISSING ? "" : " error=\"invalid_token\"";
      headers.add(new Header("WWW-Authenticate", "Bearer" + error));
    }
    if (status == 409 || status == 429) {
      headers.add(retry(SOON));
    }
    if (status == 503) {
      headers.add(retry(LATER));
    }
    return new Refusal(status, code.code(), message, headers.toArray(Header[]::new));
  }

  static Refusal of(TokenRefused why, Way way) {
    // The constants differ by the word before them only; a test holds the two lists together.
    return of(ErrorCode.valueOf("TOKEN_" + why.reason().name()), way, why.getMessage());
  }

  static Refusal method(String allowed) {
    return new Refusal(
        405, "method-not-allowed", "allowed: " + allowed, new Header("Allow", allowed));
  }

  static Refusal noSession() {
    return new Refusal(404, "session-not-found", "there is no such session, or it has ended");
  }

  /// Nothing could ever be sent: the server would have held a section for who publishes later.
  static Refusal nothingToReceiveIn() {
    return new Refusal(409, "nothing-to-receive-in", "no section of the offer is recvonly");
  }

  static Refusal late() {
    return new Refusal(504, "timeout", "the media server did not answer in time");
  }

  static Refusal closed() {
    return new Refusal(503, "media-closed", "the connection was closed meanwhile", retry(SOON));
  }

  Answer answer() {
    return Answer.error(status, code, getMessage(), headers);
  }

  private static Header retry(int seconds) {
    return new Header("Retry-After", Integer.toString(seconds));
  }

  private static int status(ErrorCode code, Way way) {
    return switch (code) {
      case TOKEN_MISSING,
          TOKEN_MALFORMED,
          TOKEN_SIGNATURE,
          TOKEN_UNKNOWN_KEY,
          TOKEN_EXPIRED,
          TOKEN_NOT_YET_VALID ->
          401;
      case TOKEN_OTHER_ROOM,
          TOKEN_NOT_GRANTED,
          INVITE_INVALID,
          NOT_ALLOWED,
          PUBLISH_NOT_ALLOWED,
          SUBSCRIBE_NOT_ALLOWED,
          DATA_NOT_ALLOWED,
          ENCRYPTION_REQUIRED,
          ENCRYPTION_NOT_ALLOWED,
          ORIGIN_REFUSED,
          ROOM_LOCKED ->
          403;
      case ROOM_NOT_FOUND, PARTICIPANT_NOT_FOUND, TRACK_NOT_FOUND -> 404;
      case ROOM_FULL, ROOM_EXISTS, STALE_DESCRIPTION, TOO_MANY_TRACKS, ALREADY_JOINED -> 409;
      case MESSAGE_TOO_BIG, DATA_TOO_LONG -> 413;
      case RATE_LIMITED -> 429;
      case SFU_UNAVAILABLE, TOO_MANY_PEERS, OVERLOADED, MEDIA_CLOSED -> 503;
      case SDP_UNACCEPTABLE, TOO_MANY_STREAMS, TOO_MANY_CHANNELS, TOO_MUCH_BITRATE ->
          way.unacceptable();
      case SDP_MALFORMED, ROOM_NAME_INVALID, SETTING_INVALID, BAD_REQUEST -> 400;
      case NOT_JOINED, RESUME_FAILED, INTERNAL -> 500;
    };
  }
}
