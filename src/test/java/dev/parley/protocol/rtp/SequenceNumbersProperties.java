package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SequenceNumbersProperties {
  @Property
  void orderIsThatOfTheDistanceUpToHalfTheCircle(
      @ForAll @IntRange(max = 65535) int sequence, @ForAll @IntRange(min = 1, max = 32767) int on) {
    int later = SequenceNumbers.plus(sequence, on);
    assertEquals(on, SequenceNumbers.difference(later, sequence));
    assertEquals(-on, SequenceNumbers.difference(sequence, later));
    assertEquals(true, SequenceNumbers.newer(later, sequence));
    assertEquals(false, SequenceNumbers.newer(sequence, later));
  }

  @Property
  void aWalkIsCountedWhereverItStarts(
      @ForAll @IntRange(max = 65535) int start,
      @ForAll @Size(max = 50) List<@IntRange(min = -32768, max = 32767) Integer> steps) {
    Unwrapper unwrapper = Unwrapper.ofSequences();
    long highest = unwrapper.unwrap(start);
    for (int step : steps) {
      long number = highest + step;
      assertEquals(number, unwrapper.peek((int) number & 0xffff));
      assertEquals(number, unwrapper.unwrap((int) number & 0xffff));
      highest = Math.max(highest, number);
      assertEquals(highest, unwrapper.highest());
    }
  }

  @Property
  void timestampsAreCountedToo(@ForAll int start, @ForAll @Size(max = 50) List<Integer> steps) {
    Unwrapper unwrapper = Unwrapper.ofTimestamps();
    long highest = unwrapper.unwrap(start);
    assertEquals(start & 0xffff_ffffL, highest);
    for (int step : steps) {
      assertEquals(highest + step, unwrapper.unwrap((int) (highest + step)));
      highest = Math.max(highest, highest + step);
    }
  }
}
