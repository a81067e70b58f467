package dev.parley.protocol.sdp;

import java.util.Locale;

/// What an RTP header extension is called in the packets of a section (RFC 8285, section 5).
///
/// @param id 1 to 14 in one-byte headers, 255 at most in two-byte ones, 4096 to 4351 where the
///   writer has more to offer than numbers
/// @param direction which way it is used, seen from the writer; SENDRECV where nothing was said
/// @param uri what it is
/// @param attributes what its own specification adds, empty for almost all
public record ExtensionMap(int id, Direction direction, String uri, String attributes)
    implements Attribute {
  public ExtensionMap(int id, String uri) {
    this(id, Direction.SENDRECV, uri, "");
  }

  static ExtensionMap read(String value) throws Text.BadValue {
    String[] fields = value.strip().split(" +", 3);
    Text.BadValue.unless(fields.length >= 2);
    int slash = fields[0].indexOf('/');
    int id = (int) Text.number(slash < 0 ? fields[0] : fields[0].substring(0, slash), 4351);
    Text.BadValue.unless(id >= 1 && (id <= 255 || id >= 4096));
    Direction direction = Direction.SENDRECV;
    if (slash >= 0) {
      direction = AttributeName.direction(fields[0].substring(slash + 1));
    }
    String more = fields.length == 3 ? fields[2] : "";
    return new ExtensionMap(id, direction, Text.token(fields[1], 512), more);
  }

  @Override
  public String attribute() {
    return "extmap";
  }

  @Override
  public String value() {
    String way = direction == Direction.SENDRECV ? "" : "/" + direction.attribute();
    String more = attributes.isEmpty() ? "" : " " + attributes;
    return String.format(Locale.ROOT, "%d%s %s%s", id, way, uri, more);
  }
}
