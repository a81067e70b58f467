package dev.parley.protocol.sctp;

/// A fact about an association or one of its data channels.
public sealed interface SctpEvent {
  /// The association is established: what was queued goes out.
  record Up() implements SctpEvent {}

  /// The peer has opened a channel (RFC 8832, section 5.1); messages may be sent on it.
  record Opened(int channel, ChannelParameters parameters) implements SctpEvent {}

  /// The peer has acknowledged a channel opened here (RFC 8832, section 5.2).
  record Acknowledged(int channel) implements SctpEvent {}

  /// A channel is gone: nothing is sent or comes on it any more, and its number may be used again.
  record Closed(int channel, ChannelEnd why) implements SctpEvent {}

  /// What a channel has buffered has fallen to its low mark or below it.
  record Low(int channel) implements SctpEvent {}

  /// The association is over; all of its channels were told [Closed] before.
  record Ended(SctpEnd why) implements SctpEvent {}
}
