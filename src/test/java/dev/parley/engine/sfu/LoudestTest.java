package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Whose voice is forwarded where more than two have microphones, in virtual time.
class LoudestTest {
  private static final int TALK = 25;
  private static final int SILENCE = 127;

  private final RoomStage stage = new RoomStage(SfuSettings.defaults().shown(0, 2));
  private final FakePeer listener = stage.open("listener");
  private final Map<String, RoomStage.Stream> microphones = new LinkedHashMap<>();
  private final Map<String, Integer> levels = new LinkedHashMap<>();

  private void enter(String... names) {
    for (String name : names) {
      microphones.put(name, stage.publish(stage.open(name), RoomStage.audio("0")));
      levels.put(name, SILENCE);
    }
  }

  private void packets() {
    stage.pass(Duration.ofMillis(20));
    microphones.forEach(
        (name, stream) -> {
          stream.level = levels.get(name);
          stream.packet(false);
        });
  }

  private void pass(long milliseconds, String... speaking) {
    for (String name : microphones.keySet()) {
      levels.put(name, List.of(speaking).contains(name) ? TALK : SILENCE);
    }
    for (long i = 0; i < milliseconds; i += 20) {
      packets();
    }
  }

  private FakeSender from(String name) {
    return listener.sender(name, Kind.AUDIO);
  }

  /// Whose last packet was forwarded.
  private Set<String> heard() {
    microphones.keySet().forEach(name -> from(name).sent.clear());
    packets();
    Set<String> names = new TreeSet<>();
    microphones.keySet().stream().filter(name -> !from(name).sent.isEmpty()).forEach(names::add);
    return names;
  }

  @Test
  void whileThereIsAPlaceForEachAllAreHeard() {
    enter("a", "b");
    pass(1_000);
    assertEquals(Set.of("a", "b"), heard());
    assertEquals(0, stage.tally.counts().getOrDefault(Counter.SFU_AUDIO_LEFT_OUT, 0L));
  }

  @Test
  void whoBeginsToSpeakIsHeardFromTheVeryFirstPacketOn() {
    enter("a", "b", "c");
    pass(3_000, "a");
    assertEquals(Set.of("a", "b"), heard());
    levels.put("c", TALK);
    from("c").sent.clear();
    packets();
    assertEquals(1, from("c").sent.size());
    assertEquals(Set.of("a", "c"), heard());
  }

  @Test
  void whoPausesBetweenTwoSentencesKeepsThePlace() {
    enter("a", "b", "c");
    pass(3_000, "a", "b");
    pass(1_000, "b");
    levels.put("c", TALK);
    packets();
    assertEquals(Set.of("a", "b"), heard());
    pass(1_500, "b", "c");
    assertEquals(Set.of("b", "c"), heard());
  }

  @Test
  void ofMoreWhoSpeakAtOnceTheLouderOnesAreHeard() {
    enter("a", "b", "c");
    for (String name : List.of("a", "b", "c")) {
      levels.put(name, name.equals("b") ? 52 : TALK);
    }
    for (int i = 0; i < 250; i++) {
      packets();
    }
    assertEquals(Set.of("a", "c"), heard());
  }

  @Test
  void whatWasPassedOverIsNoGapToTheReceiver() {
    enter("a", "b", "c");
    List<FakeSender.Sent> sent = new ArrayList<>();
    for (String[] speaking : new String[][] {{"a", "b"}, {"a", "c"}, {"a", "b"}, {"c"}}) {
      pass(4_000, speaking);
      sent.addAll(from("b").sent);
      from("b").sent.clear();
    }
    long first = sent.getFirst().sequence();
    for (int i = 0; i < sent.size(); i++) {
      assertEquals(first + i, sent.get(i).sequence());
      assertTrue(i == 0 || sent.get(i).timestamp() - sent.get(i - 1).timestamp() > 0);
    }
    assertTrue(stage.tally.counts().get(Counter.SFU_AUDIO_LEFT_OUT) > 300);
    assertTrue(
        Description.of(stage.rooms.room(RoomStage.ROOM), stage.now()).subscriptions().stream()
            .anyMatch(it -> it.why().equals("others-are-louder")));
  }

  @Test
  void whoLeavesMakesAPlace() {
    enter("a", "b", "c");
    pass(1_000, "a", "b");
    assertEquals(Set.of("a", "b"), heard());
    stage.close("b");
    microphones.remove("b");
    assertEquals(Set.of("a", "c"), heard());
  }

  @Test
  void aNewcomerHearsThoseWhoSpeak() {
    enter("a", "b", "c");
    pass(5_000, "b", "c");
    FakePeer late = stage.open("late");
    pass(200, "b", "c");
    assertTrue(late.sender("a", Kind.AUDIO).sent.isEmpty());
    assertFalse(late.sender("c", Kind.AUDIO).sent.isEmpty());
  }

  @Test
  void whoSaysNothingOfLevelsIsNotCutOff() {
    enter("a", "b", "c");
    levels.put("c", -1);
    for (int i = 0; i < 100; i++) {
      packets();
    }
    assertTrue(heard().contains("c"));
  }
}
