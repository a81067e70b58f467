package dev.parley.door.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The members of one JSON object, found but not yet read: a name and a place in the text each.
/// Members are read by what is expected of them; a value of another kind is a [BadMessage].
final class JsonObject {
  private static final int MOST_MEMBERS = 32;

  private final String text;
  private final String[] names;
  private final int[] from;
  private final int[] to;
  private int size;

  private JsonObject(String text, int room) {
    this.text = text;
    this.names = new String[room];
    this.from = new int[room];
    this.to = new int[room];
  }

  /// Checks a whole text that must be one object.
  static JsonObject of(String text) throws BadMessage {
    var scanner = new JsonScanner(text);
    if (!scanner.take('{')) {
      throw new BadMessage("not a JSON object");
    }
    var object = new JsonObject(text, MOST_MEMBERS);
    if (!scanner.take('}')) {
      do {
        object.member(scanner);
      } while (scanner.take(','));
      scanner.expect('}');
    }
    if (!scanner.atEnd()) {
      throw new BadMessage("more than one JSON object");
    }
    return object;
  }

  private void member(JsonScanner scanner) throws BadMessage {
    scanner.peek();
    int start = scanner.at();
    boolean escapes = scanner.string();
    String name = text.substring(start + 1, scanner.at() - 1);
    if (escapes) {
      name = unescape(name);
    }
    scanner.expect(':');
    scanner.peek();
    int begin = scanner.at();
    scanner.value(1);
    if (has(name)) {
      throw new BadMessage("a member is there twice");
    }
    if (size == MOST_MEMBERS) {
      throw new BadMessage("too many members");
    }
    names[size] = name;
    from[size] = begin;
    to[size++] = scanner.at();
  }

  boolean has(String name) {
    return find(name) >= 0;
  }

  /// The value as it was sent, or null where there is none.
  String raw(String name) {
    int i = find(name);
    return i < 0 ? null : text.substring(from[i], to[i]);
  }

  /// What a value begins with: `"`, `{`, `[`, `t`, `f`, `n`, a digit or `-`; 0 where there is none.
  char kind(String name) {
    int i = find(name);
    return i < 0 ? 0 : text.charAt(from[i]);
  }

  /// A string, or null where there is none or it is null.
  String string(String name, int mostCharacters) throws BadMessage {
    int i = find(name);
    if (i < 0 || text.charAt(from[i]) == 'n') {
      return null;
    }
    if (text.charAt(from[i]) != '"') {
      throw new BadMessage(name + " must be a string");
    }
    String value = text.substring(from[i] + 1, to[i] - 1);
    if (value.indexOf('\\') >= 0) {
      value = unescape(value);
    }
    if (value.length() > mostCharacters) {
      throw new BadMessage(name + " is too long");
    }
    return value;
  }

  Boolean bool(String name) throws BadMessage {
    return switch (kind(name)) {
      case 0, 'n' -> null;
      case 't' -> true;
      case 'f' -> false;
      default -> throw new BadMessage(name + " must be true or false");
    };
  }

  /// A whole number of at most 15 digits, or null where there is none or it is null.
  Long whole(String name) throws BadMessage {
    int i = find(name);
    if (i < 0 || text.charAt(from[i]) == 'n') {
      return null;
    }
    char first = text.charAt(from[i]);
    if (first != '-' && (first < '0' || first > '9') || to[i] - from[i] > 16) {
      throw new BadMessage(name + " must be a whole number");
    }
    try {
      return Long.valueOf(text.substring(from[i], to[i]));
    } catch (NumberFormatException e) {
      throw new BadMessage(name + " must be a whole number");
    }
  }

  /// The members' names, in their order.
  List<String> names() {
    return List.of(Arrays.copyOf(names, size));
  }

  /// A value that must be an object.
  JsonObject object(String name) throws BadMessage {
    if (kind(name) != '{') {
      throw new BadMessage("there must be an object");
    }
    return of(raw(name));
  }

  /// A value that must be a list of strings, at least one.
  List<String> strings(String name, int most, int mostCharacters) throws BadMessage {
    int i = find(name);
    if (i < 0 || text.charAt(from[i]) != '[') {
      throw new BadMessage(name + " must be a list");
    }
    var scanner = new JsonScanner(text.substring(from[i], to[i]));
    var values = new ArrayList<String>();
    scanner.take('[');
    do {
      if (scanner.peek() != '"' || values.size() == most) {
        throw new BadMessage(name + " must be a short list of strings");
      }
      int start = from[i] + scanner.at() + 1;
      boolean escapes = scanner.string();
      String value = text.substring(start, from[i] + scanner.at() - 1);
      value = escapes ? unescape(value) : value;
      if (value.length() > mostCharacters) {
        throw new BadMessage(name + " is too long");
      }
      values.add(value);
    } while (scanner.take(','));
    return values;
  }

  private int find(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /// The characters of a string whose grammar was checked before.
  private static String unescape(String inside) {
    var plain = new StringBuilder(inside.length());
    int done = 0;
    for (int i = inside.indexOf('\\'); i >= 0; i = inside.indexOf('\\', done)) {
      plain.append(inside, done, i);
      char c = inside.charAt(++i);
      done = i + 1;
      switch (c) {
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'u' -> {
          plain.append((char) Integer.parseInt(inside, i + 1, i + 5, 16));
          done += 4;
        }
        default -> plain.append(c);
      }
    }
    return plain.append(inside, done, inside.length()).toString();
  }
}
