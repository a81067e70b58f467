package dev.parley.door.json;

import dev.parley.media.DataLimits;
import dev.parley.media.DataMessage;
import dev.parley.signal.DataContent;
import dev.parley.signal.DataForm;
import dev.parley.signal.Notice;
import dev.parley.signal.Request;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// How data messages of `parley.v1` are spelled: on a socket, and on the data channels `parley` and
/// `parley-lossy` (`signaling.md`).
///
/// On a channel a message of text is the same JSON as on the socket. One of octets is binary:
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |        length of JSON         |  JSON: to, topic; or from …   |
/// +-------------------------------+                               +
/// |                              ...                              |
/// +---------------------------------------------------------------+
/// |                            octets                             |
/// +---------------------------------------------------------------+
/// ```
final class DataForms implements DataForm {
  static final DataForms INSTANCE = new DataForms();

  /// Octets of the application's in one message on a channel: what is longer with its JSON than any
  /// message may be is refused by whoever would send it.
  static final int LONGEST = DataLimits.LONGEST - 16_384;

  private static final String RELIABLE = "parley";
  private static final String LOSSY = "parley-lossy";
  private static final int MOST_TOPIC = 128;
  private static final int MOST_TO = 256;
  private static final int MOST_ID = 256;
  private static final int PREFIX = 2;

  private DataForms() {}

  @Override
  public String label(boolean lossy) {
    return lossy ? LOSSY : RELIABLE;
  }

  @Override
  public boolean lines() {
    return true;
  }

  /// Reads the members of a request on a socket.
  static Request read(String ref, JsonObject m) throws BadMessage {
    String text = m.string("text", Integer.MAX_VALUE);
    String bytes = m.string("bytes", Integer.MAX_VALUE);
    if ((text == null) == (bytes == null)) {
      throw new BadMessage("there must be either text or bytes");
    }
    byte[] octets = text == null ? decoded(bytes) : text.getBytes(StandardCharsets.UTF_8);
    boolean lossy = Boolean.TRUE.equals(m.bool("lossy"));
    return new Request.Data(ref, to(m), content(m, lossy, text != null, octets));
  }

  private static byte[] decoded(String bytes) throws BadMessage {
    try {
      return Base64.getDecoder().decode(bytes);
    } catch (IllegalArgumentException e) {
      throw new BadMessage("bytes must be base64");
    }
  }

  private static DataContent content(JsonObject m, boolean lossy, boolean text, byte[] octets)
      throws BadMessage {
    return new DataContent(m.string("topic", MOST_TOPIC), lossy, text, octets, null);
  }

  /// Who shall hear it, or null for all.
  private static List<String> to(JsonObject m) throws BadMessage {
    return switch (m.kind("to")) {
      case 0, 'n' -> null;
      case '[' -> m.strings("to", MOST_TO, MOST_ID);
      default -> List.of(m.string("to", MOST_ID));
    };
  }

  @Override
  public Request.Data read(DataMessage message) {
    boolean lossy = message.label().equals(LOSSY);
    byte[] octets = message.octets();
    try {
      if (!message.binary()) {
        JsonObject m = JsonObject.of(utf8(octets, 0, octets.length));
        String text = m.string("text", Integer.MAX_VALUE);
        if (text == null) {
          return null;
        }
        return new Request.Data(
            null, to(m), content(m, lossy, true, text.getBytes(StandardCharsets.UTF_8)));
      }
      int length = octets.length < PREFIX ? -1 : (octets[0] & 0xff) << 8 | octets[1] & 0xff;
      if (length < 0 || PREFIX + length > octets.length) {
        return null;
      }
      JsonObject m = JsonObject.of(utf8(octets, PREFIX, length));
      byte[] rest = Arrays.copyOfRange(octets, PREFIX + length, octets.length);
      return new Request.Data(null, to(m), content(m, lossy, false, rest));
    } catch (BadMessage | CharacterCodingException e) {
      return null;
    }
  }

  private static String utf8(byte[] octets, int at, int length) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(octets, at, length))
        .toString();
  }

  @Override
  public DataMessage write(Notice.Data data) {
    DataContent content = data.content();
    byte[] octets = content.octets();
    if (octets == null) {
      return null;
    }
    String label = label(content.lossy());
    if (content.text()) {
      return new DataMessage(
          label, false, line(NoticeType.DATA, data, 0).getBytes(StandardCharsets.UTF_8));
    }
    byte[] head =
        head(new JsonWriter(128).open('{'), data)
            .close('}')
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[PREFIX + head.length + octets.length];
    whole[0] = (byte) (head.length >> 8);
    whole[1] = (byte) head.length;
    System.arraycopy(head, 0, whole, PREFIX, head.length);
    System.arraycopy(octets, 0, whole, PREFIX + head.length, octets.length);
    return new DataMessage(label, true, whole);
  }

  private static JsonWriter head(JsonWriter out, Notice.Data data) {
    out.member("from", data.from()).member("topic", data.content().topic());
    return data.direct() ? out.member("direct", true) : out;
  }

  /// A notice on a socket, or null for one that only another form can say.
  static String line(NoticeType type, Notice.Data data, long seq) {
    DataContent content = data.content();
    if (content.octets() == null) {
      return null;
    }
    JsonWriter out = head(type.begin(new JsonWriter(data.weight()), seq, null), data);
    if (content.lossy()) {
      out.member("lossy", true);
    }
    if (content.text()) {
      out.member("text", content.string());
    } else {
      out.member("bytes", Base64.getEncoder().encodeToString(content.octets()));
    }
    return out.close('}').toString();
  }
}
