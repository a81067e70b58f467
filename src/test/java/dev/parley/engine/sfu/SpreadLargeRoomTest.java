package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.HoldReason;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A room on two loops with more cameras and microphones than may be shown and heard: each loop
/// decides for its own receivers, and all see and hear the same.
class SpreadLargeRoomTest {
  private static final int TALK = 25;
  private static final int SILENCE = 127;

  private final BranchStage stage = new BranchStage(2, SfuSettings.defaults().shown(3, 2));
  private final Map<String, RoomStage.Stream> cameras = new LinkedHashMap<>();
  private final Map<String, RoomStage.Stream> microphones = new LinkedHashMap<>();
  private final Map<String, FakePeer> viewers = new HashMap<>();

  SpreadLargeRoomTest() {
    stage.spread(0, 1);
    for (int loop = 0; loop < 2; loop++) {
      viewers.put("viewer " + loop, stage.on(loop).open("viewer-" + loop));
    }
    int turn = 0;
    for (String name : List.of("a", "b", "c", "d", "e", "f")) {
      RoomStage loop = stage.on(turn++ % 2);
      FakePeer peer = loop.open(name);
      microphones.put(name, loop.publish(peer, RoomStage.audio("0")));
      cameras.put(name, loop.publish(peer, RoomStage.video("1")));
      stage.cross();
    }
    stage.pass(Duration.ofMillis(100));
  }

  @AfterEach
  void nothingIsLeftOrBroken() {
    for (RoomStage loop : stage.loops) {
      List.copyOf(loop.peers.keySet()).forEach(loop::close);
      assertFalse(loop.tally.counts().containsKey(Counter.ENGINE_FAILURES));
    }
    stage.cross();
    stage.spread();
    assertTrue(stage.isEmpty());
  }

  private void pass(long milliseconds, String... speaking) {
    for (long i = 0; i < milliseconds; i += 20) {
      microphones.forEach(
          (name, stream) -> {
            stream.level = List.of(speaking).contains(name) ? TALK : SILENCE;
            stream.packet(false);
          });
      stage.pass(Duration.ofMillis(20));
    }
  }

  /// Whose packets of a kind reach a viewer by now.
  private Set<String> from(FakePeer viewer, Kind kind) {
    Set<String> names = new TreeSet<>();
    for (String name : cameras.keySet()) {
      FakeSender sender = viewer.sender(name, kind);
      if (sender != null && !sender.sent.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private void clear() {
    for (FakePeer viewer : viewers.values()) {
      for (String name : cameras.keySet()) {
        viewer.sender(name, Kind.VIDEO).sent.clear();
        viewer.sender(name, Kind.AUDIO).sent.clear();
      }
    }
  }

  @Test
  void bothLoopsShowThoseWhoSpokeLast() {
    pass(2_000, "b");
    pass(2_000, "e");
    pass(2_000, "f");
    clear();
    for (int i = 0; i < 2; i++) {
      cameras.values().forEach(camera -> camera.packet(true));
      stage.pass(Duration.ofMillis(50));
    }
    viewers.forEach(
        (name, viewer) -> assertEquals(Set.of("b", "e", "f"), from(viewer, Kind.VIDEO), name));
    viewers.forEach(
        (name, viewer) ->
            assertEquals(
                3,
                stage.told(SfuEvent.StreamStateChanged.class).stream()
                    .filter(it -> it.peer().equals(name.replace(' ', '-')) && !it.active())
                    .filter(it -> it.held() == HoldReason.LAST_N)
                    .map(SfuEvent.StreamStateChanged::track)
                    .distinct()
                    .filter(this::heldBack)
                    .count()));
  }

  private boolean heldBack(String track) {
    return stage.told(SfuEvent.StreamStateChanged.class).stream()
            .filter(it -> it.track().equals(track) && it.peer().startsWith("viewer"))
            .reduce((_, last) -> last)
            .orElseThrow()
            .held()
        != null;
  }

  @Test
  void aCameraThatNobodyOnAnotherLoopIsShownIsNotCarriedThere() {
    pass(2_000, "b");
    pass(2_000, "e");
    pass(2_000, "f");
    stage.pass(Duration.ofSeconds(6));
    long before = stage.carried;
    // Those three do not see themselves but the fourth, a.
    for (String name : List.of("c", "d")) {
      cameras.get(name).packet(true);
    }
    stage.pass(Duration.ofMillis(50));
    assertEquals(before, stage.carried);
    cameras.get("a").packet(true);
    cameras.get("f").packet(true);
    stage.pass(Duration.ofMillis(50));
    assertEquals(before + 2, stage.carried);
  }

  @Test
  void bothLoopsLetTheSameVoicesThrough() {
    pass(3_000, "a", "d");
    clear();
    pass(200, "a", "d");
    viewers.forEach(
        (name, viewer) -> assertEquals(Set.of("a", "d"), from(viewer, Kind.AUDIO), name));
    pass(3_000, "d", "e");
    clear();
    pass(200, "d", "e");
    viewers.forEach(
        (name, viewer) -> assertEquals(Set.of("d", "e"), from(viewer, Kind.AUDIO), name));
  }
}
