package dev.parley.door.livekit.api;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;

/// An answer of this door, free of the container.
///
/// @param type the media type of the body
record Answer(int status, String type, byte[] body) {
  /// The JSON of an error, whatever the request was written in (Twirp, "Errors").
  static Answer error(TwirpRefused no) {
    String body =
        Json.createObjectBuilder()
            .add("code", no.code().code())
            .add("msg", no.getMessage())
            .build()
            .toString();
    return new Answer(
        no.code().status(), Format.JSON.type(), body.getBytes(StandardCharsets.UTF_8));
  }

  /// Without metadata of anybody.
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
