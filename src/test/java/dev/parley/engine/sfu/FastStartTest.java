package dev.parley.engine.sfu;

import static dev.parley.engine.sfu.Packets.MILLISECOND;
import static dev.parley.engine.sfu.Packets.SECOND;
import static dev.parley.engine.sfu.Packets.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FastStartTest {
  private static final long START = Long.MAX_VALUE - SECOND / 2;
  private final PacketRing ring = PacketRing.forVideo();
  private final FastStart fastStart = new FastStart();

  @Test
  void withoutAKeyFrameThereIsNoStart() {
    put(ring, 1, 0, START);
    assertFalse(begin(START));
    assertFalse(fastStart.running());
    assertEquals(FastStart.NONE, fastStart.next());
  }

  @Test
  void aKeyFrameThatIsTooOldOrTooFarBackIsNoStart() {
    ring.keyFrame(put(ring, 1, 0, true, 10, START));
    assertTrue(begin(START + 2 * SECOND));
    assertFalse(begin(START + 2 * SECOND + 1));
    for (int i = 2; i <= 256; i++) {
      put(ring, i, i, START);
    }
    assertTrue(begin(START));
    put(ring, 257, 257, START);
    assertFalse(begin(START));
  }

  @Test
  void fromTheKeyFrameOnwardEveryPacketHasItsTurnOnce() {
    put(ring, 65_533, 0, START);
    ring.keyFrame(put(ring, 65_534, 10, START));
    put(ring, 65_535, 10, true, 10, START);
    put(ring, 1, 20, START);
    assertTrue(begin(START));
    List<Integer> sent = new ArrayList<>();
    sent.add(sequence(fastStart.next()));
    sent.add(sequence(fastStart.next()));
    // Two arrive meanwhile: one late but not yet passed, one new.
    assertTrue(fastStart.holds(ring.sequence(put(ring, 0, 20, START))));
    assertTrue(fastStart.holds(ring.sequence(put(ring, 3, 20, START))));
    for (int slot = fastStart.next(); slot != FastStart.NONE; slot = fastStart.next()) {
      sent.add(sequence(slot));
    }
    assertEquals(List.of(65_534, 65_535, 0, 1, 3), sent);
    assertFalse(fastStart.running());
    assertFalse(fastStart.holds(ring.sequence(put(ring, 2, 20, START))));
  }

  @Test
  void whatComesAfterItsTurnGoesAtOnce() {
    ring.keyFrame(put(ring, 1, 10, true, 10, START));
    put(ring, 3, 20, START);
    put(ring, 4, 20, START);
    begin(START);
    fastStart.next();
    fastStart.next();
    assertTrue(fastStart.running());
    assertFalse(fastStart.holds(ring.sequence(put(ring, 2, 20, START))));
  }

  @Test
  void theReceiverSeesAStreamWithoutABreak() {
    Rewriter rewriter = Rewriter.forVideo(500, 0);
    for (int i = 0; i < 50; i++) {
      int slot = put(ring, i, i * 3_000, true, 10, START + i * 33 * MILLISECOND);
      if (i == 20) {
        ring.keyFrame(slot);
      }
    }
    long now = START + 49 * 33 * MILLISECOND;
    assertTrue(begin(now));
    int first = fastStart.next();
    rewriter.start(0, ring.sequence(first), ring.timestamp(first), ring.arrival(first));
    for (int slot = fastStart.next(); slot != FastStart.NONE; slot = fastStart.next()) {
      long before = rewriter.sequence();
      assertTrue(
          rewriter.forward(0, ring.sequence(slot), ring.timestamp(slot), ring.arrival(slot)));
      assertEquals(before + 1, rewriter.sequence());
    }
    assertEquals(529, rewriter.sequence());
    assertEquals(29 * 3_000, rewriter.lastTimestamp());
  }

  @Test
  void itStopsWhenTold() {
    ring.keyFrame(put(ring, 1, 10, true, 10, START));
    begin(START);
    fastStart.stop();
    assertFalse(fastStart.running());
    assertEquals(FastStart.NONE, fastStart.next());
  }

  private boolean begin(long now) {
    return fastStart.begin(ring, FastStart.OLDEST.toNanos(), FastStart.PACKETS, now);
  }

  private int sequence(int slot) {
    return (int) ring.sequence(slot) & 0xffff;
  }
}
