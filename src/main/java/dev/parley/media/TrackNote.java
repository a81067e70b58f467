package dev.parley.media;

/// What a publisher says of a track that the server need not know; handed on as it is.
///
/// @param name what people or applications call it
/// @param width of the picture, in pixels; 0 where nothing was said
/// @param height likewise
/// @param details more, in the spelling of the door it came through; null where that has none
public record TrackNote(String name, int width, int height, String details) {}
