package dev.parley.protocol.sctp;

/// What a [SctpAssociation] orders and tells; its owner carries it out. Called on the owner's
/// thread only, from inside the association's inputs, and every method of the association may be
/// called from here.
public interface SctpEffects {
  /// Hot: sends one SCTP packet, as one message of DTLS. The octets are valid during the call only.
  void transmit(byte[] octets, int at, int length);

  /// Hot: one whole message of the peer (RFC 8831, section 6.6). The octets are valid during the
  /// call only: whoever keeps or sends them copies them.
  ///
  /// @param channel its stream identifier
  /// @param binary false for text in UTF-8, which nobody has checked
  /// @param length 0 for an empty message
  void message(int channel, boolean binary, byte[] octets, int at, int length);

  /// Rare: tells a fact.
  void happened(SctpEvent event);

  /// Hot: how many octets of packets with DATA the owner lets go now; asked before each such
  /// packet. Where it is less than a packet, the association waits for the owner to call
  /// [SctpAssociation#flush]. What is no DATA (acknowledgements, handshake) never asks.
  default int allowance(long now) {
    return Integer.MAX_VALUE;
  }
}
