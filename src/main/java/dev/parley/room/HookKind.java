package dev.parley.room;

/// The events that webhooks tell, by the names of LiveKit's.
public enum HookKind {
  ROOM_STARTED("room_started"),
  ROOM_FINISHED("room_finished"),
  PARTICIPANT_JOINED("participant_joined"),
  PARTICIPANT_LEFT("participant_left"),
  /// In place of a leave: it could never be told that it was in.
  PARTICIPANT_CONNECTION_ABORTED("participant_connection_aborted"),
  TRACK_PUBLISHED("track_published"),
  TRACK_UNPUBLISHED("track_unpublished");

  private final String label;

  HookKind(String label) {
    this.label = label;
  }

  /// What stands in `event`.
  public String label() {
    return label;
  }
}
