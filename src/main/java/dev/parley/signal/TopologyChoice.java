package dev.parley.signal;

import dev.parley.room.Topology;

/// How media travels in one meeting now: up to the server at once, down to peer to peer only after
/// a calm, so that somebody who reloads the page does not move the call twice.
///
/// Confined to its meeting's monitor.
final class TopologyChoice {
  /// How long nobody must need the server: longer than a reload takes.
  static final long CALM_MILLIS = 3_000;

  /// What the people in the room make necessary.
  enum Need {
    /// Peer to peer, at once.
    DIRECT,
    /// The server, at once.
    SERVER,
    /// Nobody needs the server.
    EITHER
  }

  private Topology mode = Topology.MESH;
  private long calmBy = Meeting.NEVER;

  /// MESH or SFU.
  Topology mode() {
    return mode;
  }

  /// When it wants to be weighed again.
  long deadline() {
    return calmBy;
  }

  /// @return whether the mode has changed
  boolean weigh(Need need, long now) {
    return switch (need) {
      case DIRECT -> turn(Topology.MESH);
      case SERVER -> turn(Topology.SFU);
      case EITHER -> {
        if (mode == Topology.MESH) {
          yield false;
        }
        if (calmBy == Meeting.NEVER) {
          calmBy = now + CALM_MILLIS;
        }
        yield calmBy <= now && turn(Topology.MESH);
      }
    };
  }

  private boolean turn(Topology to) {
    boolean turned = mode != to;
    mode = to;
    calmBy = Meeting.NEVER;
    return turned;
  }
}
