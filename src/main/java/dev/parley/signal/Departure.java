package dev.parley.signal;

/// Why someone is no longer in a room, as the others and the one itself are told.
public enum Departure {
  LEFT,
  REMOVED,
  /// The socket was lost and nobody resumed in time.
  TIMEOUT,
  /// The same identity joined anew.
  REPLACED,
  /// A moderator did not let it in from the lobby.
  DENIED,
  /// The room was closed.
  CLOSED,
  /// The server stops; whoever comes again later is welcome.
  STOPPED
}
