package dev.parley.media;

/// Someone who speaks.
///
/// @param level loudness from 0 (silence) to 1
public record SpeakerView(String participant, double level) {}
