package dev.parley.door.json;

/// Walks over a JSON text (RFC 8259) and checks its grammar without building anything, so that a
/// relayed value can be passed on as it was sent.
///
/// Stricter than the grammar where a receiver could be harmed: no lone surrogates, written out or
/// escaped (RFC 8259, section 8.2), at most 16 levels.
final class JsonScanner {
  static final int MOST_LEVELS = 16;

  private final String text;
  private int at;

  JsonScanner(String text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  /// Skips white space and says what comes next, 0 at the end.
  char peek() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
      at++;
    }
    return 0;
  }

  /// Takes a punctuation mark if it is next.
  boolean take(char mark) {
    if (peek() != mark) {
      return false;
    }
    at++;
    return true;
  }

  void expect(char mark) throws BadMessage {
    if (!take(mark)) {
      throw new BadMessage("not JSON");
    }
  }

  boolean atEnd() {
    return peek() == 0 && at >= text.length();
  }

  /// Skips one value of any kind.
  void value(int level) throws BadMessage {
    switch (peek()) {
      case '"' -> string();
      case '{' -> object(level);
      case '[' -> array(level);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  /// Skips a string, quotes included.
  ///
  /// @return whether it has escapes
  boolean string() throws BadMessage {
    expect('"');
    boolean escapes = false;
    boolean high = false;
    while (true) {
      if (plain()) {
        pair(high, false);
        high = false;
      }
      char c = next();
      if (c == '"') {
        pair(high, false);
        return escapes;
      }
      if (c < ' ') {
        throw new BadMessage("control character in a string");
      }
      if (c == '\\') {
        escapes = true;
        c = escape();
      }
      pair(high, Character.isLowSurrogate(c));
      high = Character.isHighSurrogate(c);
    }
  }

  /// Skips what nothing needs to be done about; most of a long text is that.
  ///
  /// @return whether there was any
  private boolean plain() {
    String inside = text;
    int from = at;
    int i = from;
    int end = inside.length();
    while (i < end) {
      char c = inside.charAt(i);
      if (c == '"' || c == '\\' || c < ' ' || Character.isSurrogate(c)) {
        break;
      }
      i++;
    }
    at = i;
    return i > from;
  }

  private static void pair(boolean high, boolean low) throws BadMessage {
    if (high != low) {
      throw new BadMessage("lone surrogate");
    }
  }

  private char escape() throws BadMessage {
    char c = next();
    return switch (c) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> c;
      case 'u' -> hex();
      default -> throw new BadMessage("unknown escape");
    };
  }

  private char hex() throws BadMessage {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new BadMessage("unknown escape");
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private void object(int level) throws BadMessage {
    deeper(level);
    at++;
    if (take('}')) {
      return;
    }
    do {
      peek();
      string();
      expect(':');
      value(level + 1);
    } while (take(','));
    expect('}');
  }

  private void array(int level) throws BadMessage {
    deeper(level);
    at++;
    if (take(']')) {
      return;
    }
    do {
      value(level + 1);
    } while (take(','));
    expect(']');
  }

  private static void deeper(int level) throws BadMessage {
    if (level >= MOST_LEVELS) {
      throw new BadMessage("nested too deeply");
    }
  }

  private void word(String word) throws BadMessage {
    if (!text.startsWith(word, at)) {
      throw new BadMessage("not JSON");
    }
    at += word.length();
  }

  private void number() throws BadMessage {
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '0') {
      at++;
    } else {
      digits();
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
  }

  private void digits() throws BadMessage {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw new BadMessage("not JSON");
    }
  }

  private char next() throws BadMessage {
    if (at >= text.length()) {
      throw new BadMessage("string without an end");
    }
    return text.charAt(at++);
  }
}
