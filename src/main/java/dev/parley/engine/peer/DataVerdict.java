package dev.parley.engine.peer;

/// What became of a data message for a client.
public enum DataVerdict {
  /// It goes out as soon as the path lets it.
  SENT,
  /// Likewise, but so much waits by now that no more should come; [DataSide#relieved] tells when it
  /// may.
  CROWDED,
  /// It was dropped: its channel gives up what does not get through, or the client takes no message
  /// of that length.
  DROPPED,
  /// Its channel was reliable and is closed: the client is too slow.
  CLOSED,
  /// There is no channel with that label.
  NO_CHANNEL
}
