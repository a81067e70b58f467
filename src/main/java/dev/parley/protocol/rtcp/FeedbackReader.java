package dev.parley.protocol.rtcp;

import dev.parley.wire.Octets;

/// Reads feedback messages (RFC 4585, section 6.1; RFC 5104, section 4.3; the REMB and
/// transport-wide drafts).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|   FMT   |    PT 205/206 |          length               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                  SSRC of packet sender                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                  SSRC of media source                         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// :            Feedback Control Information (FCI)                 :
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
final class FeedbackReader {
  /// Octets before the FCI.
  static final int FCI = 12;

  /// Octets of an FIR entry: SSRC, sequence number, 24 reserved bits.
  static final int FIR_ENTRY = 8;

  /// The unique identifier of REMB among application layer feedback.
  static final int REMB = 0x5245_4d42;

  /// Octets of REMB's FCI before its SSRCs.
  static final int REMB_FCI = 8;

  private FeedbackReader() {}

  static RtcpRefusal transport(byte[] octets, int at, int limit, int format, RtcpVisitor visitor) {
    if (limit - at < FCI) {
      return RtcpRefusal.BODY;
    }
    return switch (RtcpFeedback.of(RtcpType.RTPFB, format)) {
      case NACK -> nack(octets, at, limit, visitor);
      case TRANSPORT_CC -> transportWide(octets, at, limit, visitor);
      case null, default -> RtcpReader.skipped(octets, at, visitor);
    };
  }

  static RtcpRefusal payload(byte[] octets, int at, int limit, int format, RtcpVisitor visitor) {
    if (limit - at < FCI) {
      return RtcpRefusal.BODY;
    }
    return switch (RtcpFeedback.of(RtcpType.PSFB, format)) {
      case PLI -> pli(octets, at, visitor);
      case FIR -> fir(octets, at, limit, visitor);
      case AFB -> application(octets, at, limit, visitor);
      case null, default -> RtcpReader.skipped(octets, at, visitor);
    };
  }

  private static RtcpRefusal nack(byte[] octets, int at, int limit, RtcpVisitor visitor) {
    int fci = limit - at - FCI;
    if (fci == 0 || fci % 4 != 0) {
      return RtcpRefusal.FCI;
    }
    int sender = Octets.u32(octets, at + 4);
    int media = Octets.u32(octets, at + 8);
    for (int pair = at + FCI; pair < limit; pair += 4) {
      visitor.nack(sender, media, Octets.u16(octets, pair), Octets.u16(octets, pair + 2));
    }
    return RtcpRefusal.NONE;
  }

  private static RtcpRefusal transportWide(byte[] octets, int at, int limit, RtcpVisitor visitor) {
    RtcpRefusal refusal = TransportFeedback.check(octets, at + FCI, limit - at - FCI);
    if (refusal == RtcpRefusal.NONE) {
      int sender = Octets.u32(octets, at + 4);
      int media = Octets.u32(octets, at + 8);
      visitor.transportFeedback(sender, media, octets, at + FCI, limit - at - FCI);
    }
    return refusal;
  }

  private static RtcpRefusal pli(byte[] octets, int at, RtcpVisitor visitor) {
    visitor.pli(Octets.u32(octets, at + 4), Octets.u32(octets, at + 8));
    return RtcpRefusal.NONE;
  }

  private static RtcpRefusal fir(byte[] octets, int at, int limit, RtcpVisitor visitor) {
    int fci = limit - at - FCI;
    if (fci == 0 || fci % FIR_ENTRY != 0) {
      return RtcpRefusal.FCI;
    }
    int sender = Octets.u32(octets, at + 4);
    for (int entry = at + FCI; entry < limit; entry += FIR_ENTRY) {
      visitor.fir(sender, Octets.u32(octets, entry), Octets.u8(octets, entry + 4));
    }
    return RtcpRefusal.NONE;
  }

  /// Application layer feedback: REMB, or something of somebody else's.
  ///
  /// ```
  /// |  'R'          |  'E'          |  'M'          |  'B'          |
  /// |  Num SSRC     | BR Exp    |  BR Mantissa (18 bits)            |
  /// |   SSRC feedback, Num SSRC times                               |
  /// ```
  private static RtcpRefusal application(byte[] octets, int at, int limit, RtcpVisitor visitor) {
    int fci = at + FCI;
    if (limit - fci < 4 || Octets.u32(octets, fci) != REMB) {
      return RtcpReader.skipped(octets, at, visitor);
    }
    if (limit - fci < REMB_FCI || limit - fci != REMB_FCI + 4 * Octets.u8(octets, fci + 4)) {
      return RtcpRefusal.FCI;
    }
    int rate = Octets.u32(octets, fci + 4);
    long mantissa = rate & 0x3_ffff;
    int exponent = rate >>> 18 & 0x3f;
    if (Long.numberOfLeadingZeros(mantissa) <= exponent && mantissa != 0) {
      return RtcpRefusal.BITRATE;
    }
    int sender = Octets.u32(octets, at + 4);
    visitor.remb(sender, mantissa << exponent, octets, fci + REMB_FCI, rate >>> 24);
    return RtcpRefusal.NONE;
  }
}
