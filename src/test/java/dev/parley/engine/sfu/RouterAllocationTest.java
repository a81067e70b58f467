package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.engine.Tally;
import dev.parley.media.Counter;
import dev.parley.protocol.rtp.RtpPacket;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a packet allocates on its way from a publisher's peer to fifty senders: nothing.
@Tag("alone")
class RouterAllocationTest {
  private static final int RECEIVERS = 50;
  private static final int PACKETS = 20_000;

  private final long[] counts = new long[Counter.values().length];
  private final RoomStage stage =
      new RoomStage(
          SfuSettings.defaults(),
          new Tally() {
            @Override
            public void count(Counter counter) {
              counts[counter.ordinal()]++;
            }

            @Override
            public void add(Counter counter, long number) {
              counts[counter.ordinal()] += number;
            }
          });
  private RoomStage.Stream video;
  private long now;

  @Test
  void aForwardedPacketAllocatesNothing() {
    FakePeer ann = stage.open("ann");
    for (int i = 0; i < RECEIVERS; i++) {
      stage.open("peer" + i);
    }
    video = stage.publish(ann, RoomStage.video("0"));
    stage.peers.values().forEach(p -> p.senders.values().forEach(s -> s.records = false));
    now = stage.now();
    long allocated = Long.MAX_VALUE;
    for (int phase = 0; phase < 10 && allocated > PACKETS / 10; phase++) {
      long before = allocated();
      for (int i = 0; i < PACKETS; i++) {
        step(i);
      }
      allocated = allocated() - before;
    }
    assertTrue(allocated <= PACKETS / 10, allocated + " octets for " + PACKETS + " packets");
    assertTrue(counts[Counter.SFU_PACKETS_OUT.ordinal()] > PACKETS * (RECEIVERS - 1));
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
    video.sink.received(400, false, now);
    stage.engine.drained(now);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().threadId());
  }
}
