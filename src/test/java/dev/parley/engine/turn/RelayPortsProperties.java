package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RelayPortsProperties {
  @Property
  void everyPortOfTheNodeIsOfOneLoop(
      @ForAll @IntRange(min = 1024, max = 2048) int first,
      @ForAll @IntRange(max = 300) int more,
      @ForAll @IntRange(min = 1, max = 9) int loops) {
    Set<Integer> all = new HashSet<>();
    for (int loop = 0; loop < loops; loop++) {
      RelayPorts ports = new RelayPorts(loop, loops, first, first + more, new Random(loop));
      for (int p = ports.take(RelayPorts.Kind.ANY); p > 0; p = ports.take(RelayPorts.Kind.ANY)) {
        assertEquals(loop, TurnPlace.owner(p, loops));
        assertTrue(p >= first && p <= first + more && all.add(p));
      }
    }
    assertEquals(more + 1, all.size());
  }

  @Property(tries = 300)
  void noPortIsHandedOutTwiceAndWhatIsFreedComesBack(
      @ForAll List<@IntRange(max = 5) Integer> steps,
      @ForAll @IntRange(min = 1, max = 3) int loops,
      @ForAll long seed) {
    Random random = new Random(seed);
    RelayPorts ports = new RelayPorts(0, loops, 3001, 3040, random);
    List<Integer> taken = new ArrayList<>();
    for (int step : steps) {
      if (step < 3) {
        RelayPorts.Kind kind = RelayPorts.Kind.values()[step];
        int port = ports.take(kind);
        if (port == RelayPorts.NONE) {
          continue;
        }
        assertTrue(kind == RelayPorts.Kind.ANY || port % 2 == 0);
        for (int i = 0; i < kind.ports(); i++) {
          assertFalse(taken.contains(port + i));
          taken.add(port + i);
        }
      } else if (!taken.isEmpty()) {
        ports.free(taken.remove(random.nextInt(taken.size())));
      }
      assertEquals(taken.size(), ports.taken());
    }
    taken.forEach(ports::free);
    assertEquals(0, ports.taken());
  }

  @Example
  void aFreedPortRestsWhileOthersAreFree() {
    RelayPorts ports = new RelayPorts(0, 1, 4000, 4007, new Random(1));
    for (int i = 0; i < 1000; i++) {
      int port = ports.take(RelayPorts.Kind.ANY);
      ports.free(port);
      int next = ports.take(RelayPorts.Kind.ANY);
      assertNotEquals(port, next);
      ports.free(next);
    }
  }

  @Example
  void theLastPortComesBackAtOnceBecauseItMust() {
    RelayPorts ports = new RelayPorts(0, 1, 4000, 4000, new Random(1));
    for (int i = 0; i < 3; i++) {
      assertEquals(4000, ports.take(RelayPorts.Kind.EVEN));
      assertEquals(RelayPorts.NONE, ports.take(RelayPorts.Kind.ANY));
      ports.free(4000);
      assertEquals(RelayPorts.NONE, ports.take(RelayPorts.Kind.PAIR));
    }
  }

  @Example
  void portsAreNotHandedOutInOrder() {
    RelayPorts ports = new RelayPorts(0, 1, 20_000, 60_000, new Random(2));
    int neighbours = 0;
    int last = 0;
    for (int i = 0; i < 1000; i++) {
      int port = ports.take(RelayPorts.Kind.ANY);
      neighbours += Math.abs(port - last) < 4 ? 1 : 0;
      last = port;
    }
    assertTrue(neighbours < 10, "neighbours " + neighbours);
  }

  @Example
  void givingBackWhatIsNotTakenIsABug() {
    RelayPorts ports = new RelayPorts(1, 2, 4000, 4007, new Random(1));
    assertThrows(IllegalArgumentException.class, () -> ports.free(4002));
    assertThrows(IllegalArgumentException.class, () -> ports.free(4000));
    assertThrows(IllegalArgumentException.class, () -> ports.free(5002));
  }
}
