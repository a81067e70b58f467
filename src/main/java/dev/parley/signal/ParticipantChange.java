package dev.parley.signal;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A change of what others see of a participant and of what it may do; null leaves a thing as it
/// is.
///
/// @param attributes those that change; an empty value takes one away
public record ParticipantChange(
    String name, String metadata, Map<String, String> attributes, Permissions permissions) {
  public ParticipantChange {
    attributes = attributes == null ? null : Map.copyOf(attributes);
  }

  /// As many octets as servers of the LiveKit protocol take, of metadata and of all attributes.
  public static final int MOST = 64_000;

  private static final int NAME = 128;

  /// Goes on where others can be shown this.
  ///
  /// @param before attributes that are there
  void check(Map<String, String> before) throws StewardRefused {
    if (name != null
        && (name.isBlank()
            || name.length() > NAME
            || name.codePoints().anyMatch(Character::isISOControl))) {
      throw invalid("a name is one line of 1 to " + NAME + " characters");
    }
    if (metadata != null && octets(metadata) > MOST) {
      throw invalid("metadata has at most " + MOST + " octets");
    }
    int octets = 0;
    for (var attribute : over(before).entrySet()) {
      octets += octets(attribute.getKey()) + octets(attribute.getValue());
    }
    if (octets > MOST) {
      throw invalid("all attributes have at most " + MOST + " octets");
    }
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static StewardRefused invalid(String message) {
    return new StewardRefused(StewardRefused.Reason.INVALID, message);
  }

  /// Attributes after this change.
  Map<String, String> over(Map<String, String> before) {
    if (attributes == null) {
      return before;
    }
    var after = new HashMap<>(before);
    attributes.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            after.remove(name);
          } else {
            after.put(name, value);
          }
        });
    return after;
  }
}
