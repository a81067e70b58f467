package dev.parley.media;

/// What a client says one of its sections is.
///
/// @param mid of the section
/// @param source `camera`, `microphone`, `screen`, `screen-audio` or another short word
/// @param muted whether it begins muted
/// @param encrypted whether it is encrypted from end to end
/// @param track id that its track shall have where it has none yet and nobody has it, beginning
///   with `TR_`; or null: the server makes one
public record SourceView(
    String mid, String source, boolean muted, boolean encrypted, String track) {
  /// One whose track the server names.
  public SourceView(String mid, String source, boolean muted, boolean encrypted) {
    this(mid, source, muted, encrypted, null);
  }

  /// One that the server could understand.
  public SourceView(String mid, String source, boolean muted) {
    this(mid, source, muted, false);
  }
}
