package dev.parley.lab;

import java.util.SplittableRandom;

/// What there is to send on a path: octets of the frames that are due, a thirtieth of a second
/// apart. All of it varies by a seed.
public interface PathSource {
  int FRAMES = 30;

  /// Octets of the video frames that are due now.
  int frame(long estimate);

  /// What it could make use of, bit/s; [Long#MAX_VALUE] is anything.
  long useful();

  /// One encoder that follows the estimate whatever it is.
  static PathSource elastic(long seed) {
    var random = new SplittableRandom(seed);
    return new PathSource() {
      @Override
      public int frame(long estimate) {
        double audio = PathScenario.AUDIO_RATE;
        return (int) (Math.max(0, estimate - audio) / 8 / FRAMES * random.nextDouble(0.8, 1.2));
      }

      @Override
      public long useful() {
        return Long.MAX_VALUE;
      }
    };
  }

  /// Cameras of three layers each, as many of them as fit under the estimate.
  static PathSource layered(int cameras, long seed) {
    return new Layers(cameras, seed);
  }

  /// The layers: each camera gets one step more in its turn while the sum fits; a step up needs a
  /// tenth more than it takes, and brings a key frame.
  final class Layers implements PathSource {
    private static final int[] RUNGS = {0, 150_000, 500_000, 1_700_000};
    private static final double KEY_FRAME = 6;

    private final SplittableRandom random;
    private final int[] rung;
    private final int[] frames;

    private Layers(int cameras, long seed) {
      random = new SplittableRandom(seed);
      rung = new int[cameras];
      frames = new int[cameras];
      for (int camera = 0; camera < cameras; camera++) {
        frames[camera] = random.nextInt(10 * FRAMES);
      }
    }

    @Override
    public int frame(long estimate) {
      choose(estimate - PathScenario.AUDIO_RATE);
      double octets = 0;
      for (int camera = 0; camera < rung.length; camera++) {
        double mean = RUNGS[rung[camera]] / 8.0 / FRAMES;
        boolean key = frames[camera]++ % (10 * FRAMES) == 0;
        octets += mean * (key ? KEY_FRAME : 1) * random.nextDouble(0.7, 1.3);
      }
      return (int) octets;
    }

    @Override
    public long useful() {
      return (long) rung.length * RUNGS[RUNGS.length - 1] + PathScenario.AUDIO_RATE;
    }

    private long sum() {
      long sum = 0;
      for (int one : rung) {
        sum += RUNGS[one];
      }
      return sum;
    }

    private void choose(long estimate) {
      for (int camera = rung.length - 1; sum() > estimate && sum() > 0; ) {
        rung[camera] = Math.max(0, rung[camera] - 1);
        camera = camera == 0 ? rung.length - 1 : camera - 1;
      }
      for (int camera = 0; camera < rung.length; camera++) {
        int next = Math.min(rung[camera] + 1, RUNGS.length - 1);
        long more = RUNGS[next] - RUNGS[rung[camera]];
        if (more > 0 && 1.1 * (sum() + more) <= estimate) {
          rung[camera] = next;
          frames[camera] = 0;
        }
      }
    }
  }
}
