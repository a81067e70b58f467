package dev.parley.engine.peer;

import dev.parley.protocol.rtcp.NtpTime;

/// When the last sender reports of one stream went out, for the round trip that a report block
/// tells (RFC 3550, section 6.4.1). Confined to the peer's loop.
///
/// Their NTP timestamps are the publisher's clock and no measure of time here.
final class SentReports {
  private static final int REMEMBERED = 4;

  private final int[] middles = new int[REMEMBERED];
  private final long[] times = new long[REMEMBERED];
  private int count;

  /// @param middle 32 bits of its NTP timestamp
  void sent(int middle, long now) {
    int place = count++ % REMEMBERED;
    middles[place] = middle;
    times[place] = now;
  }

  /// @return nanoseconds, or [NtpTime#UNKNOWN] where the block names no report of late
  long roundTrip(int lastSr, int delaySinceLastSr, long now) {
    for (int place = 0; place < Math.min(count, REMEMBERED); place++) {
      if (middles[place] == lastSr) {
        long trip = now - times[place] - NtpTime.nanos(delaySinceLastSr);
        // A delay that is forged or rounded up makes a trip that is short at least.
        return Math.clamp(trip, 0, NtpTime.MAX_ROUND_TRIP);
      }
    }
    return NtpTime.UNKNOWN;
  }
}
