package dev.parley.room;

import java.time.Instant;

/// Events in words: `kind room [participant [track]]`.
final class PlainText implements HookText {
  @Override
  public String event(
      HookKind kind, String id, Instant at, String room, String participant, String track) {
    return kind.label()
        + " "
        + room
        + (participant == null ? "" : " " + participant)
        + (track == null ? "" : " " + track);
  }

  @Override
  public String interrupted(String participant) {
    return participant + "!";
  }

  @Override
  public String deserted(String room) {
    return room + "!";
  }
}
