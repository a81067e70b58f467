package dev.parley.protocol.rtcp;

import static dev.parley.protocol.rtcp.RtcpType.PSFB;
import static dev.parley.protocol.rtcp.RtcpType.RTPFB;

/// The registry of feedback messages: FMT values of RTPFB and PSFB (RFC 4585, section 6.1, and its
/// IANA successor).
public enum RtcpFeedback {
  NACK(RTPFB, 1, "RFC 4585"),
  TMMBR(RTPFB, 3, "RFC 5104"),
  TMMBN(RTPFB, 4, "RFC 5104"),
  SR_REQ(RTPFB, 5, "RFC 6051"),
  RAMS(RTPFB, 6, "RFC 6285"),
  TLLEI(RTPFB, 7, "RFC 6642"),
  ECN(RTPFB, 8, "RFC 6679"),
  PAUSE_RESUME(RTPFB, 9, "RFC 7728"),
  DBI(RTPFB, 10, "3GPP TS 26.114"),
  CCFB(RTPFB, 11, "RFC 8888"),
  TRANSPORT_CC(RTPFB, 15, "draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  PLI(PSFB, 1, "RFC 4585"),
  SLI(PSFB, 2, "RFC 4585"),
  RPSI(PSFB, 3, "RFC 4585"),
  FIR(PSFB, 4, "RFC 5104"),
  TSTR(PSFB, 5, "RFC 5104"),
  TSTN(PSFB, 6, "RFC 5104"),
  VBCM(PSFB, 7, "RFC 5104"),
  PSLEI(PSFB, 8, "RFC 6642"),
  ROI(PSFB, 9, "3GPP TS 26.114"),
  LRR(PSFB, 10, "RFC 9627"),
  AFB(PSFB, 15, "RFC 4585");

  private static final RtcpFeedback[] TRANSPORT = new RtcpFeedback[32];
  private static final RtcpFeedback[] PAYLOAD = new RtcpFeedback[32];

  static {
    for (RtcpFeedback feedback : values()) {
      (feedback.type == RTPFB ? TRANSPORT : PAYLOAD)[feedback.format] = feedback;
    }
  }

  private final RtcpType type;
  private final int format;
  private final String reference;

  RtcpFeedback(RtcpType type, int format, String reference) {
    this.type = type;
    this.format = format;
    this.reference = reference;
  }

  /// The message of a packet type and FMT, or null where the registry has none.
  public static RtcpFeedback of(RtcpType type, int format) {
    if (format < 0 || format > 31) {
      return null;
    }
    return type == RTPFB ? TRANSPORT[format] : type == PSFB ? PAYLOAD[format] : null;
  }

  /// RTPFB or PSFB.
  public RtcpType type() {
    return type;
  }

  /// FMT, 1 to 31.
  public int format() {
    return format;
  }

  /// The document that defines it.
  public String reference() {
    return reference;
  }
}
