package dev.parley.signal;

import java.util.Set;
import java.util.stream.Collectors;

/// What tracks are of, as tokens and as this house spells it.
final class Sources {
  private Sources() {}

  static Set<String> of(Set<String> claimed) {
    return claimed.stream().map(Sources::of).collect(Collectors.toUnmodifiableSet());
  }

  private static String of(String claimed) {
    return switch (claimed) {
      case "screen_share" -> "screen";
      case "screen_share_audio" -> "screen-audio";
      default -> claimed;
    };
  }
}
