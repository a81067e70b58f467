package dev.parley.signal;

import java.time.Instant;

/// A participant as others see it.
///
/// @param id unique among all participants of this server
/// @param identity who it is; unique within a room
/// @param name what people read
/// @param moderator may lock, admit, remove and configure
/// @param guest nobody vouched for the identity
/// @param audio whether it says that its microphone is on
/// @param video whether it says that its camera is on
/// @param screen whether it says that it shares its screen
/// @param hand whether its hand is up
/// @param metadata free text for applications, or null
/// @param connected false while its socket is lost and it may still resume
/// @param kind what takes part
public record ParticipantView(
    String id,
    String identity,
    String name,
    boolean moderator,
    boolean guest,
    boolean audio,
    boolean video,
    boolean screen,
    boolean hand,
    String metadata,
    Instant joinedAt,
    boolean connected,
    ParticipantKind kind) {

  ParticipantView connected(boolean now) {
    return new ParticipantView(
        id, identity, name, moderator, guest, audio, video, screen, hand, metadata, joinedAt, now,
        kind);
  }

  ParticipantView joinedAt(Instant now) {
    return new ParticipantView(
        id, identity, name, moderator, guest, audio, video, screen, hand, metadata, now, connected,
        kind);
  }

  ParticipantView with(Request.Update change) {
    return new ParticipantView(
        id,
        identity,
        or(change.name(), name),
        moderator,
        guest,
        or(change.audio(), audio),
        or(change.video(), video),
        or(change.screen(), screen),
        or(change.hand(), hand),
        or(change.metadata(), metadata),
        joinedAt,
        connected,
        kind);
  }

  private static <T> T or(T changed, T before) {
    return changed == null ? before : changed;
  }
}
