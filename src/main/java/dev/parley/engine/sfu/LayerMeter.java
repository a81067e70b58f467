package dev.parley.engine.sfu;

import dev.parley.protocol.rtp.FrameFacts;
import java.time.Duration;
import java.util.Arrays;

/// How much comes of one [Layer], by spatial and temporal layers, how many frames, and when the
/// last packet came. Confined to the loop of the room.
///
/// Layers are told apart by this where nothing else is known: the names of encodings say nothing of
/// their order.
final class LayerMeter {
  /// Layers of a kind that are counted apart; what is above counts as the highest.
  static final int LAYERS = 4;

  private static final double SHARE = 0.3;

  /// Half seconds without a packet after which a spatial or temporal layer is not there.
  private static final int SILENT = 4;

  /// What SRTP and the server's own header extensions put around a packet, about.
  private static final int AROUND = 24;

  private static final long SECOND = 1_000_000_000L;

  /// Without a packet for so long, a layer is not there, however slow it is.
  private static final long LONGEST = Duration.ofSeconds(2).toNanos();

  /// Even the fastest layer may pause for so long.
  private static final long SHORTEST = Duration.ofMillis(750).toNanos();

  private final long[] octets = new long[LAYERS * LAYERS];
  private final double[] rates = new double[LAYERS * LAYERS];
  private final byte[] silent = new byte[LAYERS * LAYERS];
  private final int[] frames = new int[LAYERS];
  private final double[] frameRates = new double[LAYERS];
  private double bestRate;
  private boolean heard;
  private long lastAt;
  private int timestamp;

  LayerMeter() {
    Arrays.fill(silent, (byte) SILENT);
  }

  /// A packet came; hot.
  void received(int length, int facts, int stamp, long now) {
    int temporal = Math.min(FrameFacts.temporalLayer(facts), LAYERS - 1);
    int spatial = Math.min(FrameFacts.spatialLayer(facts), LAYERS - 1);
    octets[spatial * LAYERS + temporal] += length + AROUND;
    if (!heard || stamp - timestamp > 0) {
      frames[temporal]++;
      timestamp = stamp;
    }
    heard = true;
    lastAt = now;
  }

  /// Takes what came since the last call, about half a second ago, into the average.
  void tick(double seconds) {
    for (int i = 0; i < octets.length; i++) {
      rates[i] = average(rates[i], octets[i] / seconds);
      silent[i] = (byte) (octets[i] > 0 ? 0 : Math.min(SILENT, silent[i] + 1));
      if (silent[i] == SILENT) {
        rates[i] = 0;
      }
      octets[i] = 0;
    }
    for (int i = 0; i < LAYERS; i++) {
      frameRates[i] = average(frameRates[i], frames[i] / seconds);
      frames[i] = 0;
    }
    bestRate = silent() ? bestRate : rate();
  }

  private static double average(double before, double now) {
    return before == 0 ? now : before + SHARE * (now - before);
  }

  private boolean silent() {
    for (byte each : silent) {
      if (each == 0) {
        return false;
      }
    }
    return true;
  }

  /// Octets a second of all there is.
  private double rate() {
    return bitrate(LAYERS - 1, LAYERS - 1) / 8.0;
  }

  /// Octets a second when it last was there.
  double lastRate() {
    return bestRate;
  }

  /// Bits a second on the wire of the layers up to these.
  long bitrate(int spatial, int temporal) {
    double sum = 0;
    for (int i = 0; i <= Math.min(spatial, LAYERS - 1); i++) {
      for (int j = 0; j <= Math.min(temporal, LAYERS - 1); j++) {
        sum += rates[i * LAYERS + j];
      }
    }
    return Math.round(8 * sum);
  }

  /// Frames a second up to a temporal layer; 0 before anything was measured.
  double frameRate(int temporal) {
    double sum = 0;
    for (int j = 0; j <= Math.min(temporal, LAYERS - 1); j++) {
      sum += frameRates[j];
    }
    return sum;
  }

  /// Spatial layers that come by now, 1 at least.
  int spatialLayers() {
    return highest(LAYERS, 1) + 1;
  }

  /// Temporal layers that come by now, 1 at least.
  int temporalLayers() {
    return highest(1, LAYERS) + 1;
  }

  private int highest(int across, int down) {
    for (int i = LAYERS - 1; i > 0; i--) {
      for (int j = 0; j < LAYERS; j++) {
        if (silent[i * across + j * down] < SILENT) {
          return i;
        }
      }
    }
    return 0;
  }

  /// Whether anything has ever come.
  boolean heard() {
    return heard;
  }

  /// When the last packet came; there was one.
  long lastAt() {
    return lastAt;
  }

  /// Whether packets come. Where others of the track come on, three frames' time without one is
  /// enough to say no; two seconds are in any case.
  ///
  /// @param newest when the last packet of any of the track's layers came
  boolean live(long newest, long now) {
    return heard && now - lastAt <= LONGEST && newest - lastAt <= patience();
  }

  private long patience() {
    double rate = frameRate(LAYERS - 1);
    long three = rate <= 0 ? LONGEST : (long) (3 * SECOND / rate);
    return Math.clamp(three, SHORTEST, LONGEST);
  }
}
