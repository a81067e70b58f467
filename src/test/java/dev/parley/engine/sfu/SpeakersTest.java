package dev.parley.engine.sfu;

import static dev.parley.engine.sfu.Packets.MILLISECOND;
import static dev.parley.engine.sfu.Packets.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import dev.parley.media.SpeakerView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeakersTest {
  private static final int TALK = 25;
  private static final int SILENCE = 127;

  private long now = Long.MAX_VALUE - SECOND;
  private final Speakers speakers = new Speakers();
  private final Voice ann = speakers.join("ann");
  private final Voice bob = speakers.join("bob");
  private final List<Long> told = new ArrayList<>();

  @Test
  void whileAllAreSilentNothingIsDue() {
    pass(5_000, SILENCE, SILENCE);
    assertEquals(Engine.NEVER, speakers.deadline());
    assertNull(speakers.dominant());
    assertEquals(List.of(), told);
  }

  @Test
  void whoSpeaksIsToldWithinHalfASecondAndHasTheWord() {
    pass(500, TALK, SILENCE);
    assertEquals(List.of("ann"), names());
    assertEquals("ann", speakers.dominant());
  }

  @Test
  void silenceEndsTheSpeakingAndKeepsTheLastOne() {
    pass(3_000, TALK, SILENCE);
    pass(4_000, SILENCE, SILENCE);
    assertEquals(List.of(), names());
    assertEquals("ann", speakers.dominant());
    pass(10_000, SILENCE, SILENCE);
    assertEquals(Engine.NEVER, speakers.deadline());
  }

  @Test
  void noPacketsAtAllAreSilenceToo() {
    pass(3_000, TALK, SILENCE);
    now += 100 * MILLISECOND;
    while (speakers.deadline() != Engine.NEVER) {
      now = speakers.deadline();
      speakers.tick(now);
    }
    assertEquals(List.of(), names());
    assertEquals("ann", speakers.dominant());
  }

  @Test
  void aCoughTakesTheWordFromNobody() {
    pass(5_000, TALK, SILENCE);
    pass(200, TALK, 5);
    pass(3_000, TALK, SILENCE);
    assertEquals("ann", speakers.dominant());
    pass(10_000, SILENCE, SILENCE);
    pass(200, SILENCE, 5);
    pass(3_000, SILENCE, SILENCE);
    assertEquals("ann", speakers.dominant());
  }

  @Test
  void pausesBetweenWordsEndNothing() {
    pass(2_000, TALK, SILENCE);
    for (int i = 0; i < 20; i++) {
      pass(300, SILENCE, SILENCE);
      assertEquals(List.of("ann"), names());
      pass(500, TALK, SILENCE);
    }
  }

  @Test
  void whoTakesOverHasTheWordWithinASecondAndAHalf() {
    pass(5_000, TALK, SILENCE);
    pass(1_500, SILENCE, TALK);
    assertEquals("bob", speakers.dominant());
  }

  @Test
  void twoWhoSpeakAtOnceDoNotTakeItFromEachOther() {
    pass(2_000, TALK, SILENCE);
    for (int i = 0; i < 50; i++) {
      pass(200, TALK, TALK - 3 + i % 7);
      assertEquals("ann", speakers.dominant());
    }
    assertEquals(2, names().size());
  }

  @Test
  void theLoudestStandsFirst() {
    pass(3_000, 45, TALK);
    assertEquals(List.of("bob", "ann"), names());
  }

  @Test
  void aFanBecomesNoise() {
    pass(20_000, 44, SILENCE);
    assertEquals(List.of(), names());
    pass(1_000, TALK, SILENCE);
    assertEquals(List.of("ann"), names());
  }

  @Test
  void aToneThatNeverPausesGoesOnSpeaking() {
    pass(60_000, 20, SILENCE);
    assertEquals(List.of("ann"), names());
  }

  @Test
  void packetsWithoutTheVoiceBitAreSilenceOfWhoSetsIt() {
    ann.level(SILENCE, true, now);
    pass(3_000, TALK, SILENCE);
    assertEquals(List.of(), names());
  }

  @Test
  void changesAreToldThreeTimesASecondAtMost() {
    for (int i = 0; i < 100; i++) {
      pass(100, 15 + i * 7 % 40, 15 + i * 11 % 40);
    }
    assertTrue(told.size() > 5);
    for (int i = 1; i < told.size(); i++) {
      assertTrue(told.get(i) - told.get(i - 1) >= 300 * MILLISECOND);
    }
  }

  @Test
  void nothingIsToldWhileNothingChanges() {
    pass(20_000, TALK, SILENCE);
    int before = told.size();
    pass(10_000, TALK, SILENCE);
    assertEquals(before, told.size());
  }

  @Test
  void whoLeavesIsGone() {
    pass(3_000, TALK, TALK);
    speakers.leave(ann, now);
    assertNull(speakers.dominant());
    pass(500, SILENCE, TALK);
    assertEquals(List.of("bob"), names());
    assertEquals("bob", speakers.dominant());
    assertFalse(speakers.tick(now));
  }

  /// Both send a packet every 20 ms.
  private void pass(long milliseconds, int annsLevel, int bobsLevel) {
    for (long i = 0; i < milliseconds; i += 20) {
      now += 20 * MILLISECOND;
      ann.level(annsLevel, false, now);
      bob.level(bobsLevel, false, now);
      if (speakers.deadline() != Engine.NEVER
          && now - speakers.deadline() >= 0
          && speakers.tick(now)) {
        told.add(now);
      }
    }
  }

  private List<String> names() {
    return speakers.speaking().stream().map(SpeakerView::participant).toList();
  }
}
