package dev.parley.engine.sfu;

import dev.parley.protocol.rtcp.NtpTime;

/// Which wall time the RTP timestamps of one incoming RtpStream mean: what its last sender report
/// said (RFC 3550 section 6.4.1). Confined to the loop of the room, shared by all subscriptions.
public final class SourceClock {
  private static final long SECOND = 1_000_000_000L;

  private final PublisherClock publisher;
  private final int clockRate;
  private boolean known;
  private long wall;
  private int timestamp;
  private long arrival;

  /// @param publisher of all streams with the same CNAME
  /// @param clockRate ticks of the RTP clock a second
  public SourceClock(PublisherClock publisher, int clockRate) {
    this.publisher = publisher;
    this.clockRate = clockRate;
  }

  /// A sender report has arrived.
  ///
  /// @param ntp its NTP timestamp
  /// @param rtpTimestamp the same moment in ticks
  /// @param ourWall nanoseconds since 1970 by our clock, now
  public void senderReport(long ntp, int rtpTimestamp, long ourWall, long now) {
    wall = publisher.ours(NtpTime.wall(ntp), ourWall);
    timestamp = rtpTimestamp;
    arrival = now;
    known = true;
  }

  /// Whether a sender report has arrived.
  public boolean known() {
    return known;
  }

  /// Wall time, nanoseconds since 1970, that goes with [#timestamp] now.
  public long wall(long now) {
    return wall + now - arrival;
  }

  /// The timestamp a packet would have that is captured at [#wall] now.
  public int timestamp(long now) {
    return timestamp + ticks(now - arrival);
  }

  /// Nanoseconds in ticks of this stream.
  int ticks(long nanoseconds) {
    return (int) (nanoseconds / SECOND * clockRate + nanoseconds % SECOND * clockRate / SECOND);
  }
}
