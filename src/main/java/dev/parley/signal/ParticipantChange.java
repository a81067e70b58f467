package dev.parley.signal;

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
