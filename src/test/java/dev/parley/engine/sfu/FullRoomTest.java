package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.Preference;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// 150 people in one room, each with camera and microphone, in virtual time.
class FullRoomTest {
  private static final int PEOPLE = 150;

  private final RoomStage stage = new RoomStage();
  private final Map<String, RoomStage.Stream> cameras = new HashMap<>();
  private final Map<String, RoomStage.Stream> microphones = new HashMap<>();

  private static String name(int i) {
    return "p" + i;
  }

  private void enter(String name) {
    FakePeer peer = stage.open(name);
    microphones.put(name, stage.publish(peer, RoomStage.audio("0")));
    cameras.put(name, stage.publish(peer, RoomStage.video("1")));
  }

  private void everybodyEnters() {
    for (int i = 0; i < PEOPLE; i++) {
      enter(name(i));
    }
    stage.pass(Duration.ofMillis(100));
  }

  /// Whose tracks of a kind a peer is offered.
  private Set<String> offered(String to, Kind kind) {
    Set<String> from = new HashSet<>();
    for (Outgoing each : stage.peers.get(to).wanted) {
      if (each.kind() == kind) {
        assertTrue(from.add(each.stream()), "twice");
      }
    }
    return from;
  }

  private Set<String> allBut(String... names) {
    Set<String> others = new HashSet<>(cameras.keySet());
    others.removeAll(Set.of(names));
    return others;
  }

  private void nobodyFailed() {
    assertEquals(List.of(), refusals());
    assertEquals(null, stage.tally.counts().get(Counter.ENGINE_FAILURES));
    assertEquals(null, stage.tally.counts().get(Counter.SFU_REFUSED));
  }

  private List<SfuEvent> refusals() {
    return stage.told.stream().filter(SfuEvent.DescriptionRefused.class::isInstance).toList();
  }

  @Test
  void eachIsOfferedCameraAndMicrophoneOfAllOthers() {
    everybodyEnters();
    for (String name : cameras.keySet()) {
      assertEquals(allBut(name), offered(name, Kind.VIDEO));
      assertEquals(allBut(name), offered(name, Kind.AUDIO));
    }
    nobodyFailed();
  }

  @Test
  void someScreensHaveRoomBesides() {
    everybodyEnters();
    for (int i = 0; i < 40; i++) {
      stage.publish(stage.peers.get(name(i)), RoomStage.layered("2", "screen"));
    }
    assertEquals(2 * (PEOPLE - 1) + 40, stage.peers.get(name(140)).wanted.size());
    nobodyFailed();
  }

  @Test
  void aKeyFrameOfEverybodyReachesAsManyAsAreShownAndNoMore() {
    everybodyEnters();
    cameras.values().forEach(camera -> camera.packet(true));
    FakePeer peer = stage.peers.get(name(149));
    long shown =
        peer.senders.values().stream()
            .filter(each -> each.outgoing.kind() == Kind.VIDEO && !each.sent.isEmpty())
            .count();
    assertEquals(SfuSettings.LAST_N, shown);
    nobodyFailed();
  }

  @Test
  void whoTurnsToAnotherPageGetsItWithoutAWordOfNegotiation() {
    everybodyEnters();
    FakePeer peer = stage.peers.get(name(149));
    List<Outgoing> before = peer.wanted;
    for (int i = 0; i < PEOPLE - 1; i++) {
      String track = peer.sender(name(i), Kind.VIDEO).outgoing.track();
      var shown = i >= 100 && i < 109 ? new Preference(320, 180, 0, 0) : new Preference(0, 0, 0, 0);
      stage.order(new SfuCommand.Prefer(RoomStage.ROOM, name(149), track, shown));
    }
    stage.pass(Duration.ofMillis(100));
    peer.senders.values().forEach(each -> each.sent.clear());
    cameras.values().forEach(camera -> camera.packet(true));
    Set<String> shown = new HashSet<>();
    for (FakeSender each : peer.senders.values()) {
      if (each.outgoing.kind() == Kind.VIDEO && !each.sent.isEmpty()) {
        shown.add(each.outgoing.stream());
      }
    }
    Set<String> page = new HashSet<>();
    for (int i = 100; i < 109; i++) {
      page.add(name(i));
    }
    assertEquals(page, shown);
    assertEquals(before, peer.wanted);
  }

  @Test
  void whoLeavesIsTakenFromEverybody() {
    everybodyEnters();
    stage.close(name(7));
    stage.pass(Duration.ofMillis(100));
    assertEquals(allBut("p7", "p8"), offered("p8", Kind.VIDEO));
    enter("late");
    stage.pass(Duration.ofMillis(100));
    assertEquals(allBut("p7", "p8"), offered("p8", Kind.AUDIO));
    nobodyFailed();
  }

  @Test
  void nothingIsLeftBehindWhenAllHaveGone() {
    everybodyEnters();
    List<String> order = new ArrayList<>(cameras.keySet());
    order.forEach(stage::close);
    stage.pass(Duration.ofSeconds(30));
    assertTrue(stage.engine.isEmpty());
    Map<Counter, Long> counts = new HashMap<>();
    stage.tally.counts().forEach((counter, count) -> counts.put(counter, (long) count));
    assertEquals(
        counts.get(Counter.SFU_SUBSCRIPTIONS_BEGUN), counts.get(Counter.SFU_SUBSCRIPTIONS_ENDED));
    assertEquals(2L * PEOPLE * (PEOPLE - 1), counts.get(Counter.SFU_SUBSCRIPTIONS_BEGUN));
    nobodyFailed();
  }
}
