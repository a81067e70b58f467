package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a subscription holds beyond the ring it shares (its sender's keys apart): far less than 16
/// KiB.
@Tag("alone")
class RouterCostTest {
  private static final int SUBSCRIBERS = 1_500;
  private static final Tally NOBODY = counter -> {};

  @Test
  void aSubscriptionIsSmall() {
    RoomStage stage = new RoomStage(SfuSettings.defaults(), NOBODY);
    FakePeer ann = stage.open("ann");
    List<FakePeer> others = new ArrayList<>();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      others.add(stage.open("peer" + i));
    }
    stage.told.clear();
    long before = used();
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    others.forEach(peer -> peer.senders.values().forEach(sender -> sender.records = false));
    for (int i = 0; i < 1_000; i++) {
      video.packet(i % 100 == 0);
      stage.pass(Duration.ofMillis(4));
    }
    stage.told.clear();
    long each = (used() - before - 800_000) / SUBSCRIBERS;
    System.out.println("octets a subscription: " + each);
    assertTrue(each < 12_000, each + " octets");
    assertTrue(others.getFirst().wanted.size() == 1);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
