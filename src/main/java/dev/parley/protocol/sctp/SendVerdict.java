package dev.parley.protocol.sctp;

/// What became of a message handed to [SctpAssociation#send].
public enum SendVerdict {
  /// It goes out as soon as the windows let it.
  QUEUED,
  /// [SctpLimits#sendBuffer] is full; nothing was taken.
  FULL,
  /// Larger than the peer takes ([SctpSetup#messageMost]).
  TOO_LARGE,
  /// There is no such channel, or it is being closed.
  NO_CHANNEL;

  public boolean taken() {
    return this == QUEUED;
  }
}
