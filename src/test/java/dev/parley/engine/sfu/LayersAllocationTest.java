package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.protocol.sdp.Kind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a packet of a scalable stream allocates where a receiver gets a part of its layers:
/// nothing.
@Tag("alone")
class LayersAllocationTest {
  private static final int PICTURES = 1_000;

  /// Octets: less than one a packet.
  private static final int FEW = 2_000;

  @Test
  void aPacketOfDecodeTargetsAllocatesNothing() {
    measure(LayerStage.scalable(room(), 5, LayeredEncoder.AV1), 120);
  }

  @Test
  void aPacketOfSpatialLayersAllocatesNothing() {
    measure(LayerStage.scalable(room(), 5, LayeredEncoder.VP9), 320);
  }

  @Test
  void aPacketOfTemporalLayersAllocatesNothing() {
    measure(LayerStage.simulcast(room(), 5), 1280);
  }

  private static RoomStage room() {
    return new RoomStage(SfuSettings.defaults(), counter -> {});
  }

  private static void measure(LayerStage stage, int width) {
    stage.pass(60);
    stage.prefer(width, width * 9 / 16, 7);
    stage.pass(60);
    FakeSender sender = stage.bob.sender("ann", Kind.VIDEO);
    sender.wire = null;
    sender.records = false;
    LayeredEncoder encoder = stage.encoders.getLast();
    long allocated = Long.MAX_VALUE;
    int packets = 0;
    for (int phase = 0; phase < 10 && allocated > FEW; phase++) {
      List<List<byte[]>> pictures = new ArrayList<>();
      for (int i = 0; i < PICTURES; i++) {
        pictures.add(encoder.picture());
      }
      long sent = sender.packets;
      packets = 0;
      long now = stage.stage.now();
      long before = allocated();
      for (int i = 0; i < PICTURES; i++) {
        List<byte[]> picture = pictures.get(i);
        for (int j = 0; j < picture.size(); j++) {
          encoder.arrive(picture.get(j), now);
          packets++;
        }
        stage.stage.engine.drained(now);
      }
      allocated = allocated() - before;
      assertTrue(sender.packets > sent && sender.packets < sent + packets);
    }
    assertTrue(allocated <= FEW, allocated + " octets for " + packets + " packets");
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().threadId());
  }
}
