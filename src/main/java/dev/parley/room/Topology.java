package dev.parley.room;

/// How media travels between the participants of a room.
public enum Topology {
  /// Parley chooses by the number of people.
  AUTO,
  /// Every participant sends to every other one.
  MESH,
  /// Everyone sends once, to the selective forwarding unit (RFC 7667, section 3.7).
  SFU
}
