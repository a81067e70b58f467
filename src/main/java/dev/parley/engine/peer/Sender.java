package dev.parley.engine.peer;

import dev.parley.protocol.sdp.Codec;

/// One outgoing RtpStream of a [Peer] and its retransmissions: what a subscription sends through.
///
/// Confined to the loop. Sequence numbers, timestamps and what [PacketChange] has are the caller's;
/// SSRC, payload types, header extensions, SRTP and the way to the client are the sender's.
public interface Sender {
  /// The id of the [dev.parley.protocol.sdp.Outgoing] it was wanted with.
  String id();

  /// The section it is sent in.
  String mid();

  /// The payload type a codec of a publication is sent with here, or -1 where the client does not
  /// take it.
  int payloadType(Codec published);

  /// Whether lost packets can be sent again (RFC 4588).
  boolean repairs();

  /// To the client and back, nanoseconds, as feedback and reports tell.
  long roundTrip();

  /// Throws away what waits to leave: what is sent next begins anew, and nothing before it is of
  /// any use.
  void supersede();

  /// Tells who hears the receiver's reports; before the first packet.
  void side(SenderSide side);

  /// Tells from whose section packets will come, so that their header extensions can be translated.
  void from(Publication publication);

  /// Hot: sends one packet.
  ///
  /// @param packet holds the publisher's packet in the clear; not changed
  /// @param at index of its first octet
  /// @param headerLength octets before the payload
  /// @param payloadLength octets of payload, without padding
  /// @param padding octets of padding to send behind it, 0 or 1; `packet` has room for it, which is
  ///   written over
  /// @param sequence extended: its lowest 16 bits go into the header
  /// @param change what else differs from the packet
  void send(
      byte[] packet,
      int at,
      int headerLength,
      int payloadLength,
      int padding,
      int payloadType,
      long sequence,
      int timestamp,
      PacketChange change,
      long now);

  /// Sends it once more as RTX; arguments as it was sent with the first time.
  void repair(
      byte[] packet,
      int at,
      int headerLength,
      int payloadLength,
      int payloadType,
      long sequence,
      int timestamp,
      PacketChange change,
      long now);
}
