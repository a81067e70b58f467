package dev.parley.adapter;

/// What one loop passes to another.
public enum Passed {
  /// A datagram for a relayed transport address of the other loop: to it, from another relayed one.
  RELAYED,
  /// A datagram for a media port of the other loop, from a relayed transport address: on that path.
  MEDIA,
  /// A message of a client whose allocation is the other loop's: to it, on the client's 5-tuple.
  RECEIVED,
  /// A message to a client whose stream or DTLS association is the other loop's: on its 5-tuple.
  TRANSMIT,
  /// The stream of such a client has ended.
  CLOSED,
  /// Something for the TCP relays of the other loop to do, in order with the messages.
  WORK,
  /// Messages of this client need not be passed any more.
  TAKEN_BACK,
  /// An RTP packet in the clear, of a track that the other loop's branch of a room has use for: by
  /// its label.
  CARRIED
}
