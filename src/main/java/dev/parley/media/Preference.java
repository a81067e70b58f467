package dev.parley.media;

/// What a receiver has use for of a video track: what is more would be shown to nobody.
///
/// @param width of the picture as it is shown, in pixels; 0 with `height` 0 where it is not to be
///   seen, and nothing is sent
/// @param height likewise
/// @param framesPerSecond at most; 0 for as many as there are
/// @param priority where there is not enough for all: the higher comes first, 0 where nothing was
///   said
public record Preference(int width, int height, int framesPerSecond, int priority) {
  /// All there is.
  public static final Preference ALL = new Preference(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 0);

  public Preference {
    if (width < 0 || height < 0 || framesPerSecond < 0) {
      throw new IllegalArgumentException("less than nothing cannot be preferred");
    }
  }

  /// Whether anything is to be seen.
  public boolean visible() {
    return width > 0 && height > 0;
  }
}
