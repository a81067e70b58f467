package dev.parley.protocol.rtcp;

import dev.parley.wire.Octets;

/// Writes a compound RTCP packet (RFC 3550, section 6.1), packet after packet, into a caller's
/// buffer; the layouts stand with their readers.
///
/// Confined to one thread and made to be used again: each compound begins with [#begin], and the
/// octets are complete after every call. A call that finds no room returns false, or 0, and writes
/// nothing; the caller then sends what there is and begins anew. That a compound starts with a
/// report and a CNAME, unless reduced-size was negotiated, is the caller's care.
public final class RtcpWriter {
  /// Report blocks, or SSRCs of a BYE, in one packet at most.
  public static final int MAX_COUNT = 31;

  /// SSRCs in one REMB at most.
  public static final int MAX_REMB = 255;

  private static final int NONE = -1;
  private static final int PADDED = 0x20;

  private byte[] octets;
  private int at;
  private int limit;
  private int end;
  private int report;
  private int delays;

  /// Begins a compound packet.
  ///
  /// @param limit index behind the last octet that may be written; what SRTCP appends comes after
  public RtcpWriter begin(byte[] octets, int at, int limit) {
    this.octets = octets;
    this.at = at;
    this.limit = Math.min(limit, octets.length);
    end = at;
    report = NONE;
    delays = NONE;
    return this;
  }

  /// Octets of the compound so far.
  public int length() {
    return end - at;
  }

  /// Octets that may still be written.
  public int room() {
    return limit - end;
  }

  /// Appends a sender report without blocks (RFC 3550, section 6.4.1).
  public boolean senderReport(
      int ssrc, long ntp, int rtpTimestamp, int packetCount, int octetCount) {
    int packet = append(RtcpType.SR, 0, RtcpReader.SENDER_REPORT);
    if (packet == NONE) {
      return false;
    }
    Octets.put32(octets, packet + 4, ssrc);
    Octets.put64(octets, packet + 8, ntp);
    Octets.put32(octets, packet + 16, rtpTimestamp);
    Octets.put32(octets, packet + 20, packetCount);
    Octets.put32(octets, packet + 24, octetCount);
    report = packet;
    return true;
  }

  /// Appends a receiver report without blocks (RFC 3550, section 6.4.2).
  public boolean receiverReport(int ssrc) {
    int packet = append(RtcpType.RR, 0, RtcpReader.RECEIVER_REPORT);
    if (packet == NONE) {
      return false;
    }
    Octets.put32(octets, packet + 4, ssrc);
    report = packet;
    return true;
  }

  /// Appends a block to the report that was written last.
  ///
  /// @param fractionLost of 256
  /// @param cumulativeLost clamped to 24 bits, signed
  /// @return false as well where the report has [#MAX_COUNT] blocks: another one must be begun
  /// @throws IllegalStateException where what was written last is no report
  public boolean reportBlock(
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int highestSequence,
      int jitter,
      int lastSr,
      int delaySinceLastSr) {
    if (report == NONE) {
      throw new IllegalStateException("a report block without a report");
    }
    int count = octets[report] & 0x1f;
    if (count == MAX_COUNT || room() < RtcpReader.REPORT_BLOCK) {
      return false;
    }
    int lost = Math.clamp(cumulativeLost, -0x80_0000, 0x7f_ffff);
    Octets.put32(octets, end, ssrc);
    Octets.put32(octets, end + 4, fractionLost << 24 | lost & 0xff_ffff);
    Octets.put32(octets, end + 8, highestSequence);
    Octets.put32(octets, end + 12, jitter);
    Octets.put32(octets, end + 16, lastSr);
    Octets.put32(octets, end + 20, delaySinceLastSr);
    octets[report]++;
    extend(report, RtcpReader.REPORT_BLOCK);
    return true;
  }

  /// Appends a source description that holds a CNAME (RFC 3550, section 6.5.1).
  ///
  /// @param name UTF-8, at most 255 octets
  public boolean cname(int ssrc, byte[] name) {
    if (name.length > 255) {
      throw new IllegalArgumentException("a CNAME of " + name.length + " octets");
    }
    int content = 10 + name.length;
    int length = content + 4 & ~3;
    int packet = append(RtcpType.SDES, 1, length);
    if (packet == NONE) {
      return false;
    }
    Octets.put32(octets, packet + 4, ssrc);
    Octets.put8(octets, packet + 8, SdesReader.CNAME);
    Octets.put8(octets, packet + 9, name.length);
    System.arraycopy(name, 0, octets, packet + 10, name.length);
    zero(packet + content, packet + length);
    return true;
  }

  /// Appends a BYE (RFC 3550, section 6.6).
  public boolean bye(int ssrc) {
    int packet = append(RtcpType.BYE, 1, 8);
    if (packet == NONE) {
      return false;
    }
    Octets.put32(octets, packet + 4, ssrc);
    return true;
  }

  /// Appends a generic NACK (RFC 4585, section 6.2.1), with as many of the lost packets as fit.
  ///
  /// @param lost sequence numbers, each once, in the order they were sent; the lowest 16 bits count
  /// @param from the first to write
  /// @param to behind the last to write
  /// @return how many were written
  public int nack(int senderSsrc, int mediaSsrc, int[] lost, int from, int to) {
    if (from >= to || room() < FeedbackReader.FCI + 4) {
      return 0;
    }
    int packet = feedback(RtcpFeedback.NACK, senderSsrc, mediaSsrc, 0);
    int next = from;
    while (next < to && room() >= 4) {
      int pid = lost[next++];
      int blp = 0;
      for (int bit; next < to && (bit = lost[next] - pid - 1 & 0xffff) < 16; next++) {
        blp |= 1 << bit;
      }
      Octets.put16(octets, end, pid);
      Octets.put16(octets, end + 2, blp);
      extend(packet, 4);
    }
    return next - from;
  }

  /// Appends a picture loss indication (RFC 4585, section 6.3.1).
  public boolean pli(int senderSsrc, int mediaSsrc) {
    return feedback(RtcpFeedback.PLI, senderSsrc, mediaSsrc, 0) != NONE;
  }

  /// Appends a full intra request of one entry (RFC 5104, section 4.3.1).
  ///
  /// @param sequence the lowest 8 bits count; one more than in the request before, unless repeated
  public boolean fir(int senderSsrc, int mediaSsrc, int sequence) {
    int packet = feedback(RtcpFeedback.FIR, senderSsrc, 0, FeedbackReader.FIR_ENTRY);
    if (packet == NONE) {
      return false;
    }
    Octets.put32(octets, packet + FeedbackReader.FCI, mediaSsrc);
    Octets.put32(octets, packet + FeedbackReader.FCI + 4, sequence << 24);
    return true;
  }

  /// Appends a receiver estimated maximum bit rate (draft-alvestrand-rmcat-remb-03, section 2.2).
  ///
  /// @param bitrate bits per second; its 18 leading bits are told
  /// @param count how many of `ssrcs` it concerns, at most [#MAX_REMB]
  public boolean remb(int senderSsrc, long bitrate, int[] ssrcs, int count) {
    if (bitrate < 0 || count > MAX_REMB) {
      throw new IllegalArgumentException("REMB of " + bitrate + " bit/s on " + count + " SSRCs");
    }
    int fci = FeedbackReader.REMB_FCI + 4 * count;
    int packet = feedback(RtcpFeedback.AFB, senderSsrc, 0, fci);
    if (packet == NONE) {
      return false;
    }
    int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitrate) - 18);
    int mantissa = (int) (bitrate >>> exponent);
    int value = packet + FeedbackReader.FCI;
    Octets.put32(octets, value, FeedbackReader.REMB);
    Octets.put32(octets, value + 4, count << 24 | exponent << 18 | mantissa);
    for (int i = 0; i < count; i++) {
      Octets.put32(octets, value + FeedbackReader.REMB_FCI + 4 * i, ssrcs[i]);
    }
    return true;
  }

  /// Appends a receiver reference time report (RFC 3611, section 4.4).
  public boolean receiverReferenceTime(int senderSsrc, long ntp) {
    int packet = append(RtcpType.XR, 0, ExtendedReportReader.XR + 12);
    if (packet == NONE) {
      return false;
    }
    Octets.put32(octets, packet + 4, senderSsrc);
    Octets.put32(
        octets, packet + 8, ExtendedReportReader.RRTR << 24 | ExtendedReportReader.RRTR_WORDS);
    Octets.put64(octets, packet + 12, ntp);
    return true;
  }

  /// Appends the answer to a receiver's reference time (RFC 3611, section 4.5), to the block of the
  /// answers before it where these were written last, for the same sender.
  public boolean delaySinceLastRr(int senderSsrc, int ssrc, int lastRr, int delaySinceLastRr) {
    int packet = delays;
    if (packet == NONE || Octets.u32(octets, packet + 4) != senderSsrc) {
      if (room() < ExtendedReportReader.XR + 16) {
        return false;
      }
      packet = append(RtcpType.XR, 0, ExtendedReportReader.XR + 4);
      Octets.put32(octets, packet + 4, senderSsrc);
      Octets.put32(octets, packet + 8, ExtendedReportReader.DLRR << 24);
      delays = packet;
    } else if (room() < 12) {
      return false;
    }
    Octets.put32(octets, end, ssrc);
    Octets.put32(octets, end + 4, lastRr);
    Octets.put32(octets, end + 8, delaySinceLastRr);
    int words = Octets.u16(octets, packet + 10);
    Octets.put16(octets, packet + 10, words + ExtendedReportReader.DLRR_WORDS);
    extend(packet, 12);
    return true;
  }

  /// The buffer, for a writer that puts its control information at [#end] before it is certain how
  /// long that will be.
  byte[] octets() {
    return octets;
  }

  /// Where the next packet begins.
  int end() {
    return end;
  }

  /// Appends transport-wide feedback whose control information already lies behind the place of its
  /// header, and pads it as libwebrtc does: with the octets counted.
  void transportFeedback(int senderSsrc, int mediaSsrc, int fci) {
    int padding = -fci & 3;
    int packet = feedback(RtcpFeedback.TRANSPORT_CC, senderSsrc, mediaSsrc, fci + padding);
    if (padding > 0) {
      zero(end - padding, end);
      Octets.put8(octets, end - 1, padding);
      octets[packet] |= PADDED;
    }
  }

  private int feedback(RtcpFeedback kind, int senderSsrc, int mediaSsrc, int fci) {
    int packet = append(kind.type(), kind.format(), FeedbackReader.FCI + fci);
    if (packet != NONE) {
      Octets.put32(octets, packet + 4, senderSsrc);
      Octets.put32(octets, packet + 8, mediaSsrc);
    }
    return packet;
  }

  /// Appends a header for so many octets, a multiple of four; returns its index, or [#NONE].
  private int append(RtcpType type, int count, int length) {
    if (length > room()) {
      return NONE;
    }
    int packet = end;
    Octets.put8(octets, packet, 0x80 | count);
    Octets.put8(octets, packet + 1, type.code());
    Octets.put16(octets, packet + 2, length / 4 - 1);
    end += length;
    report = NONE;
    delays = NONE;
    return packet;
  }

  private void extend(int packet, int length) {
    end += length;
    Octets.put16(octets, packet + 2, (end - packet) / 4 - 1);
  }

  private void zero(int from, int to) {
    for (int i = from; i < to; i++) {
      octets[i] = 0;
    }
  }
}
