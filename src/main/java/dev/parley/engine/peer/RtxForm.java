package dev.parley.engine.peer;

import dev.parley.protocol.rtp.RtxPayload;

/// The packets of a retransmission stream (RFC 4588 section 4): an [RtxPayload], and a header
/// around it that has the SSRC, payload type and sequence counter of the RTX stream and the
/// timestamp of the original. One per outgoing RTX SSRC, confined to its loop.
public final class RtxForm {
  private long next;

  /// @param firstSequence of the first packet, 0 to 32767; should be random (RFC 3550 section 5.1)
  public RtxForm(int firstSequence) {
    next = firstSequence;
  }

  /// The extended sequence number of the next packet, used up by this call.
  public long nextSequence() {
    return next++;
  }

  /// Writes the payload of a retransmission.
  ///
  /// @param to the buffer, with room for two octets more than the payload
  /// @param at index of the payload to write
  /// @param original the outgoing sequence number that was asked for
  /// @param from the buffer of the original payload
  /// @param fromAt its index there
  /// @param length its octets
  /// @return octets written
  public static int write(byte[] to, int at, long original, byte[] from, int fromAt, int length) {
    RtxPayload.putOriginalSequence(to, at, (int) original);
    System.arraycopy(from, fromAt, to, at + RtxPayload.HEADER, length);
    return length + RtxPayload.HEADER;
  }
}
