package dev.parley.door.json;

import dev.parley.signal.Notice;
import dev.parley.signal.Request;

/// The `parley.v1` dialect (`signaling.md`).
final class ParleyV1 {
  private static final int MOST_REF = 64;

  private ParleyV1() {}

  static Request read(String text) {
    JsonObject members;
    try {
      members = JsonObject.of(text);
    } catch (BadMessage e) {
      return new Request.Unreadable(null, e.getMessage(), true);
    }
    String ref = null;
    try {
      ref = ref(members);
      String word = members.string("type", 32);
      var type = word == null ? null : RequestType.of(word);
      if (type == null) {
        throw new BadMessage("unknown type");
      }
      return type.read(ref, members);
    } catch (BadMessage e) {
      return new Request.Unreadable(ref, e.getMessage(), false);
    }
  }

  static String write(Notice notice, long seq) {
    return NoticeType.write(notice, seq);
  }

  /// The client's mark of a request as it was sent.
  private static String ref(JsonObject members) throws BadMessage {
    char kind = members.kind("id");
    if (kind == 0 || kind == 'n') {
      return null;
    }
    String raw = members.raw("id");
    boolean fits = kind == '"' || kind == '-' || kind >= '0' && kind <= '9';
    if (!fits || raw.length() > MOST_REF + (kind == '"' ? 2 : 0)) {
      throw new BadMessage("id must be a string or a number of at most 64 characters");
    }
    return raw;
  }
}
