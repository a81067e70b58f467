package dev.parley.protocol.rtcp;

/// Is told what a compound packet holds (RFC 3550, section 6), packet after packet, in plain
/// arguments; what is not overridden is not heard.
///
/// SSRCs, counters and timestamps are the 32 bits of the wire: compare unsigned, or by subtraction.
/// Where octets are handed over, indices are absolute and valid during the call.
public interface RtcpVisitor {
  /// A sender report; its blocks follow as [#reportBlock].
  ///
  /// @param ntp wall clock of the sender, see [NtpTime]
  /// @param rtpTimestamp the same moment on the stream's clock
  default void senderReport(
      int ssrc, long ntp, int rtpTimestamp, int packetCount, int octetCount) {}

  /// A receiver report; its blocks follow as [#reportBlock].
  default void receiverReport(int ssrc) {}

  /// One block of a sender or receiver report (RFC 3550, section 6.4.1).
  ///
  /// @param senderSsrc who reports
  /// @param ssrc the stream reported on
  /// @param fractionLost of 256, since the last report
  /// @param cumulativeLost 24 bits, signed: duplicates make it negative
  /// @param highestSequence extended: cycles in the upper 16 bits
  /// @param jitter in units of the stream's clock
  /// @param lastSr middle 32 bits of the NTP timestamp of the last sender report, 0 if none came
  /// @param delaySinceLastSr in 1/65536 s
  default void reportBlock(
      int senderSsrc,
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int highestSequence,
      int jitter,
      int lastSr,
      int delaySinceLastSr) {}

  /// The canonical name of a source, UTF-8 (RFC 3550, section 6.5.1).
  default void sdesCname(int ssrc, byte[] octets, int at, int length) {}

  /// A source leaves (RFC 3550, section 6.6).
  default void bye(int ssrc) {}

  /// One pair of a generic NACK (RFC 4585, section 6.2.1); unless overridden, tells [#lost] each of
  /// its up to 17 sequence numbers.
  ///
  /// @param pid the first sequence number lost
  /// @param blp bit n set: pid + n + 1 is lost too
  default void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
    lost(senderSsrc, mediaSsrc, pid);
    for (int bits = blp; bits != 0; bits &= bits - 1) {
      int sequence = pid + 1 + Integer.numberOfTrailingZeros(bits) & 0xffff;
      lost(senderSsrc, mediaSsrc, sequence);
    }
  }

  /// A sequence number that a generic NACK asks for, 0 to 65535.
  default void lost(int senderSsrc, int mediaSsrc, int sequence) {}

  /// Picture loss indication: a key frame is wanted (RFC 4585, section 6.3.1).
  default void pli(int senderSsrc, int mediaSsrc) {}

  /// One entry of a full intra request (RFC 5104, section 4.3.1).
  ///
  /// @param sequence 0 to 255; the same number as before is a repetition, not a new request
  default void fir(int senderSsrc, int mediaSsrc, int sequence) {}

  /// Receiver estimated maximum bit rate (draft-alvestrand-rmcat-remb-03, section 2.2).
  ///
  /// @param bitrate bits per second
  /// @param ssrcsAt index of the first of the SSRCs it concerns, four octets each
  /// @param ssrcs how many these are
  default void remb(int senderSsrc, long bitrate, byte[] octets, int ssrcsAt, int ssrcs) {}

  /// Transport-wide feedback, well formed; walk it with [TransportFeedback#read].
  ///
  /// @param at index of the feedback control information, the base sequence number
  /// @param length its octets, without the packet's padding
  default void transportFeedback(
      int senderSsrc, int mediaSsrc, byte[] octets, int at, int length) {}

  /// Receiver reference time report of a receiver that sends nothing (RFC 3611, section 4.4).
  default void receiverReferenceTime(int senderSsrc, long ntp) {}

  /// The answer to it, a sub-block of DLRR (RFC 3611, section 4.5).
  ///
  /// @param ssrc the receiver that is answered
  /// @param lastRr middle 32 bits of its reference time, 0 if none came
  /// @param delaySinceLastRr in 1/65536 s
  default void delaySinceLastRr(int senderSsrc, int ssrc, int lastRr, int delaySinceLastRr) {}

  /// A packet that is well formed but that this codec does not read.
  ///
  /// @param packetType PT, 0 to 255
  /// @param format FMT, subtype or count, 0 to 31
  default void skipped(int packetType, int format) {}
}
