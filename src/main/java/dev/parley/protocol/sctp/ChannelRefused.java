package dev.parley.protocol.sctp;

/// A data channel that cannot be opened, with the reason. Stackless.
public final class ChannelRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why.
  public enum Reason {
    /// The association is over or about to be.
    ENDED,
    /// [SctpLimits#channels], or what the peer allows, are there already.
    TOO_MANY,
    /// Its stream has a channel, or none can have it.
    STREAM_TAKEN,
    /// Label or protocol are longer than [SctpLimits#label].
    LABEL
  }

  private final Reason reason;

  ChannelRefused(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
