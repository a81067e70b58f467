package dev.parley.media;

/// What the participant behind a peer may do.
///
/// @param publish whether it may send tracks
/// @param subscribe whether it may receive tracks
/// @param automatic whether it is subscribed to every track of the room without asking
/// @param limits how much
public record PeerPolicy(
    boolean publish, boolean subscribe, boolean automatic, PeerLimits limits) {}
