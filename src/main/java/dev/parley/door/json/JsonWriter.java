package dev.parley.door.json;

/// Writes one JSON text into a buffer of its own; null members are left out.
final class JsonWriter {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out;
  private boolean comma;

  JsonWriter(int room) {
    out = new StringBuilder(room);
  }

  JsonWriter open(char bracket) {
    separate();
    out.append(bracket);
    comma = false;
    return this;
  }

  JsonWriter close(char bracket) {
    out.append(bracket);
    comma = true;
    return this;
  }

  JsonWriter name(String name) {
    separate();
    out.append('"').append(name).append("\":");
    comma = false;
    return this;
  }

  /// A member whose name somebody else chose.
  JsonWriter entry(String name, String value) {
    separate();
    quote(name);
    out.append(':');
    comma = false;
    return value(value);
  }

  JsonWriter value(String text) {
    separate();
    quote(text);
    comma = true;
    return this;
  }

  JsonWriter member(String name, String value) {
    return value == null ? this : name(name).value(value);
  }

  JsonWriter member(String name, boolean value) {
    return raw(name, value ? "true" : "false");
  }

  JsonWriter member(String name, long value) {
    name(name);
    out.append(value);
    comma = true;
    return this;
  }

  /// A value that is JSON already.
  JsonWriter raw(String name, String json) {
    if (json != null) {
      name(name);
      out.append(json);
      comma = true;
    }
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void separate() {
    if (comma) {
      out.append(',');
    }
  }

  private void quote(String text) {
    out.append('"');
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && c != '\u2028' && c != '\u2029') {
        continue;
      }
      out.append(text, done, i);
      done = i + 1;
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n' || c == '\r') {
        out.append('\\').append(c == '\n' ? 'n' : 'r');
      } else {
        out.append("\\u")
            .append(HEX[c >> 12])
            .append(HEX[c >> 8 & 15])
            .append(HEX[c >> 4 & 15])
            .append(HEX[c & 15]);
      }
    }
    out.append(text, done, text.length()).append('"');
  }
}
