package dev.parley.engine.sfu;

/// What a receiver has reported of one subscription (RFC 3550, section 6.4.1), and how much it is
/// sent. Confined to the loop of the room.
final class Receipt {
  /// A report says no more of packets than two seconds of the fastest stream.
  private static final int MOST = 20_000;

  private static final long SECOND = 1_000_000_000L;

  private boolean heard;
  private int highest;
  private double lost;
  private long expected;
  private double fraction;
  private int jitter;
  private boolean measuring;
  private long carried;
  private long measuredAt;
  private long bitrate;

  /// A report block came.
  ///
  /// @param fractionLost of 256
  /// @param highestSequence extended
  /// @param ticks of the RTP clock
  void reported(int fractionLost, int highestSequence, int ticks) {
    int more = heard ? highestSequence - highest : 0;
    if (more < 0 || more > MOST) {
      more = 0;
    }
    heard = true;
    highest = highestSequence;
    fraction = (fractionLost & 0xff) / 256.0;
    expected += more;
    lost += fraction * more;
    jitter = ticks;
  }

  /// Looks how much has been sent since the last time.
  ///
  /// @param octets sent ever
  void look(long octets, long now) {
    long passed = now - measuredAt;
    if (measuring && passed > 0) {
      bitrate = (long) (8.0 * Math.max(0, octets - carried) * SECOND / passed);
    }
    measuring = true;
    carried = octets;
    measuredAt = now;
  }

  /// Whether anything was reported.
  boolean heard() {
    return heard;
  }

  /// Packets that reports spoke of.
  long expected() {
    return expected;
  }

  /// Packets lost of those.
  long lost() {
    return Math.round(lost);
  }

  /// Share lost by the last report.
  double fraction() {
    return fraction;
  }

  /// Ticks of the RTP clock, by the last report.
  int jitter() {
    return jitter;
  }

  /// Bits a second between the last two looks.
  long bitrate() {
    return bitrate;
  }
}
