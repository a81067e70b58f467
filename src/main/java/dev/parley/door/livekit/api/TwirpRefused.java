package dev.parley.door.livekit.api;

import dev.parley.identity.TokenRefused;
import dev.parley.room.RoomRefused;
import dev.parley.signal.StewardRefused;

/// Why a call is refused: an answer that travels as an exception, without a stack.
final class TwirpRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final TwirpCode code;

  /// @param message for people, in our own words: never the input's
  TwirpRefused(TwirpCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static TwirpRefused badRoute(String message) {
    return new TwirpRefused(TwirpCode.BAD_ROUTE, message);
  }

  static TwirpRefused of(TokenRefused no) {
    boolean denied =
        switch (no.reason()) {
          case OTHER_ROOM, NOT_GRANTED -> true;
          case MISSING, MALFORMED, UNKNOWN_KEY, SIGNATURE, EXPIRED, NOT_YET_VALID -> false;
        };
    return new TwirpRefused(
        denied ? TwirpCode.PERMISSION_DENIED : TwirpCode.UNAUTHENTICATED, no.getMessage());
  }

  static TwirpRefused of(RoomRefused no) {
    return new TwirpRefused(
        switch (no.reason()) {
          case ROOM_NOT_FOUND -> TwirpCode.NOT_FOUND;
          case ROOM_EXISTS -> TwirpCode.ALREADY_EXISTS;
          case ROOM_NAME_INVALID, SETTING_INVALID -> TwirpCode.INVALID_ARGUMENT;
          default -> TwirpCode.PERMISSION_DENIED;
        },
        no.getMessage());
  }

  static TwirpRefused of(StewardRefused no) {
    return new TwirpRefused(
        switch (no.reason()) {
          case NO_PARTICIPANT, NO_TRACK -> TwirpCode.NOT_FOUND;
          case INVALID -> TwirpCode.INVALID_ARGUMENT;
          case NOT_POSSIBLE -> TwirpCode.FAILED_PRECONDITION;
        },
        no.getMessage());
  }

  TwirpCode code() {
    return code;
  }
}
