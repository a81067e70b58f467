package dev.parley.door.whip;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An answer of this door, free of the container.
///
/// @param type the media type of the body, null without one
record Answer(int status, List<Header> headers, String type, String body) {
  static final int CREATED = 201;

  /// One header field; a name may come more than once.
  record Header(String name, String value) {}

  Answer {
    headers = List.copyOf(headers);
  }

  /// One without a body.
  static Answer empty(int status, Header... headers) {
    return new Answer(status, List.of(headers), null, null);
  }

  static Answer text(int status, String type, String body, Header... headers) {
    return new Answer(status, List.of(headers), type, body);
  }

  /// The body of errors, as the REST door has it.
  static Answer error(int status, String code, String message, List<Header> headers) {
    String body =
        Json.createObjectBuilder().add("code", code).add("message", message).build().toString();
    return new Answer(status, headers, "application/json", body);
  }

  Answer with(List<Header> more) {
    var all = new ArrayList<>(headers);
    all.addAll(more);
    return new Answer(status, all, type, body);
  }

  Answer with(Header... more) {
    return with(Arrays.asList(more));
  }

  /// The value of the first field of a name, or null.
  String header(String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }

  /// Without descriptions and credentials.
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
