package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.Publication;
import dev.parley.media.Counter;
import dev.parley.media.HoldReason;
import dev.parley.media.Preference;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Whose camera a member gets where there are more than may be shown, in virtual time.
class LargeRoomTest {
  private static final int TALK = 25;
  private static final int SILENCE = 127;
  private static final Preference SMALL = new Preference(320, 180, 0, 0);
  private static final Preference HIDDEN = new Preference(0, 0, 0, 0);

  private final RoomStage stage = new RoomStage(SfuSettings.defaults().shown(3, 0));
  private final FakePeer viewer = stage.open("viewer");
  private final Map<String, RoomStage.Stream> cameras = new HashMap<>();
  private final Map<String, RoomStage.Stream> microphones = new HashMap<>();

  private void enter(String... names) {
    for (String name : names) {
      FakePeer peer = stage.open(name);
      microphones.put(name, stage.publish(peer, RoomStage.audio("0")));
      cameras.put(name, stage.publish(peer, RoomStage.video("1")));
    }
    stage.pass(Duration.ofMillis(100));
  }

  /// Everybody sends for so long; those who are named speak.
  private void pass(long milliseconds, String... speaking) {
    for (long i = 0; i < milliseconds; i += 20) {
      stage.pass(Duration.ofMillis(20));
      microphones.forEach(
          (name, stream) -> {
            stream.level = List.of(speaking).contains(name) ? TALK : SILENCE;
            stream.packet(false);
          });
    }
  }

  /// Whose camera reaches a peer.
  private Set<String> shown(FakePeer to) {
    cameras.values().forEach(stream -> stream.packet(true));
    Set<String> names = new TreeSet<>();
    cameras
        .keySet()
        .forEach(
            name -> {
              FakeSender sender = to.sender(name, Kind.VIDEO);
              if (sender != null && !sender.octets().isEmpty()) {
                names.add(name);
              }
            });
    return names;
  }

  private Set<String> shown() {
    shown(viewer);
    return shown(viewer);
  }

  private String track(String name) {
    return viewer.sender(name, Kind.VIDEO).outgoing.track();
  }

  private void prefer(String name, Preference preference) {
    stage.order(new SfuCommand.Prefer(RoomStage.ROOM, "viewer", track(name), preference));
    stage.pass(Duration.ofMillis(50));
  }

  @Test
  void asManyAsMayBeShownAreShown() {
    enter("a", "b", "c");
    assertEquals(Set.of("a", "b", "c"), shown());
  }

  @Test
  void ofMoreThoseWhoHaveBeenThereLongest() {
    enter("a", "b", "c", "d", "e");
    assertEquals(Set.of("a", "b", "c"), shown());
    assertEquals(Set.of("b", "c", "d"), shown(stage.peers.get("a")));
  }

  @Test
  void whoSpeaksTakesThePlaceOfTheOneWhoHasBeenSilentLongest() {
    enter("a", "b", "c", "d", "e");
    pass(2_000, "a");
    pass(2_000, "c");
    pass(2_000, "e");
    assertEquals(Set.of("a", "c", "e"), shown());
  }

  @Test
  void aCoughTakesNobodysPlace() {
    enter("a", "b", "c", "d");
    pass(200, "d");
    pass(3_000);
    assertEquals(Set.of("a", "b", "c"), shown());
  }

  @Test
  void whoHasComeInStaysForSomeSeconds() {
    enter("a", "b", "c", "d", "e", "f", "g");
    pass(800, "d");
    pass(800, "e");
    pass(800, "f");
    assertEquals(Set.of("d", "e", "f"), shown());
    pass(1_000, "g");
    assertEquals(Set.of("d", "e", "f"), shown());
    pass(2_000, "g");
    assertEquals(Set.of("e", "f", "g"), shown());
  }

  @Test
  void whileAllSpeakWhoAreShownNobodyIsReplaced() {
    enter("a", "b", "c", "d");
    pass(2_000, "a", "b", "c");
    pass(8_000, "a", "b", "c", "d");
    assertEquals(Set.of("a", "b", "c"), shown());
  }

  @Test
  void aCameraThatIsOffTakesNoPlace() {
    enter("a", "b", "c", "d");
    stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, track("b"), true));
    stage.pass(Duration.ofMillis(100));
    assertEquals(Set.of("a", "c", "d"), shown());
    stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, track("b"), false));
    stage.pass(Duration.ofMillis(100));
    assertEquals(Set.of("a", "b", "c"), shown());
  }

  @Test
  void whoLeavesMakesRoomForTheNext() {
    enter("a", "b", "c", "d");
    stage.close("a");
    cameras.remove("a");
    stage.pass(Duration.ofMillis(100));
    assertEquals(Set.of("b", "c", "d"), shown());
  }

  @Test
  void sharedScreensTakeNoPlaceAndAreAlwaysShown() {
    enter("a", "b", "c", "d");
    FakePeer kim = stage.open("kim");
    Publication screen = RoomStage.layered("0", "screen");
    cameras.put("kim", stage.publish(kim, screen));
    stage.pass(Duration.ofMillis(100));
    assertEquals(Set.of("a", "b", "c", "kim"), shown());
  }

  @Test
  void whatAReceiverAsksForComesBeforeAndCounts() {
    enter("a", "b", "c", "d", "e");
    prefer("e", SMALL);
    assertEquals(Set.of("a", "b", "e"), shown());
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "viewer", track("d"), true));
    stage.pass(Duration.ofMillis(100));
    assertEquals(Set.of("a", "d", "e"), shown());
  }

  @Test
  void whoTurnsPagesGetsJustWhatItShows() {
    enter("a", "b", "c", "d", "e", "f");
    List.of("a", "b").forEach(name -> prefer(name, HIDDEN));
    List.of("c", "d", "e", "f").forEach(name -> prefer(name, SMALL));
    assertEquals(Set.of("c", "d", "e", "f"), shown());
    List.of("c", "d", "e").forEach(name -> prefer(name, HIDDEN));
    assertEquals(Set.of("f"), shown());
    prefer("a", SMALL);
    assertEquals(Set.of("a", "f"), shown());
  }

  /// What the viewer was told last of each camera, by name.
  private Map<String, HoldReason> held() {
    Map<String, HoldReason> last = new TreeMap<>();
    for (SfuEvent event : stage.told) {
      if (event instanceof SfuEvent.StreamStateChanged it && it.peer().equals("viewer")) {
        cameras.keySet().stream()
            .filter(name -> track(name).equals(it.track()))
            .forEach(name -> last.put(name, it.held()));
      }
    }
    return last;
  }

  @Test
  void aReceiverIsToldOnceWhichCamerasItDoesNotGetAndWhy() {
    enter("a", "b", "c", "d", "e");
    assertEquals(Map.of("d", HoldReason.LAST_N, "e", HoldReason.LAST_N), held());
    long aside =
        stage.tally.counts().get(Counter.SFU_VIDEO_SET_ASIDE)
            - stage.tally.counts().getOrDefault(Counter.SFU_VIDEO_SHOWN_AGAIN, 0L);
    assertEquals(7, aside, "two of the viewer's, one of each of the five's four");
    stage.told();
    pass(2_000, "e");
    shown();
    Map<String, HoldReason> anew = new TreeMap<>();
    anew.put("c", HoldReason.LAST_N);
    anew.put("e", null);
    assertEquals(anew, held());
    stage.told();
    pass(2_000, "e");
    assertEquals(Map.of(), held());
  }

  @Test
  void whoAsksWhyIsToldTheSame() {
    enter("a", "b", "c", "d");
    assertEquals("others-spoke-later", why("d"));
    for (int i = 0; i < 60; i++) {
      stage.pass(Duration.ofMillis(250));
      stage.engine.load(0.89, 0, stage.now());
    }
    prefer("d", SMALL);
    prefer("c", SMALL);
    prefer("b", SMALL);
    prefer("a", SMALL);
    assertEquals("held-back-for-overload", why("d"));
  }

  private String why(String name) {
    return Description.of(stage.rooms.room(RoomStage.ROOM), stage.now()).subscriptions().stream()
        .filter(it -> it.peer().equals("viewer") && it.track().equals(track(name)))
        .findFirst()
        .orElseThrow()
        .why();
  }

  @Test
  void whatIsNotShownAnywayIsNotTold() {
    enter("a", "b", "c", "d", "e");
    stage.told();
    stage.order(new SfuCommand.Pause(RoomStage.ROOM, "viewer", track("a"), true));
    prefer("b", HIDDEN);
    assertFalse(held().containsKey("a") || held().containsKey("b"));
  }

  @Test
  void aCameraThatNobodyIsShownMayPause() {
    enter("a", "b", "c", "d", "e");
    shown();
    for (int i = 0; i < 300; i++) {
      stage.pass(Duration.ofMillis(33));
      cameras.values().forEach(stream -> stream.packet(false));
    }
    assertTrue(
        stage.told.stream()
            .anyMatch(
                each ->
                    each instanceof SfuEvent.LayersWanted it
                        && it.peer().equals("e")
                        && !it.any()));
  }

  @Test
  void aLoopWithTooMuchToDoShowsFewerEvenOfWhatWasAskedFor() {
    enter("a", "b", "c", "d", "e", "f", "g", "h");
    List.of("a", "b", "c", "d", "e", "f", "g", "h").forEach(name -> prefer(name, SMALL));
    assertEquals(8, shown().size());
    for (int i = 0; i < 60; i++) {
      stage.pass(Duration.ofMillis(250));
      stage.engine.load(0.89, 0, stage.now());
    }
    assertEquals(3, shown().size());
    assertEquals(Set.of(HoldReason.OVERLOAD), Set.copyOf(held().values()));
    assertEquals(5, held().size());
    for (int i = 0; i < 200; i++) {
      stage.pass(Duration.ofMillis(250));
      stage.engine.load(0.1, 0, stage.now());
    }
    assertEquals(8, shown().size());
  }

  @Test
  void whenAllHaveLeftNothingIsLeftToBeWoken() {
    enter("a", "b", "c", "d", "e");
    pass(2_000, "e");
    List.copyOf(stage.peers.keySet()).forEach(stage::close);
    stage.pass(Duration.ofSeconds(5));
    assertTrue(stage.engine.isEmpty());
  }
}
