package dev.parley.engine.peer;

import static dev.parley.engine.peer.Units.MILLISECOND;
import static dev.parley.engine.peer.Units.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NackGeneratorTest {
  private static final long START = Long.MAX_VALUE - 300 * MILLISECOND;
  private final NackGenerator generator = NackGenerator.forVideo();

  @Test
  void aStreamInOrderAsksForNothing() {
    receive(1, 2, 3);
    assertEquals(Engine.NEVER, generator.deadline());
    assertEquals(List.of(), due(SECOND));
  }

  @Test
  void aGapIsAskedForAfterALittleWhile() {
    receive(65_534, 65_537);
    assertEquals(START + 10 * MILLISECOND, generator.deadline());
    assertEquals(List.of(), due(9 * MILLISECOND));
    assertEquals(List.of(65_535, 0), due(10 * MILLISECOND));
  }

  @Test
  void reorderIsNoLoss() {
    receive(1, 3, 2);
    assertEquals(Engine.NEVER, generator.deadline());
    assertEquals(1, generator.recovered());
    assertEquals(0, generator.asked());
  }

  @Test
  void whatDoesNotComeIsAskedForEverLaterAndThenGivenUp() {
    generator.roundTrip(40 * MILLISECOND);
    receive(1, 3);
    List<Long> asked = new ArrayList<>();
    while (generator.deadline() != Engine.NEVER) {
      long at = generator.deadline() - START;
      asked.addAll(due(at).isEmpty() ? List.of() : List.of(at / MILLISECOND));
    }
    assertEquals(List.of(10L, 60L, 110L, 210L, 310L, 510L, 710L), asked);
    assertEquals(0, generator.missing());
    assertFalse(generator.keyFrameWanted());
  }

  @Test
  void aShortWayIsTriedTenTimesAtMost() {
    NackGenerator patient = new NackGenerator(Duration.ofMinutes(1));
    patient.roundTrip(MILLISECOND);
    patient.received(1, START);
    patient.received(3, START);
    int[] into = new int[NackGenerator.WINDOW];
    while (patient.deadline() != Engine.NEVER) {
      patient.due(into, patient.deadline());
    }
    assertEquals(10, patient.asked());
  }

  @Test
  void nothingIsAskedForWhenItHasCome() {
    receive(1, 4);
    assertEquals(List.of(2, 3), due(10 * MILLISECOND));
    receive(2);
    assertEquals(List.of(3), due(110 * MILLISECOND));
    assertEquals(1, generator.missing());
  }

  @Test
  void anOutageWantsAKeyFrameInstead() {
    receive(1, 3, 1_000);
    assertTrue(generator.keyFrameWanted());
    assertFalse(generator.keyFrameWanted());
    assertEquals(0, generator.missing());
    receive(1_002);
    assertEquals(List.of(1_001), due(10 * MILLISECOND));
  }

  @Test
  void manySmallGapsMakeAnOutageToo() {
    for (int i = 0; i <= NackGenerator.WINDOW; i++) {
      receive(2 * i);
    }
    assertFalse(generator.keyFrameWanted());
    assertEquals(NackGenerator.WINDOW, due(10 * MILLISECOND).size());
    receive(2 * NackGenerator.WINDOW + 2);
    assertTrue(generator.keyFrameWanted());
  }

  @Test
  void whatIsOlderThanAKeyFrameNeedNotCome() {
    receive(1, 3, 5, 7);
    generator.keyFrame(5);
    assertEquals(List.of(6), due(10 * MILLISECOND));
  }

  @Test
  void aDuplicateOrAnUnknownLatePacketChangesNothing() {
    receive(10, 12, 12, 5);
    assertEquals(List.of(11), due(10 * MILLISECOND));
    assertEquals(0, generator.recovered());
  }

  private void receive(long... sequences) {
    for (long sequence : sequences) {
      generator.received(sequence, START);
    }
  }

  private List<Integer> due(long after) {
    int[] into = new int[NackGenerator.WINDOW];
    int count = generator.due(into, START + after);
    return Arrays.stream(into, 0, count).boxed().toList();
  }
}
