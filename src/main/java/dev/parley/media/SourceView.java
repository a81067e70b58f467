package dev.parley.media;

/// What a client says one of its sections is.
///
/// @param mid of the section
/// @param source `camera`, `microphone`, `screen`, `screen-audio` or another short word
/// @param muted whether it begins muted
/// @param encrypted whether it is encrypted from end to end
public record SourceView(String mid, String source, boolean muted, boolean encrypted) {
  /// One that the server could understand.
  public SourceView(String mid, String source, boolean muted) {
    this(mid, source, muted, false);
  }
}
