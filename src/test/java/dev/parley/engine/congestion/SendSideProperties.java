package dev.parley.engine.congestion;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import dev.parley.wire.Octets;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever a peer says, the send side answers with an estimate within its bounds.
class SendSideProperties {
  private static final long MILLISECOND = 1_000_000;
  private static final Bounds BOUNDS = Bounds.DEFAULT;

  private final byte[] buffer = new byte[400];

  @Property(tries = 300)
  void anyFeedbackLeavesTheEstimateWithinItsBounds(@ForAll long seed, @ForAll long start) {
    var random = new SplittableRandom(seed);
    long now = start;
    var side = new SendSide(BOUNDS, now);
    for (int i = 0; i < 400; i++) {
      now += random.nextLong(30 * MILLISECOND);
      step(side, random, now);
      assertTrue(side.estimate() >= BOUNDS.least() && side.estimate() <= BOUNDS.most());
      assertTrue(side.roundTrip() >= 0 && side.delay(PacketKind.VIDEO, now) >= 0);
      assertTrue(side.loss() >= 0 && side.loss() <= 1);
    }
  }

  private void step(SendSide side, SplittableRandom random, long now) {
    switch (random.nextInt(9)) {
      case 0 -> side.feedback(buffer, 0, hostile(random), now);
      case 1 -> side.feedback(buffer, 0, plausible(random, side, now), now);
      case 2 -> side.remb(random.nextBoolean() ? random.nextLong() : random.nextLong(1 << 24), now);
      case 3 -> side.reported(random.nextInt(3), random.nextInt(), random.nextInt(), now);
      case 4 -> side.roundTrip(random.nextLong(1L << random.nextInt(1, 63)), now);
      case 5 -> side.departed(random.nextInt(0x10000), now);
      case 6 -> side.useful(random.nextLong(10_000_000), now);
      case 7 -> {
        if (side.deadline() != Engine.NEVER) {
          side.tick(now);
        }
      }
      default -> {
        for (int i = random.nextInt(30); i > 0; i--) {
          side.departing(random.nextInt(70_000), PacketKind.VIDEO, now);
        }
        for (int i = 0; i < 50 && side.padding(now) > 0; i++) {
          side.departing(side.padding(now), PacketKind.PADDING, now);
        }
      }
    }
  }

  /// Any octets.
  private int hostile(SplittableRandom random) {
    random.nextBytes(buffer);
    Octets.put16(buffer, 0, random.nextInt(600));
    Octets.put16(buffer, 2, random.nextInt(1, 400));
    return random.nextInt(buffer.length + 1);
  }

  /// Well formed, about packets that may have left; times and order are anything.
  private int plausible(SplittableRandom random, SendSide side, long now) {
    int newest = side.departing(1_000, PacketKind.AUDIO, now);
    int count = random.nextInt(1, 60);
    Octets.put16(buffer, 0, newest - random.nextInt(100) & 0xffff);
    Octets.put16(buffer, 2, count);
    Octets.put32(buffer, 4, random.nextBoolean() ? random.nextInt() : (int) (now >> 26) << 8);
    int symbol = random.nextInt(3);
    Octets.put16(buffer, 8, symbol << 13 | count);
    for (int i = 0; i < symbol * count; i++) {
      Octets.put8(buffer, 10 + i, random.nextInt(256));
    }
    return 10 + symbol * count;
  }
}
