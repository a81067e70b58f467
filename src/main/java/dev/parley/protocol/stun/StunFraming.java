package dev.parley.protocol.stun;

import dev.parley.wire.Octets;

/// Where the next message of a stream ends (RFC 8489, section 6.2.2; RFC 8656, section 12.5).
///
/// A STUN message says its own length; a ChannelData message too, but is padded to a multiple of
/// four octets on streams:
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     Channel Number (0x4xxx)   |            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class StunFraming {
  /// Octets of the largest frame; a buffer of this size always makes progress.
  public static final int MAX_FRAME = 0x1_0000;

  /// More octets are needed before the length can be told.
  public static final int MORE = 0;

  /// Not this protocol: the stream cannot be resynchronised and should be closed.
  public static final int FOREIGN = -1;

  private StunFraming() {}

  /// Octets of the frame that begins here, whole or not yet, padding included; [#MORE] while too
  /// few octets tell; or [#FOREIGN].
  ///
  /// Ask again when more has arrived: a frame that begins well may still turn out foreign.
  ///
  /// @param at index of the frame's first octet
  /// @param available octets that have arrived from there on
  public static int frameLength(byte[] buffer, int at, int available) {
    if (available < 1) {
      return MORE;
    }
    int first = Octets.u8(buffer, at);
    boolean channel = first >> 6 == 1;
    // Channels of RFC 5766 reach to 0x7FFF.
    if (first > 3 && !channel) {
      return FOREIGN;
    }
    if (available < 4) {
      return MORE;
    }
    int length = Octets.u16(buffer, at + 2);
    int frame = channel ? 4 + (length + 3 & ~3) : StunMessage.HEADER + length;
    if ((frame & 3) != 0 || frame > MAX_FRAME) {
      return FOREIGN;
    }
    if (!channel && available >= 8 && Octets.u32(buffer, at + 4) != StunMessage.MAGIC_COOKIE) {
      return FOREIGN;
    }
    return frame;
  }
}
