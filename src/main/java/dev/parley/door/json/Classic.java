package dev.parley.door.json;

import dev.parley.signal.Notice;
import dev.parley.signal.RelayKind;
import dev.parley.signal.Request;
import java.util.Locale;

/// The classic exchange: what a page of any WebRTC tutorial sends reaches the other one unchanged
/// but for a `from` member. Whoever has both dialects in one room gets each in its own.
final class Classic {
  private Classic() {}

  static Request read(String text) {
    try {
      return read(text, JsonObject.of(text));
    } catch (BadMessage e) {
      return new Request.Unreadable(null, e.getMessage(), true);
    }
  }

  /// A notice as the tutorials' pages know it: relayed messages and errors, nothing else.
  static String write(Notice notice) {
    return switch (notice) {
      case Notice.Relayed(RelayKind kind, String from, String body, String whole) ->
          whole == null ? plain(kind, from, body) : marked(whole, from);
      case Notice.Error(String ref, var code, String message) ->
          new JsonWriter(96)
              .open('{')
              .member("type", "error")
              .member("code", code.code())
              .member("message", message)
              .close('}')
              .toString();
      default -> null;
    };
  }

  private static Request read(String text, JsonObject m) {
    String type;
    try {
      type = m.string("type", 32);
    } catch (BadMessage e) {
      return new Request.Unreadable(null, e.getMessage(), false);
    }
    return switch (type == null ? "" : type) {
      case "offer" -> relay(RelayKind.OFFER, "sdp", text, m);
      case "answer" -> relay(RelayKind.ANSWER, "sdp", text, m);
      case "candidate" -> candidate(text, m);
      case "bye" -> new Request.Relay(null, RelayKind.BYE, null, null, text);
      case "ping" -> new Request.Ping(null, -1);
      case "" -> untyped(text, m);
      default -> new Request.Unreadable(null, "unknown type", false);
    };
  }

  /// `{offer}`, `{answer}`, `{iceCandidate}` and `{candidate}`.
  private static Request untyped(String text, JsonObject m) {
    if (m.has("offer")) {
      return relay(RelayKind.OFFER, "offer", text, m);
    }
    if (m.has("answer")) {
      return relay(RelayKind.ANSWER, "answer", text, m);
    }
    return m.has("iceCandidate")
        ? relay(RelayKind.CANDIDATE, "iceCandidate", text, m)
        : candidate(text, m);
  }

  /// Some pages spread the candidate's members over the message itself.
  private static Request candidate(String text, JsonObject m) {
    boolean spread = m.kind("candidate") == '"' && (m.has("sdpMid") || m.has("sdpMLineIndex"));
    return spread
        ? new Request.Relay(null, RelayKind.CANDIDATE, null, text, text)
        : relay(RelayKind.CANDIDATE, "candidate", text, m);
  }

  private static Request relay(RelayKind kind, String member, String text, JsonObject m) {
    char first = m.kind(member);
    boolean fits = first == '"' || first == '{' || first == 'n' && kind == RelayKind.CANDIDATE;
    return fits
        ? new Request.Relay(null, kind, null, m.raw(member), text)
        : new Request.Unreadable(null, member + " must be a string or an object", false);
  }

  private static String plain(RelayKind kind, String from, String body) {
    return new JsonWriter(96 + (body == null ? 0 : body.length()))
        .open('{')
        .member("type", kind.name().toLowerCase(Locale.ROOT))
        .raw(kind == RelayKind.CANDIDATE ? "candidate" : "sdp", body)
        .member("from", from)
        .close('}')
        .toString();
  }

  /// The message with a `from` at its end, where it wins over one the sender put in.
  private static String marked(String whole, String from) {
    int brace = whole.lastIndexOf('}');
    return whole.substring(0, brace) + ",\"from\":\"" + from + "\"}";
  }
}
