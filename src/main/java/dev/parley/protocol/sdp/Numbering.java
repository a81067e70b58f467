package dev.parley.protocol.sdp;

import java.util.HashMap;
import java.util.Map;

/// What the payload types, or the header extension ids, of a bundle mean: each number one thing in
/// all sections (RFC 8843, section 9.1; RFC 8285, section 5). Confined to its negotiation.
///
/// What the client says goes before what the server chose.
final class Numbering {
  private final Map<Integer, String> meanings = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /// Notes what a number means.
  ///
  /// @return false where it means something else already
  boolean learn(int number, String meaning) {
    String known = meanings.putIfAbsent(number, meaning);
    if (known != null && !known.equals(meaning)) {
      return false;
    }
    numbers.putIfAbsent(meaning, number);
    return true;
  }

  boolean means(int number, String meaning) {
    return meaning.equals(meanings.get(number));
  }

  /// Takes over what is known elsewhere of numbers that are free here.
  void carry(Numbering older) {
    older.meanings.forEach(
        (number, meaning) -> {
          if (!meanings.containsKey(number)) {
            learn(number, meaning);
          }
        });
  }

  /// The number of a meaning: the known one, the preferred one, else the first free of the ranges.
  ///
  /// @param ranges first and last number, in pairs
  /// @return -1 where none is free
  int number(String meaning, int preferred, int... ranges) {
    Integer known = numbers.get(meaning);
    if (known != null) {
      return known;
    }
    int number = meanings.containsKey(preferred) ? free(ranges) : preferred;
    if (number >= 0) {
      learn(number, meaning);
    }
    return number;
  }

  private int free(int... ranges) {
    for (int i = 0; i < ranges.length; i += 2) {
      for (int number = ranges[i]; number <= ranges[i + 1]; number++) {
        if (!meanings.containsKey(number)) {
          return number;
        }
      }
    }
    return -1;
  }
}
