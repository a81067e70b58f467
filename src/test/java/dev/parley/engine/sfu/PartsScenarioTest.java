package dev.parley.engine.sfu;

import static dev.parley.engine.sfu.Packets.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.NackGenerator;
import dev.parley.engine.peer.RtxForm;
import dev.parley.engine.peer.RtxUnwrapper;
import dev.parley.protocol.rtp.RtpPacket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A publisher, the parts, and a receiver in virtual time, over ways that lose and reorder.
class PartsScenarioTest {
  private static final int PACKETS = 5_000;
  private static final int FIRST = 65_000;

  private record Event(long at, int order, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Integer.compare(a.order, b.order));
  private final SplittableRandom chance = new SplittableRandom(4711);
  private final PacketRing ring = PacketRing.forVideo();
  private final Rewriter rewriter = Rewriter.forVideo(30_000, 7);
  private final RtxUnwrapper unwrapper = new RtxUnwrapper(Packets.SSRC);
  private final NackGenerator upward = NackGenerator.forVideo();
  private final NackGenerator downward = NackGenerator.forVideo();
  private final Retransmission retransmission =
      new Retransmission(rewriter, source -> ring, 10_000_000, 0);

  /// What the receiver has: by outgoing number, the lowest octet of the publisher's number.
  private final Map<Long, Integer> arrived = new HashMap<>();

  private double loss;
  private long now;
  private int count;

  @Test
  void whatIsLostOnEitherWayArrivesInTheEnd() {
    loss = 0.05;
    run();
    // The very last ones may be lost without a gap behind them.
    long last = arrived.keySet().stream().mapToLong(n -> n).max().orElse(0);
    assertTrue(last > 30_000 + PACKETS - 20);
    for (long out = 30_000; out <= last; out++) {
      int octet = FIRST + (int) (out - 30_000) & 0xff;
      assertEquals(octet, arrived.get(out), "packet " + out);
    }
    assertTrue(upward.recovered() > 100 && retransmission.answered() > 100);
  }

  @Test
  void reorderAloneMakesNoRequestThatTakesLong() {
    run();
    assertEquals(PACKETS, arrived.size());
    assertEquals(0, upward.asked());
  }

  private void run() {
    upward.roundTrip(40 * MILLISECOND);
    downward.roundTrip(40 * MILLISECOND);
    for (int i = 0; i < PACKETS; i++) {
      int sequence = FIRST + i;
      at(i * 4 * MILLISECOND, () -> publish(sequence, false));
    }
    for (int i = 0; i < PACKETS + 500; i++) {
      at(i * 4 * MILLISECOND, this::ask);
    }
    while (!events.isEmpty()) {
      Event event = events.poll();
      now = event.at;
      event.what.run();
    }
  }

  private void publish(int sequence, boolean again) {
    // The first is not lost: it is where everybody begins.
    if (sequence == FIRST || chance.nextDouble() >= loss) {
      at(now + delay(), () -> receive(sequence, again));
    }
  }

  private void receive(int sequence, boolean again) {
    int slot = ring.reserve();
    byte[] octets = ring.octets(slot);
    int at = ring.at(slot);
    int length = 40;
    octets[at + 12] = (byte) sequence;
    if (again) {
      length = 12 + RtxForm.write(octets, at + 12, sequence, octets.clone(), at + 12, length - 12);
      unwrapper.associate(97, 96);
      RtpPacket.putHeader(octets, at, false, 97, 1, sequence * 900, 5);
      length = unwrapper.unwrap(octets, at, length);
      if (!ring.missing(RtpPacket.sequence(octets, at))) {
        return;
      }
    } else {
      RtpPacket.putHeader(octets, at, false, 96, sequence, sequence * 900, Packets.SSRC);
    }
    if (ring.commit(length, now) >= 0) {
      forward(slot);
    }
  }

  private void forward(int slot) {
    upward.received(ring.sequence(slot), now);
    if (!rewriter.started()) {
      rewriter.start(0, ring.sequence(slot), ring.timestamp(slot), now);
      send(slot);
    } else if (rewriter.forward(0, ring.sequence(slot), ring.timestamp(slot), now)) {
      send(slot);
    }
  }

  private void send(int slot) {
    long out = rewriter.sequence();
    int octet = ring.octets(slot)[ring.payloadAt(slot)] & 0xff;
    if (out == 30_000 || chance.nextDouble() >= loss) {
      at(
          now + delay(),
          () -> {
            arrived.put(out, octet);
            downward.received(out, now);
          });
    }
  }

  /// Both ends ask for what they miss; requests are not lost.
  private void ask() {
    int[] due = new int[NackGenerator.WINDOW];
    int asked = upward.due(due, now);
    for (int i = 0; i < asked; i++) {
      int sequence = due[i] < FIRST ? due[i] + (1 << 16) : due[i];
      at(now + delay(), () -> publish(sequence, true));
    }
    asked = downward.due(due, now);
    for (int i = 0; i < asked; i++) {
      int number = due[i];
      at(now + delay(), () -> answer(number));
    }
  }

  private void answer(int number) {
    int slot = retransmission.find(number, now);
    if (slot >= 0) {
      send(slot);
    }
  }

  private long delay() {
    return 15 * MILLISECOND + chance.nextLong(Duration.ofMillis(6).toNanos());
  }

  private void at(long time, Runnable what) {
    events.add(new Event(time, count++, what));
  }
}
