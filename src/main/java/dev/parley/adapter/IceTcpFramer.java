package dev.parley.adapter;

import dev.parley.wire.Octets;

/// Where a message ends on an ICE-TCP connection: every one has its length before it (RFC 4571,
/// section 2; RFC 6544, section 3).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |             LENGTH            |  STUN, DTLS, SRTP or SRTCP ...|
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// The engine receives the frame with its length, and writes one before what it transmits. A stream
/// of another protocol is told by its second or third octet: TLS, HTTP and STUN without framing all
/// are.
public final class IceTcpFramer implements Framer {
  /// Octets of the length.
  public static final int HEADER = 2;

  /// The longest message: above every MTU, so that a connection holds little of a stranger's.
  public static final int MAX_MESSAGE = 2048;

  /// The shortest message: an RTP header; a null packet has no octet at all.
  private static final int MIN_MESSAGE = 12;

  @Override
  public int frameLength(byte[] octets, int at, int available) {
    if (available < HEADER) {
      return Octets.u8(octets, at) > MAX_MESSAGE >> 8 ? GARBAGE : MORE;
    }
    int message = Octets.u16(octets, at);
    if (message > MAX_MESSAGE || message != 0 && message < MIN_MESSAGE) {
      return GARBAGE;
    }
    if (message != 0 && available > HEADER && !multiplexed(Octets.u8(octets, at + HEADER))) {
      return GARBAGE;
    }
    return HEADER + message;
  }

  /// Whether a message of WebRTC begins so: STUN, DTLS, RTP and RTCP (RFC 7983, section 7).
  private static boolean multiplexed(int first) {
    return first <= 3 || first >= 20 && first <= 63 || first >= 128 && first <= 191;
  }
}
