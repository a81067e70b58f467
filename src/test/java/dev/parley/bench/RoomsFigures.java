package dev.parley.bench;

import java.util.Arrays;
import java.util.Map;

/// What a crowd has seen, since it was last [#clear]ed. Confined to the media thread.
final class RoomsFigures {
  private static final int RESOLUTION = 10_000;
  private static final int BUCKETS = 20_000;

  private final int[] delays = new int[BUCKETS];
  private long delayCount;
  private long delayMost;

  long looked;
  long wrong;
  long strangers;
  long duplicates;
  long repaired;
  long padding;
  long lost;

  /// Of audio, which nobody repairs.
  long audioLost;

  long nacks;
  long plis;

  /// Key frames that the server asked of publishers.
  long keysAsked;

  long feedbacks;
  long pictureGaps;
  long tl0Gaps;
  long timeJumps;

  /// Times between two frames, in nanoseconds, at most.
  long videoPause;

  long audioPause;

  /// Packets that were looked at, by encoding; of audio too.
  final long[] layers = new long[RoomsPayload.AUDIO + 1];

  /// By how much sending was late, in nanoseconds.
  long lateMost;

  long lateSum;
  long lateCount;

  void delay(long nanos) {
    delays[Math.clamp(nanos / RESOLUTION, 0, BUCKETS - 1)]++;
    delayCount++;
    delayMost = Math.max(delayMost, nanos);
  }

  void late(long nanos) {
    lateMost = Math.max(lateMost, nanos);
    lateSum += nanos;
    lateCount++;
  }

  void pause(boolean video, long nanos) {
    if (video) {
      videoPause = Math.max(videoPause, nanos);
    } else {
      audioPause = Math.max(audioPause, nanos);
    }
  }

  /// A share of delays is below that, microseconds.
  long delayMicros(double share) {
    long wanted = (long) Math.ceil(delayCount * share);
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      sum += delays[i];
      if (sum >= wanted) {
        return i * (RESOLUTION / 1_000L) + RESOLUTION / 2_000;
      }
    }
    return delayMost / 1_000;
  }

  void clear() {
    Arrays.fill(delays, 0);
    Arrays.fill(layers, 0);
    delayCount = delayMost = 0;
    looked =
        wrong = strangers = duplicates = repaired = padding = lost = nacks = plis = keysAsked = 0;
    audioLost = feedbacks = pictureGaps = tl0Gaps = timeJumps = videoPause = audioPause = 0;
    lateMost = lateSum = lateCount = 0;
  }

  /// By name.
  void tell(Map<String, Double> seen) {
    seen.put("delayP50", (double) delayMicros(0.5));
    seen.put("delayP99", (double) delayMicros(0.99));
    seen.put("delayP999", (double) delayMicros(0.999));
    seen.put("delayMost", delayMost / 1e3);
    seen.put("looked", (double) looked);
    seen.put("wrong", (double) wrong);
    seen.put("strangers", (double) strangers);
    seen.put("duplicates", (double) duplicates);
    seen.put("repaired", (double) repaired);
    seen.put("padding", (double) padding);
    seen.put("lost", (double) lost);
    seen.put("audioLost", (double) audioLost);
    seen.put("nacks", (double) nacks);
    seen.put("plis", (double) plis);
    seen.put("keysAsked", (double) keysAsked);
    seen.put("feedbacks", (double) feedbacks);
    seen.put("pictureGaps", (double) pictureGaps);
    seen.put("tl0Gaps", (double) tl0Gaps);
    seen.put("timeJumps", (double) timeJumps);
    seen.put("videoPause", videoPause / 1e6);
    seen.put("audioPause", audioPause / 1e6);
    seen.put("lateMean", lateSum / 1e3 / Math.max(1, lateCount));
    seen.put("lateMost", lateMost / 1e3);
    for (int i = 0; i < 3; i++) {
      seen.put("layer" + i, (double) layers[i]);
    }
  }
}
