package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.Publication;
import dev.parley.media.Encryption;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What tracks are called, and the streams they are sent in.
class TrackNamesTest {
  private final RoomStage stage = new RoomStage();
  private final FakePeer ann = stage.open("ann");

  private static Publication named(String mid, String track) {
    Publication plain = RoomStage.video(mid);
    return new Publication(mid, plain.kind(), plain.source(), false, false, plain.section(), track);
  }

  private List<String> tracks() {
    return stage.rooms.room(RoomStage.ROOM).tracks();
  }

  @Test
  void aTrackHasTheNameItsPublisherWishes() {
    stage.publish(ann, named("0", "TR_wished"));
    assertEquals(List.of("TR_wished"), tracks());
  }

  @Test
  void aNameThatIsTakenOrNoneIsNotGivenTwice() {
    stage.publish(ann, named("0", "TR_wished"));
    FakePeer bob = stage.open("bob");
    stage.publish(bob, named("0", "TR_wished"));
    stage.publish(bob, named("1", "another"));
    assertEquals("TR_wished", tracks().getFirst());
    assertTrue(tracks().stream().allMatch(name -> name.startsWith("TR_")));
    assertNotEquals("TR_wished", tracks().get(1));
  }

  @Test
  void tracksMayBeStreamsOfTheirOwn() {
    var apart =
        new PeerPolicy(
            false,
            true,
            true,
            true,
            PeerLimits.defaults(),
            Encryption.ALLOWED,
            Set.of(),
            true,
            false,
            true,
            Map.of());
    FakePeer bob = stage.open("bob", "bob", apart);
    FakePeer carl = stage.open("carl");
    stage.publish(ann, named("0", "TR_wished"));
    assertEquals("ann|TR_wished", bob.wanted.getFirst().stream());
    assertEquals("ann", carl.wanted.getFirst().stream());
  }
}
