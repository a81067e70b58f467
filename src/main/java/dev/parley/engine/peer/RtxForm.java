package dev.parley.engine.peer;

import dev.parley.wire.Octets;

/// The payload of a retransmission (RFC 4588 section 4): the original sequence number, then the
/// original payload; the header around it has the SSRC, payload type and sequence counter of the
/// RTX stream and the timestamp of the original. One per outgoing RTX SSRC, confined to its loop.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |              OSN              |                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               |
/// |                  original RTP packet payload                  |
/// ```
public final class RtxForm {
  /// Octets of the original sequence number.
  public static final int OSN = 2;

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
    Octets.put16(to, at, (int) original);
    System.arraycopy(from, fromAt, to, at + OSN, length);
    return length + OSN;
  }
}
