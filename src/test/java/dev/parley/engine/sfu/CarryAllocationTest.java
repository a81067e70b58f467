package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.engine.Tally;
import dev.parley.engine.cascade.Cascade;
import dev.parley.engine.cascade.Crossing;
import dev.parley.engine.cascade.Label;
import dev.parley.engine.cascade.Note;
import dev.parley.media.Counter;
import dev.parley.media.SfuCommand;
import dev.parley.protocol.rtp.RtpPacket;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a packet allocates on its way from one branch of a room into the ring of another: nothing;
/// and what it costs, printed.
@Tag("alone")
class CarryAllocationTest {
  private static final int PACKETS = 50_000;
  private static final int LENGTH = 1_200;

  private final long[] counts = new long[Counter.values().length];
  private final RoomStage[] loops = new RoomStage[2];
  private final Cascade[] cascades = new Cascade[2];
  private RoomStage.Stream video;
  private long now;
  private long least;

  /// At once, as if loops were one thread.
  private final class Way implements Crossing {
    private final int from;

    Way(int from) {
      this.from = from;
    }

    @Override
    public void tell(int loop, Note note) {
      loops[loop].engine.branched(() -> cascades[loop].told(from, note, now), now);
    }

    @Override
    public boolean carry(int loop, Label label, byte[] octets, int at, int length) {
      loops[loop].engine.turn(now);
      cascades[loop].carried(label, octets, at, length, now);
      return true;
    }
  }

  private Tally tally() {
    return new Tally() {
      @Override
      public void count(Counter counter) {
        counts[counter.ordinal()]++;
      }

      @Override
      public void add(Counter counter, long number) {
        counts[counter.ordinal()] += number;
      }
    };
  }

  @Test
  void aCarriedPacketAllocatesNothing() {
    meet();
    FakePeer ann = loops[0].open("ann");
    FakePeer bob = loops[1].open("bob");
    long carried = run(ann, bob);
    double garbage = (double) least / PACKETS;
    assertTrue(counts[Counter.SFU_CARRIED_IN.ordinal()] >= PACKETS);
    assertTrue(counts[Counter.SFU_PACKETS_OUT.ordinal()] >= PACKETS - 1);
    FakePeer kim = loops[0].open("kim");
    loops[1].close("bob");
    loops[0].close("ann");
    long here = run(loops[0].open("eve"), kim);
    System.out.printf(
        "a packet to one sender: %d ns CPU; by way of another branch: %d ns, %.3f octets"
            + " allocated%n",
        here, carried, garbage);
  }

  private void meet() {
    for (int i = 0; i < 2; i++) {
      loops[i] = new RoomStage(SfuSettings.defaults(), tally(), i);
      cascades[i] = new Cascade(i, new Way(i), tally());
      loops[i].kit.branches(cascades[i]);
    }
    for (int i = 0; i < 2; i++) {
      loops[i].order(new SfuCommand.Spread(RoomStage.ROOM, i, List.of(0, 1), 0));
    }
  }

  /// @return what a packet costs
  private long run(FakePeer publisher, FakePeer viewer) {
    video = loops[0].publish(publisher, RoomStage.video("0"));
    loops[1].engine.drained(now);
    viewer.senders.values().forEach(sender -> sender.records = false);
    long allocated = Long.MAX_VALUE;
    long nanoseconds = Long.MAX_VALUE;
    for (int phase = 0; phase < 10; phase++) {
      long before = allocated();
      long begun = cpu();
      for (int i = 0; i < PACKETS; i++) {
        step(i);
      }
      nanoseconds = Math.min(nanoseconds, (cpu() - begun) / PACKETS);
      allocated = Math.min(allocated, allocated() - before);
    }
    least = allocated;
    assertTrue(allocated <= PACKETS / 10, allocated + " octets for " + PACKETS + " packets");
    return nanoseconds;
  }

  private void step(int i) {
    now += 4_000_000;
    byte[] octets = video.sink.octets();
    int at = video.sink.at();
    int number = video.sequence++;
    RtpPacket.putHeader(octets, at, true, RoomStage.VP8, number & 0xffff, number / 7 * 3_000, 1);
    octets[at + 12] = (byte) 0x90;
    octets[at + 13] = (byte) 0x80;
    octets[at + 14] = (byte) (number >> 8 | 0x80);
    octets[at + 15] = (byte) number;
    octets[at + 16] = (byte) (i % 1_000 == 0 ? 0 : 1);
    video.sink.received(LENGTH, false, now);
    loops[0].engine.drained(now);
    loops[1].engine.drained(now);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().threadId());
  }
}
