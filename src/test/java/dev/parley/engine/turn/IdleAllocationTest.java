package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What an allocation costs that does nothing: well under 4 KiB of heap, and nothing when it is
/// gone.
@Isolated("counts what the whole JVM has")
class IdleAllocationTest {
  private static final int ALLOCATIONS = 20_000;

  private final TurnScenario scenario =
      new TurnScenario(
          TurnScenario.policy(),
          new TurnPlace(
              0,
              1,
              1024,
              65_535,
              List.of(TurnScenario.portless(TurnScenario.SERVER)),
              List.of(),
              new byte[] {1}));

  private void allocate() {
    for (int i = 0; i < ALLOCATIONS; i++) {
      // So slowly that one source may.
      scenario.clock.pass(Duration.ofMillis(2));
      TurnClient client = scenario.client();
      assertEquals(TurnAnswer.SUCCESS, client.allocate().error());
      client.permit(TurnScenario.PEER);
      client.bind(0x4000, TurnScenario.PEER);
      scenario.orders();
    }
  }

  @Test
  void costsLittle() {
    long before = used();
    allocate();
    long each = (used() - before) / ALLOCATIONS;
    assertTrue(each < 3 * 1024, "octets each: " + each);
    scenario.pass(600);
    assertEquals(0, scenario.server.held());
    long left = (used() - before) / ALLOCATIONS;
    assertTrue(left < 256, "octets left: " + left);
  }

  private static long used() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
