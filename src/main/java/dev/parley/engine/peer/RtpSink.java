package dev.parley.engine.peer;

/// Where the plain packets of one incoming RtpStream go (RFC 7656, section 2.1.10): the peer
/// decrypts into the sink's own memory, so that a packet is written once.
///
/// Confined to the loop.
public interface RtpSink {
  /// The buffer the next packet is to be written to, from [#at()] on. Asked for every packet.
  byte[] octets();

  /// Index of the packet's first octet in [#octets()].
  int at();

  /// Octets there is room for.
  int room();

  /// Hot: an authentic packet stands there in the clear, with the publisher's own header.
  ///
  /// @param length octets, header and padding included
  /// @param repaired whether it came as a retransmission (RFC 4588)
  void received(int length, boolean repaired, long now);

  /// Whether a packet that comes as a retransmission is still missing; asked with the 16-bit number
  /// before it is written.
  boolean missing(int sequence);

  /// The publisher's clock (RFC 3550, section 6.4.1).
  void senderReport(long ntp, int rtpTimestamp, long now);

  /// Loss that retransmission has given up on: only a key frame helps.
  void lossGivenUp(long now);

  /// The round trip to the publisher, in nanoseconds.
  void roundTrip(long nanoseconds);

  /// It has ended: BYE, its section stopped, or the peer closed.
  void ended();
}
