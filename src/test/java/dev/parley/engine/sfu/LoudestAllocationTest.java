package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.engine.Tally;
import dev.parley.media.Counter;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Kind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What it allocates to pass a microphone over, or to let one in for another: nothing.
@Tag("alone")
class LoudestAllocationTest {
  private static final int MICROPHONES = 12;
  private static final int ROUNDS = 4_000;

  private final long[] counts = new long[Counter.values().length];
  private final RoomStage stage =
      new RoomStage(
          SfuSettings.defaults().shown(0, 3),
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
  private final List<RoomStage.Stream> microphones = new ArrayList<>();
  private int round;
  private long now;

  @Test
  void whoIsPassedOverAndWhoIsLetInAllocatesNothing() {
    for (int i = 0; i < MICROPHONES; i++) {
      microphones.add(stage.publish(stage.open("peer" + i), RoomStage.audio("0")));
    }
    stage.peers.values().forEach(p -> p.senders.values().forEach(s -> s.records = false));
    now = stage.now();
    long allocated = Long.MAX_VALUE;
    long packets = (long) ROUNDS * MICROPHONES;
    for (int phase = 0; phase < 10 && allocated > packets / 10; phase++) {
      long before = allocated();
      for (int i = 0; i < ROUNDS; i++) {
        step();
      }
      allocated = allocated() - before;
    }
    assertTrue(allocated <= packets / 10, allocated + " octets for " + packets + " packets");
    assertTrue(counts[Counter.SFU_AUDIO_LEFT_OUT.ordinal()] > packets / 2);
    for (int i = 1; i < MICROPHONES; i++) {
      assertTrue(stage.peers.get("peer0").sender("peer" + i, Kind.AUDIO).packets > 0);
    }
  }

  /// A packet of each; every three seconds another one speaks.
  private void step() {
    now += 20_000_000;
    int speaks = ++round / 150 % MICROPHONES;
    for (int i = 0; i < MICROPHONES; i++) {
      packet(microphones.get(i), i == speaks ? 25 : 127);
    }
  }

  private void packet(RoomStage.Stream stream, int level) {
    byte[] octets = stream.sink.octets();
    int at = stream.sink.at();
    int number = stream.sequence++;
    RtpPacket.putHeader(octets, at, false, RoomStage.OPUS, number & 0xffff, number * 960, 1);
    RtpPacket.putExtension(octets, at, true);
    int header = at + RtpPacket.FIXED_HEADER;
    octets[header] = (byte) 0xbe;
    octets[header + 1] = (byte) 0xde;
    octets[header + 2] = 0;
    octets[header + 3] = 1;
    octets[header + 4] = 0x10;
    octets[header + 5] = (byte) (0x80 | level);
    octets[header + 6] = 0;
    octets[header + 7] = 0;
    stream.sink.received(120, false, now);
    stage.engine.drained(now);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().threadId());
  }
}
