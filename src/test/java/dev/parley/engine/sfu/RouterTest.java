package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a room forwards to whom.
class RouterTest {
  private final RoomStage stage = new RoomStage();

  @Test
  void whatOnePublishesTheOtherIsSent() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(true);
    video.packet(false);
    video.packet(false);
    FakeSender sender = bob.sender("ann", Kind.VIDEO);
    assertEquals(List.of(220, 221, 222), sender.octets());
    assertEquals(0, ann.wanted.size());
    stage.pass(Duration.ofSeconds(1));
  }
}
