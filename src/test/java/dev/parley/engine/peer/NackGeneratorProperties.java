package dev.parley.engine.peer;

import static dev.parley.engine.peer.Units.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NackGeneratorProperties {
  @Property
  void onlyWhatIsMissingIsAskedFor(
      @ForAll @Size(max = 300) List<@IntRange(min = -20, max = 20) Integer> jumps) {
    NackGenerator generator = NackGenerator.forVideo();
    Set<Integer> arrived = new HashSet<>();
    int[] into = new int[NackGenerator.WINDOW];
    int sequence = 10_000;
    long now = 0;
    for (int jump : jumps) {
      sequence += jump;
      now += 3 * MILLISECOND;
      generator.received(sequence, now);
      arrived.add(sequence);
      int due = generator.due(into, now);
      for (int i = 0; i < due; i++) {
        assertTrue(!arrived.contains(into[i]) && (i == 0 || into[i] > into[i - 1]));
      }
    }
    while (generator.deadline() != Engine.NEVER) {
      long before = generator.deadline();
      generator.due(into, before);
      assertTrue(generator.deadline() - before > 0);
    }
    assertEquals(0, generator.missing());
  }

  @Property
  void noJumpBreaksIt(@ForAll @Size(max = 200) List<@IntRange(max = 65535) Integer> sequences) {
    NackGenerator generator = NackGenerator.forAudio();
    int[] into = new int[NackGenerator.WINDOW];
    long now = 0;
    for (int sequence : sequences) {
      generator.received(sequence, now += MILLISECOND);
      assertTrue(generator.missing() <= NackGenerator.WINDOW);
      generator.due(into, now);
    }
  }
}
