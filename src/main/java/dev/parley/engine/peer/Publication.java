package dev.parley.engine.peer;

import dev.parley.media.TrackKind;
import dev.parley.protocol.sdp.Section;

/// A section in which the client publishes: a track, seen from the peer.
///
/// @param mid names it for the life of the peer
/// @param source what the client says it is
/// @param muted whether it began muted
/// @param section what was agreed on: codecs, layers, header extensions
public record Publication(
    String mid, TrackKind kind, String source, boolean muted, Section section) {}
