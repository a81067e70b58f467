package dev.parley.engine.congestion;

/// The rate at which the packets of one feedback arrived. Confined to the loop of its peer.
///
/// Where a queue stands packets arrive one behind the other, so this is what the path carries; a
/// gap between two feedbacks is no part of it.
final class FeedbackRate {
  private static final int LEAST_PACKETS = 4;
  private static final long LEAST_TIME = 35 * RateWindow.MILLISECOND;

  static final double UNKNOWN = Double.POSITIVE_INFINITY;

  private int packets;
  private int firstOctets;
  private long octets;
  private long first;
  private long last;

  void clear() {
    packets = 0;
    octets = 0;
  }

  /// Hot.
  void arrived(int size, long arrival) {
    if (packets == 0 || arrival - first < 0) {
      first = arrival;
      firstOctets = size;
    }
    if (packets == 0 || arrival - last > 0) {
      last = arrival;
    }
    packets++;
    octets += size;
  }

  /// bit/s; [#UNKNOWN] where too little arrived to tell.
  double rate() {
    long time = last - first;
    return packets < LEAST_PACKETS || time < LEAST_TIME
        ? UNKNOWN
        : 8.0 * (octets - firstOctets) * RateWindow.SECOND / time;
  }
}
