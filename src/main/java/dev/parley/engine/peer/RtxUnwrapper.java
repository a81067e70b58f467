package dev.parley.engine.peer;

import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.RtxPayload;
import java.util.Arrays;

/// Turns what a publisher sends again on its RTX stream (RFC 4588 section 4) back into the original
/// packet, in place. One per pair of primary and RTX stream, confined to the loop of its peer.
public final class RtxUnwrapper {
  /// No original: padding alone, as browsers send it to probe the bandwidth, a payload type that is
  /// associated with none, or not RTP.
  public static final int NONE = -1;

  private final int primary;
  private final byte[] original = new byte[128];

  /// @param primary the SSRC of the stream that the RTX stream repairs
  public RtxUnwrapper(int primary) {
    this.primary = primary;
    Arrays.fill(original, (byte) NONE);
  }

  /// The format parameter `apt` (RFC 4588 section 8): what comes with `rtx` was `associated`.
  public void associate(int rtx, int associated) {
    original[rtx & 0x7f] = (byte) (associated & 0x7f);
  }

  /// Rewrites the RTX packet in place: its payload moves up by two octets, padding goes away.
  ///
  /// @return octets of the original packet, or [#NONE] and the packet is as it was
  public int unwrap(byte[] octets, int at, int length) {
    int payload = RtpPacket.payloadLength(octets, at, length);
    if (payload <= RtxPayload.HEADER) {
      return NONE;
    }
    int type = original[RtpPacket.payloadType(octets, at)];
    if (type == NONE) {
      return NONE;
    }
    int header = RtpPacket.headerLength(octets, at, length);
    int from = at + header;
    RtpPacket.putPayloadType(octets, at, type);
    RtpPacket.putSequence(octets, at, RtxPayload.originalSequence(octets, from, payload));
    RtpPacket.putSsrc(octets, at, primary);
    RtpPacket.putPadding(octets, at, false);
    System.arraycopy(octets, from + RtxPayload.HEADER, octets, from, payload - RtxPayload.HEADER);
    return header + payload - RtxPayload.HEADER;
  }
}
