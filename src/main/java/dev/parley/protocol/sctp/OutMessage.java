package dev.parley.protocol.sctp;

/// One message on its way out, in as many DATA chunks as it takes.
final class OutMessage {
  final Channel channel;
  final int protocol;
  final byte[] octets;
  final int at;
  final int length;
  final boolean unordered;
  // How often its chunks are sent again at most; negative for ever.
  final int retransmits;
  // When it is given up, where it is bounded.
  final boolean mortal;
  final long expires;
  int ssn;
  // Octets that have a TSN.
  int sent;
  // Chunks with a TSN that the cumulative TSN has not passed.
  int chunks;
  boolean abandoned;
  OutMessage next;

  OutMessage(
      Channel channel,
      PayloadProtocol protocol,
      byte[] octets,
      int at,
      int length,
      boolean bounded,
      long now) {
    ChannelParameters rules = channel.parameters;
    this.channel = channel;
    this.protocol = protocol.code();
    this.octets = octets;
    this.at = at;
    this.length = length;
    // Before the peer has acknowledged the channel, order is what tells it of the channel first
    // (RFC 8832, section 6).
    this.unordered = bounded && !rules.ordered() && channel.acknowledged;
    this.retransmits = bounded ? rules.retransmits() : ChannelParameters.UNBOUNDED;
    this.mortal = bounded && rules.lifetime() >= 0;
    this.expires = now + rules.lifetime() * 1_000_000L;
  }

  /// Octets from now on that count as buffered: DCEP is nothing the owner has sent.
  int buffered() {
    return protocol == PayloadProtocol.WEBRTC_DCEP.code() ? 0 : left();
  }

  int left() {
    return length - sent;
  }

  /// What it costs to hold it, octets.
  int charge() {
    return length + SendQueue.MESSAGE_CHARGE;
  }

  boolean expired(long now) {
    return mortal && now - expires >= 0;
  }
}
