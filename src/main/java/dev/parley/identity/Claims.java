package dev.parley.identity;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Claims of a token, or of an object in it, each read as what it has to be.
///
/// @param prefix how its claims are called in a refusal
/// @param values as JSON has them
record Claims(String prefix, Map<?, ?> values) {
  Object value(String claim) {
    return values.get(claim);
  }

  /// An object in it; an empty one where there is none.
  Claims object(String claim) throws TokenRefused {
    return switch (values.get(claim)) {
      case null -> new Claims(prefix + claim + ".", Map.of());
      case Map<?, ?> map -> new Claims(prefix + claim + ".", map);
      default -> throw wrong(claim, "an object");
    };
  }

  boolean flag(String claim, boolean absent) throws TokenRefused {
    return switch (values.get(claim)) {
      case null -> absent;
      case Boolean value -> value;
      default -> throw wrong(claim, "a boolean");
    };
  }

  boolean flag(String claim) throws TokenRefused {
    return flag(claim, false);
  }

  /// A text, null where there is none.
  String text(String claim) throws TokenRefused {
    return switch (values.get(claim)) {
      case null -> null;
      case String text -> text;
      default -> throw wrong(claim, "a string");
    };
  }

  /// A text that says something, null where there is none.
  String word(String claim) throws TokenRefused {
    String text = text(claim);
    return text == null || text.isEmpty() ? null : text;
  }

  /// A number that says something: null where there is none, or 0, which means the same in the
  /// messages these claims come from.
  Integer positive(String claim) throws TokenRefused {
    return switch (values.get(claim)) {
      case null -> null;
      case Long value when value >= 0 && value <= Integer.MAX_VALUE ->
          value == 0 ? null : Integer.valueOf(value.intValue());
      case Integer value when value >= 0 -> value == 0 ? null : value;
      default -> throw wrong(claim, "a whole number");
    };
  }

  Set<String> words(String claim) throws TokenRefused {
    return switch (values.get(claim)) {
      case null -> Set.of();
      case List<?> list -> {
        var words = new LinkedHashSet<String>();
        for (Object value : list) {
          if (!(value instanceof String word)) {
            throw wrong(claim, "an array of strings");
          }
          words.add(word);
        }
        yield words;
      }
      default -> throw wrong(claim, "an array of strings");
    };
  }

  Map<String, String> texts(String claim) throws TokenRefused {
    var texts = new LinkedHashMap<String, String>();
    for (var entry : object(claim).values().entrySet()) {
      if (!(entry.getKey() instanceof String name) || !(entry.getValue() instanceof String value)) {
        throw wrong(claim, "an object of strings");
      }
      texts.put(name, value);
    }
    return texts;
  }

  private TokenRefused wrong(String claim, String expected) {
    return Jwt.malformed("the claim " + prefix + claim + " is not " + expected);
  }
}
