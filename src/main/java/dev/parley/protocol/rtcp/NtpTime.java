package dev.parley.protocol.rtcp;

/// NTP timestamps and the round-trip arithmetic of reports (RFC 3550, sections 4 and 6.4.1).
///
/// A timestamp is 64 bits: seconds since 1900 and a fraction of 2^32; its middle 32 bits are
/// seconds modulo 2^16 and a fraction of 2^16, the unit of delays.
public final class NtpTime {
  /// There is no round-trip time to be told.
  public static final long UNKNOWN = -1;

  /// A longer round trip is the mark of a clock that jumped or of a forged report, not of a path:
  /// consent would have expired twice.
  public static final long MAX_ROUND_TRIP = 60_000_000_000L;

  /// Seconds from 1900 to 1970 (RFC 868).
  static final long TO_UNIX = 2_208_988_800L;

  private static final long SECOND = 1_000_000_000L;

  private NtpTime() {}

  /// The timestamp of a moment.
  ///
  /// @param wall nanoseconds since 1970, UTC
  public static long of(long wall) {
    long seconds = Math.floorDiv(wall, SECOND) + TO_UNIX;
    long fraction = (Math.floorMod(wall, SECOND) << 32) / SECOND;
    return seconds << 32 | fraction;
  }

  /// The moment of a timestamp, nanoseconds since 1970, from 1968 to 2104; within one nanosecond of
  /// what it was made from.
  public static long wall(long ntp) {
    long era = ntp < 0 ? 0 : 1L << 32;
    long fraction = ntp & 0xffff_ffffL;
    return ((ntp >>> 32) + era - TO_UNIX) * SECOND + (fraction * SECOND >>> 32);
  }

  /// The middle 32 bits, as LSR and LRR have them.
  public static int middle(long ntp) {
    return (int) (ntp >>> 16);
  }

  /// A delay as DLSR and DLRR have it, in 1/65536 s: none is negative, the longest is 18 hours.
  public static int delay(long nanos) {
    if (nanos <= 0) {
      return 0;
    }
    long units = nanos / SECOND << 16 | (nanos % SECOND << 16) / SECOND;
    return (int) Math.min(units, 0xffff_ffffL);
  }

  /// A delay in nanoseconds.
  public static long nanos(int delay) {
    return (delay & 0xffff_ffffL) * SECOND >>> 16;
  }

  /// The round-trip time of a report block: A - LSR - DLSR (RFC 3550, figure 2).
  ///
  /// @param arrival middle 32 bits of the time the report arrived
  /// @param last LSR or LRR: 0 if the reporter has received none
  /// @param delay DLSR or DLRR
  /// @return nanoseconds, or [#UNKNOWN] where it would be negative or beyond [#MAX_ROUND_TRIP]
  public static long roundTrip(int arrival, int last, int delay) {
    if (last == 0) {
      return UNKNOWN;
    }
    int units = arrival - last - delay;
    if (units == -1) {
      return 0; // three roundings make one unit
    }
    long nanos = nanos(units);
    return units < 0 || nanos > MAX_ROUND_TRIP ? UNKNOWN : nanos;
  }
}
