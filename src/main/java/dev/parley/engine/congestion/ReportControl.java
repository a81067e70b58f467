package dev.parley.engine.congestion;

import java.util.Arrays;

/// The estimate where transport-wide feedback does not come: what the receiver estimates
/// (draft-alvestrand-rmcat-remb-03) and what reports call lost (draft-ietf-rmcat-gcc-02, section
/// 6). Confined to the loop of its peer.
final class ReportControl {
  /// Section 6: below it the rate may grow, above it it has to sink.
  private static final double LOW = 0.02;

  private static final double HIGH = 0.1;
  private static final double GROWTH = 1.05;

  /// What was not sent shows nothing.
  private static final double PROVEN = 1.5;

  /// Loss is judged over at least so many packets and so long.
  private static final int PACKETS = 20;

  private static final long SPAN = RateWindow.SECOND / 2;

  /// Streams whose reports are compared with the report before.
  private static final int MOST_STREAMS = 512;

  private final Bounds bounds;
  private int[] ssrcs = new int[8];
  private int[] losses = new int[8];
  private int[] highests = new int[8];
  private int streams;
  private long expected;
  private long lost;
  private long judged;
  private double rate;
  private double remb;

  ReportControl(Bounds bounds, long now) {
    this.bounds = bounds;
    rate = bounds.start();
    judged = now;
  }

  void remb(long bitsPerSecond) {
    if (remb == 0 || rate >= remb) {
      rate = Math.max(rate, bounds.clamp(bitsPerSecond));
    }
    remb = bounds.clamp(bitsPerSecond);
  }

  /// A report block came.
  ///
  /// @param sent what leaves, bit/s
  void reported(int ssrc, int cumulativeLost, int highestSequence, double sent, long now) {
    int stream = find(ssrc);
    if (stream < 0) {
      return;
    }
    if (stream == streams) {
      streams++;
    } else {
      int packets = highestSequence - highests[stream];
      // A stream that began anew, or a report that came late.
      if (packets > 0 && packets < 1 << 16) {
        expected += packets;
        lost += Math.clamp(cumulativeLost - losses[stream], 0, packets);
      }
    }
    ssrcs[stream] = ssrc;
    losses[stream] = cumulativeLost;
    highests[stream] = highestSequence;
    judge(sent, now);
  }

  /// bit/s.
  double estimate() {
    return remb > 0 ? Math.min(rate, remb) : rate;
  }

  private void judge(double sent, long now) {
    if (expected < PACKETS || now - judged < SPAN) {
      return;
    }
    double loss = (double) lost / expected;
    if (loss > HIGH) {
      rate = bounds.clamp((long) (Math.min(rate, estimate()) * (1 - loss / 2)));
    } else if (loss < LOW) {
      grow(sent);
    }
    expected = 0;
    lost = 0;
    judged = now;
  }

  private void grow(double sent) {
    if (remb > 0) {
      rate = Math.max(rate * GROWTH, remb);
    } else if (rate < PROVEN * sent) {
      rate *= GROWTH;
    }
    rate = Math.clamp(rate, bounds.least(), bounds.most());
  }

  /// Where the stream is kept, or would be; -1 where there is no room.
  private int find(int ssrc) {
    for (int i = 0; i < streams; i++) {
      if (ssrcs[i] == ssrc) {
        return i;
      }
    }
    if (streams == MOST_STREAMS) {
      return -1;
    }
    if (streams == ssrcs.length) {
      ssrcs = Arrays.copyOf(ssrcs, 2 * streams);
      losses = Arrays.copyOf(losses, 2 * streams);
      highests = Arrays.copyOf(highests, 2 * streams);
    }
    return streams;
  }
}
