package dev.parley.media;

/// What a client says one of its sections is.
///
/// @param mid of the section
/// @param source `camera`, `microphone`, `screen`, `screen-audio` or another short word
/// @param muted whether it begins muted
public record SourceView(String mid, String source, boolean muted) {}
