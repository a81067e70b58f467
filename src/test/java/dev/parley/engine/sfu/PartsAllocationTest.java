package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.engine.peer.NackGenerator;
import dev.parley.engine.peer.ReceptionStatistics;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the parts allocate for a packet that goes its way to fifty receivers, with loss, NACKs,
/// drops and levels: nothing.
@Tag("alone")
class PartsAllocationTest {
  private static final int RECEIVERS = 50;
  private static final int PACKETS = 20_000;

  private final PacketRing ring = PacketRing.forVideo();
  private final NackGenerator nacks = NackGenerator.forVideo();
  private final ReceptionStatistics statistics = new ReceptionStatistics(90_000);
  private final KeyFrameRequests keyFrames = new KeyFrameRequests();
  private final Voice voice = new Speakers().join("ann");
  private final Rewriter[] rewriters = new Rewriter[RECEIVERS];
  private final Retransmission[] retransmissions = new Retransmission[RECEIVERS];
  private final SenderReportClock[] reports = new SenderReportClock[RECEIVERS];
  private final int[] due = new int[NackGenerator.WINDOW];
  private long now;
  private int sequence;
  private long found;

  @Test
  void aForwardedPacketAllocatesNothing() {
    for (int i = 0; i < RECEIVERS; i++) {
      rewriters[i] = Rewriter.forVideo(i, i);
      retransmissions[i] = new Retransmission(rewriters[i], source -> ring, 1_000_000, now);
      reports[i] = new SenderReportClock();
    }
    long allocated = Long.MAX_VALUE;
    for (int phase = 0; phase < 10 && allocated > PACKETS / 10; phase++) {
      long before = allocated();
      for (int i = 0; i < PACKETS; i++) {
        step();
      }
      allocated = allocated() - before;
    }
    assertTrue(allocated <= PACKETS / 10, allocated + " octets for " + PACKETS + " packets");
    assertTrue(found > 0);
  }

  private void step() {
    now += 4_000_000;
    sequence += sequence % 97 == 0 ? 2 : 1;
    int slot = Packets.put(ring, sequence & 0xffff, sequence / 7 * 3_000, now);
    long extended = ring.sequence(slot);
    statistics.received(sequence & 0xffff, ring.timestamp(slot), now);
    nacks.received(extended, now);
    found += nacks.due(due, now);
    voice.level(sequence & 0x7f, true, now);
    keyFrames.ask(now);
    found += keyFrames.due(now) ? 1 : 0;
    for (int i = 0; i < RECEIVERS; i++) {
      forward(i, slot, extended);
    }
  }

  private void forward(int receiver, int slot, long extended) {
    Rewriter rewriter = rewriters[receiver];
    int stamp = ring.timestamp(slot);
    if (!rewriter.started()) {
      rewriter.start(0, extended, stamp, now, sequence, 0, Rewriter.NONE);
    } else if (sequence % 31 == 0) {
      rewriter.drop(0, extended, sequence);
    } else if (rewriter.forward(0, extended, stamp, now, sequence, 0, Rewriter.NONE)) {
      reports[receiver].sent(ring.payloadLength(slot));
      int asked = (int) (rewriter.sequence() - receiver) & 0xffff;
      found += retransmissions[receiver].find(asked, now) >= 0 ? 1 : 0;
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().threadId());
  }
}
