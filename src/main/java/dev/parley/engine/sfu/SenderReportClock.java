package dev.parley.engine.sfu;

import dev.parley.protocol.rtcp.NtpTime;

/// The sender information of one outgoing RtpStream's reports (RFC 3550 section 6.4.1) such that
/// receivers hold lips and voices in step. Confined to the loop of its subscription.
///
/// A report tells the relation of wall clock and timestamps that the publisher's own report told,
/// its timestamp moved as the [Rewriter] moves those of packets, both moved on to now. Until the
/// publisher has reported, the newest packet's timestamp is taken to mean the time of its arrival.
public final class SenderReportClock {
  private long ntp;
  private int timestamp;
  private int packets;
  private int octets;

  /// A packet went out; hot.
  ///
  /// @param payload its octets without header and padding
  public void sent(int payload) {
    packets++;
    octets += payload;
  }

  /// Prepares a report that is sent now: [#ntp] and [#timestamp] are its.
  ///
  /// @param rewriter of this stream, started
  /// @param source the clock of the source that the rewriter takes packets from
  /// @param wall nanoseconds since 1970 by our clock, now
  public void report(Rewriter rewriter, SourceClock source, long wall, long now) {
    if (source.known()) {
      ntp = NtpTime.of(source.wall(now));
      timestamp = source.timestamp(now) + rewriter.timestampOffset();
    } else {
      ntp = NtpTime.of(wall);
      timestamp = rewriter.lastTimestamp() + source.ticks(now - rewriter.lastArrival());
    }
  }

  /// The NTP timestamp of the report.
  public long ntp() {
    return ntp;
  }

  /// The RTP timestamp of the report.
  public int timestamp() {
    return timestamp;
  }

  /// Packets sent, modulo 2^32.
  public int packets() {
    return packets;
  }

  /// Octets of payload sent, modulo 2^32.
  public int octets() {
    return octets;
  }
}
