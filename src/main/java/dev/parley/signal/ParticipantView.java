package dev.parley.signal;

import java.time.Instant;
import java.util.Map;

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
/// @param attributes for applications
/// @param permissions what it may do
/// @param version grows with every change that others are told
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
    ParticipantKind kind,
    Map<String, String> attributes,
    Permissions permissions,
    long version) {
  public ParticipantView {
    attributes = Map.copyOf(attributes);
  }

  /// One that may do what most may, without attributes.
  public ParticipantView(
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
    this(
        id,
        identity,
        name,
        moderator,
        guest,
        audio,
        video,
        screen,
        hand,
        metadata,
        joinedAt,
        connected,
        kind,
        Map.of(),
        Permissions.ORDINARY,
        1);
  }

  ParticipantView connected(boolean now) {
    return new ParticipantView(
        id,
        identity,
        name,
        moderator,
        guest,
        audio,
        video,
        screen,
        hand,
        metadata,
        joinedAt,
        now,
        kind,
        attributes,
        permissions,
        version + 1);
  }

  ParticipantView joinedAt(Instant now) {
    return new ParticipantView(
        id,
        identity,
        name,
        moderator,
        guest,
        audio,
        video,
        screen,
        hand,
        metadata,
        now,
        connected,
        kind,
        attributes,
        permissions,
        version);
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
        kind,
        attributes,
        permissions,
        version + 1);
  }

  ParticipantView with(ParticipantChange change) {
    return new ParticipantView(
        id,
        identity,
        or(change.name(), name),
        moderator,
        guest,
        audio,
        video,
        screen,
        hand,
        or(change.metadata(), metadata),
        joinedAt,
        connected,
        kind,
        change.over(attributes),
        or(change.permissions(), permissions),
        version + 1);
  }

  private static <T> T or(T changed, T before) {
    return changed == null ? before : changed;
  }
}
