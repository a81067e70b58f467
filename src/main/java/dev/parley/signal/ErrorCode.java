package dev.parley.signal;

import dev.parley.media.SfuRefusal;
import dev.parley.room.RoomRefused;
import java.util.Locale;

/// Why a request was refused, and how a line is closed that had not joined yet.
public enum ErrorCode {
  BAD_REQUEST(CloseReason.BAD_REQUEST),
  MESSAGE_TOO_BIG(CloseReason.TOO_BIG),
  NOT_JOINED(CloseReason.BAD_REQUEST),
  ALREADY_JOINED(CloseReason.BAD_REQUEST),
  NOT_ALLOWED(CloseReason.BAD_REQUEST),
  PARTICIPANT_NOT_FOUND(CloseReason.BAD_REQUEST),
  RATE_LIMITED(CloseReason.TOO_MANY),
  SETTING_INVALID(CloseReason.NO_ROOM),
  SFU_UNAVAILABLE(CloseReason.NO_ROOM),
  SDP_MALFORMED(CloseReason.BAD_REQUEST),
  SDP_UNACCEPTABLE(CloseReason.BAD_REQUEST),
  STALE_DESCRIPTION(CloseReason.BAD_REQUEST),
  PUBLISH_NOT_ALLOWED(CloseReason.BAD_REQUEST),
  SUBSCRIBE_NOT_ALLOWED(CloseReason.BAD_REQUEST),
  ENCRYPTION_REQUIRED(CloseReason.BAD_REQUEST),
  ENCRYPTION_NOT_ALLOWED(CloseReason.BAD_REQUEST),
  TOO_MANY_TRACKS(CloseReason.BAD_REQUEST),
  TOO_MANY_STREAMS(CloseReason.BAD_REQUEST),
  TOO_MANY_CHANNELS(CloseReason.BAD_REQUEST),
  DATA_TOO_LONG(CloseReason.BAD_REQUEST),
  DATA_NOT_ALLOWED(CloseReason.BAD_REQUEST),
  TOO_MUCH_BITRATE(CloseReason.BAD_REQUEST),
  TOO_MANY_PEERS(CloseReason.BAD_REQUEST),
  OVERLOADED(CloseReason.BAD_REQUEST),
  TRACK_NOT_FOUND(CloseReason.BAD_REQUEST),
  MEDIA_CLOSED(CloseReason.BAD_REQUEST),
  INTERNAL(CloseReason.FAILED),
  TOKEN_MISSING(CloseReason.CREDENTIALS),
  TOKEN_MALFORMED(CloseReason.CREDENTIALS),
  TOKEN_SIGNATURE(CloseReason.CREDENTIALS),
  TOKEN_UNKNOWN_KEY(CloseReason.CREDENTIALS),
  TOKEN_EXPIRED(CloseReason.CREDENTIALS),
  TOKEN_NOT_YET_VALID(CloseReason.CREDENTIALS),
  TOKEN_OTHER_ROOM(CloseReason.CREDENTIALS),
  TOKEN_NOT_GRANTED(CloseReason.CREDENTIALS),
  INVITE_INVALID(CloseReason.CREDENTIALS),
  ROOM_NOT_FOUND(CloseReason.NO_ROOM),
  ROOM_NAME_INVALID(CloseReason.NO_ROOM),
  ROOM_EXISTS(CloseReason.NO_ROOM),
  ROOM_LOCKED(CloseReason.LOCKED),
  ROOM_FULL(CloseReason.FULL),
  ORIGIN_REFUSED(CloseReason.ORIGIN),
  RESUME_FAILED(CloseReason.RESUME_FAILED);

  private final String code;
  private final CloseReason close;

  ErrorCode(CloseReason close) {
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.close = close;
  }

  /// The code as the protocol spells it.
  public String code() {
    return code;
  }

  /// How a line is closed that was refused with this before it had joined.
  public CloseReason close() {
    return close;
  }

  /// The code for a refusal of the rooms; a test holds the two lists together.
  public static ErrorCode of(RoomRefused.Reason reason) {
    return valueOf(reason.name());
  }

  /// The code for a refusal of the selective forwarding unit.
  public static ErrorCode of(SfuRefusal reason) {
    return switch (reason) {
      case SDP_MALFORMED -> SDP_MALFORMED;
      case SDP_UNACCEPTABLE -> SDP_UNACCEPTABLE;
      case STALE -> STALE_DESCRIPTION;
      case PUBLISH_NOT_ALLOWED -> PUBLISH_NOT_ALLOWED;
      case ENCRYPTION_REQUIRED -> ENCRYPTION_REQUIRED;
      case ENCRYPTION_NOT_ALLOWED -> ENCRYPTION_NOT_ALLOWED;
      case TOO_MANY_TRACKS -> TOO_MANY_TRACKS;
      case TOO_MANY_STREAMS -> TOO_MANY_STREAMS;
      case TOO_MANY_CHANNELS -> TOO_MANY_CHANNELS;
      case MESSAGE_TOO_LONG -> DATA_TOO_LONG;
      case TOO_MUCH -> TOO_MUCH_BITRATE;
      case TOO_MANY_PEERS -> TOO_MANY_PEERS;
      case OVERLOADED -> OVERLOADED;
      case UNAVAILABLE -> SFU_UNAVAILABLE;
    };
  }
}
