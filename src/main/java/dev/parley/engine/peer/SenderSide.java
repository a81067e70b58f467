package dev.parley.engine.peer;

import dev.parley.protocol.rtcp.RtcpWriter;

/// Whom a [Sender] tells what its receiver reports: the subscription. Confined to the loop.
public interface SenderSide {
  /// Generic NACK (RFC 4585, section 6.2.1): a packet and a bit mask of the sixteen after it.
  void nack(int sequence, int following, long now);

  /// Transport-wide feedback says that a packet, or its retransmission, has not arrived.
  ///
  /// @param sequence as a NACK would have it
  /// @param leftAt when what is lost was sent
  default void missing(int sequence, long leftAt, long now) {}

  /// PLI or FIR.
  void keyFrameWanted(long now);

  /// Packets of it were thrown away before they left, because too much waited for this receiver:
  /// told once a second at most. What follows cannot be decoded without them.
  default void dropped(long now) {}

  /// A report block about this stream (RFC 3550, section 6.4.1).
  ///
  /// @param fractionLost of 256
  /// @param highestSequence extended
  /// @param roundTrip nanoseconds, or [dev.parley.protocol.rtcp.NtpTime#UNKNOWN] where the block
  ///   names no report of late
  void reported(int fractionLost, int highestSequence, int jitter, long roundTrip, long now);

  /// Writes this stream's sender report without blocks (RFC 3550, section 6.4.1) if it has sent
  /// anything; the peer adds its own.
  ///
  /// @return whether there was anything to report
  boolean report(RtcpWriter into, long wall, long now);
}
