package dev.parley.protocol.rtcp;

import dev.parley.wire.Octets;

/// Walks a compound RTCP packet (RFC 3550, section 6.1), reduced-size ones included (RFC 5506).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|count/FMT|      PT       |    length in words, less 1    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                 SSRC of packet sender, or body                |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class RtcpReader {
  /// Octets of the header that all packets share.
  static final int HEADER = 4;

  /// Octets of a report block.
  static final int REPORT_BLOCK = 24;

  /// Octets of a sender report before its blocks.
  static final int SENDER_REPORT = 28;

  /// Octets of a receiver report before its blocks.
  static final int RECEIVER_REPORT = 8;

  private RtcpReader() {}

  /// Whether a datagram of a port shared with RTP is RTCP (RFC 5761, section 4), encrypted or not.
  public static boolean looksLike(byte[] octets, int at, int length) {
    if (length < 2 * HEADER || Octets.u8(octets, at) >> 6 != 2) {
      return false;
    }
    int type = Octets.u8(octets, at + 1);
    return type >= RtcpType.FIRST && type <= RtcpType.LAST;
  }

  /// Tells the visitor what a compound packet holds, in order, up to the first packet that is
  /// malformed, of which it tells nothing.
  ///
  /// Linear in the length; allocates nothing.
  ///
  /// @return [RtcpRefusal#NONE], or why reading ended early
  public static RtcpRefusal read(byte[] octets, int at, int length, RtcpVisitor visitor) {
    int end = at + length;
    int packet = at;
    do {
      if (end - packet < HEADER) {
        return RtcpRefusal.TOO_SHORT;
      }
      if (Octets.u8(octets, packet) >> 6 != 2) {
        return RtcpRefusal.VERSION;
      }
      int next = packet + 4 * (Octets.u16(octets, packet + 2) + 1);
      if (next > end) {
        return RtcpRefusal.OVERRUN;
      }
      int limit = withoutPadding(octets, packet, next);
      if (limit < 0) {
        return RtcpRefusal.PADDING;
      }
      RtcpRefusal refusal = packet(octets, packet, limit, visitor);
      if (refusal != RtcpRefusal.NONE) {
        return refusal;
      }
      packet = next;
    } while (packet < end);
    return RtcpRefusal.NONE;
  }

  /// Where the packet's content ends, or -1.
  private static int withoutPadding(byte[] octets, int at, int next) {
    if ((octets[at] & 0x20) == 0) {
      return next;
    }
    int padding = Octets.u8(octets, next - 1);
    return padding == 0 || padding > next - at - HEADER ? -1 : next - padding;
  }

  private static RtcpRefusal packet(byte[] octets, int at, int limit, RtcpVisitor visitor) {
    int count = octets[at] & 0x1f;
    return switch (RtcpType.of(Octets.u8(octets, at + 1))) {
      case SR -> senderReport(octets, at, limit, count, visitor);
      case RR -> receiverReport(octets, at, limit, count, visitor);
      case SDES -> SdesReader.read(octets, at, limit, count, visitor);
      case BYE -> bye(octets, at, limit, count, visitor);
      case RTPFB -> FeedbackReader.transport(octets, at, limit, count, visitor);
      case PSFB -> FeedbackReader.payload(octets, at, limit, count, visitor);
      case XR -> ExtendedReportReader.read(octets, at, limit, visitor);
      case null, default -> skipped(octets, at, visitor);
    };
  }

  static RtcpRefusal skipped(byte[] octets, int at, RtcpVisitor visitor) {
    visitor.skipped(Octets.u8(octets, at + 1), octets[at] & 0x1f);
    return RtcpRefusal.NONE;
  }

  private static RtcpRefusal senderReport(
      byte[] octets, int at, int limit, int count, RtcpVisitor visitor) {
    if (limit - at < SENDER_REPORT + count * REPORT_BLOCK) {
      return RtcpRefusal.BODY;
    }
    int ssrc = Octets.u32(octets, at + 4);
    visitor.senderReport(
        ssrc,
        Octets.u64(octets, at + 8),
        Octets.u32(octets, at + 16),
        Octets.u32(octets, at + 20),
        Octets.u32(octets, at + 24));
    reportBlocks(octets, at + SENDER_REPORT, ssrc, count, visitor);
    return RtcpRefusal.NONE;
  }

  private static RtcpRefusal receiverReport(
      byte[] octets, int at, int limit, int count, RtcpVisitor visitor) {
    if (limit - at < RECEIVER_REPORT + count * REPORT_BLOCK) {
      return RtcpRefusal.BODY;
    }
    int ssrc = Octets.u32(octets, at + 4);
    visitor.receiverReport(ssrc);
    reportBlocks(octets, at + RECEIVER_REPORT, ssrc, count, visitor);
    return RtcpRefusal.NONE;
  }

  private static void reportBlocks(
      byte[] octets, int at, int senderSsrc, int count, RtcpVisitor visitor) {
    for (int block = at; block < at + count * REPORT_BLOCK; block += REPORT_BLOCK) {
      int loss = Octets.u32(octets, block + 4);
      visitor.reportBlock(
          senderSsrc,
          Octets.u32(octets, block),
          loss >>> 24,
          loss << 8 >> 8,
          Octets.u32(octets, block + 8),
          Octets.u32(octets, block + 12),
          Octets.u32(octets, block + 16),
          Octets.u32(octets, block + 20));
    }
  }

  /// BYE: `count` SSRCs, then perhaps a reason with its length before it.
  private static RtcpRefusal bye(byte[] octets, int at, int limit, int count, RtcpVisitor visitor) {
    int reason = at + HEADER + 4 * count;
    if (reason > limit) {
      return RtcpRefusal.BODY;
    }
    if (reason < limit && reason + 1 + Octets.u8(octets, reason) > limit) {
      return RtcpRefusal.TEXT;
    }
    for (int ssrc = at + HEADER; ssrc < reason; ssrc += 4) {
      visitor.bye(Octets.u32(octets, ssrc));
    }
    return RtcpRefusal.NONE;
  }
}
