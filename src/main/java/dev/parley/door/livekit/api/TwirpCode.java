package dev.parley.door.livekit.api;

import java.util.Locale;

/// The error codes of Twirp (version 7, "Error Codes") that are used here, with their HTTP status.
enum TwirpCode {
  INVALID_ARGUMENT(400),
  MALFORMED(400),
  UNAUTHENTICATED(401),
  PERMISSION_DENIED(403),
  NOT_FOUND(404),
  BAD_ROUTE(404),
  ALREADY_EXISTS(409),
  FAILED_PRECONDITION(412),
  RESOURCE_EXHAUSTED(429),
  INTERNAL(500),
  UNIMPLEMENTED(501),
  UNAVAILABLE(503);

  private final int status;

  TwirpCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  /// As it stands in the answer.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
