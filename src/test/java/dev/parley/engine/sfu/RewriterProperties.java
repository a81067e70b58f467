package dev.parley.engine.sfu;

import static dev.parley.engine.sfu.Packets.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Two sources whose packets are forwarded, dropped, lost, held back and switched by a script.
class RewriterProperties {
  private record Incoming(int source, long sequence) {}

  /// What happened to every packet, and what the laws say of it.
  private static final class World {
    final Rewriter rewriter = new Rewriter(90_000, 3_000, 1024, 17, 99);
    final Map<Long, Incoming> out = new HashMap<>();
    final Set<Incoming> lost = new HashSet<>();
    final Deque<Long> held = new ArrayDeque<>();
    final long[] next = {65_000, 1_000_000};
    int source = 1;
    long now;

    void step(int action) {
      now += 10 * MILLISECOND;
      long sequence = next[source]++;
      if (!rewriter.started() || action >= 95) {
        switchSource();
      } else if (action >= 85 && !held.isEmpty()) {
        next[source]--;
        release();
      } else if (action >= 78) {
        held.add(sequence);
        lost.add(new Incoming(source, sequence));
      } else if (action >= 68) {
        lost.add(new Incoming(source, sequence));
      } else if (action >= 55) {
        assertFalse(rewriter.drop(source, sequence, Rewriter.NONE));
      } else {
        assertTrue(rewriter.forward(source, sequence, stamp(sequence), now));
        sent(sequence);
      }
    }

    private void switchSource() {
      source = 1 - source;
      held.clear();
      long sequence = next[source]++;
      int before = rewriter.lastTimestamp();
      boolean first = !rewriter.started();
      rewriter.start(source, sequence, stamp(sequence), now);
      assertTrue(first || rewriter.timestamp(stamp(sequence)) - before >= 3_000);
      sent(sequence);
    }

    private void release() {
      long sequence = held.pop();
      boolean hasPlace =
          sequence % 2 == 0
              ? rewriter.forward(source, sequence, stamp(sequence), now)
              : rewriter.drop(source, sequence, Rewriter.NONE);
      if (hasPlace) {
        lost.remove(new Incoming(source, sequence));
        sent(sequence);
      }
    }

    private void sent(long sequence) {
      Incoming incoming = new Incoming(source, sequence);
      assertNull(out.put(rewriter.sequence(), incoming), "an outgoing number was used twice");
      assertEquals(incoming, new Incoming(rewriter.source(), rewriter.incoming()));
    }

    private int stamp(long sequence) {
      return (int) (sequence * 900 + source * 123_456_789L);
    }
  }

  @Property
  void everyOutgoingNumberIsOnePacketAndEveryGapIsALoss(
      @ForAll @Size(max = 400) List<@IntRange(max = 99) Integer> script) {
    World world = new World();
    script.forEach(world::step);
    long highest = world.out.keySet().stream().mapToLong(n -> n).max().orElse(16);
    for (long number = 17; number <= highest; number++) {
      assertTrue(world.rewriter.recall((int) number & 0xffff));
      Incoming found = new Incoming(world.rewriter.source(), world.rewriter.incoming());
      Incoming sent = world.out.get(number);
      if (sent == null) {
        assertTrue(world.lost.contains(found), number + " is a gap the source did not have");
      } else {
        assertEquals(sent, found);
      }
    }
  }

  @Property
  void numbersAndTimestampsOfNewPacketsOnlyRise(
      @ForAll @Size(max = 300) List<@IntRange(max = 99) Integer> script) {
    World world = new World();
    long sequence = 0;
    int timestamp = 98;
    for (int action : script) {
      world.step(action >= 85 && action < 95 ? 0 : action);
      if (world.rewriter.started()) {
        assertTrue(world.rewriter.sequence() >= sequence);
        assertTrue(world.rewriter.lastTimestamp() - timestamp >= 0);
        sequence = world.rewriter.sequence();
        timestamp = world.rewriter.lastTimestamp();
      }
    }
  }

  @Property
  void picturesOfVp8AreNumberedWithoutABreakWhateverIsDropped(
      @ForAll @Size(max = 300) List<@IntRange(max = 99) Integer> script,
      @ForAll @IntRange(max = 32_767) int first) {
    Rewriter rewriter = Rewriter.forVideo(0, 0);
    int picture = first;
    int expected = first;
    rewriter.start(0, 0, 0, 0, picture, 0, Rewriter.NONE);
    for (int i = 1; i <= script.size(); i++) {
      picture = picture + 1 & 0x7fff;
      if (script.get(i - 1) < 40) {
        rewriter.drop(0, i, picture);
      } else if (script.get(i - 1) < 90) {
        assertTrue(rewriter.forward(0, i, 0, 0, picture, Rewriter.NONE, Rewriter.NONE));
        expected = expected + 1 & 0x7fff;
        assertEquals(expected, rewriter.pictureId(picture) & 0x7fff);
      } else {
        picture = picture * 31 + 7 & 0x7fff;
        rewriter.start(0, i, 0, 0, picture, Rewriter.NONE, Rewriter.NONE);
        expected = expected + 1 & 0x7fff;
        assertEquals(expected, rewriter.pictureId(picture) & 0x7fff);
      }
    }
  }
}
