package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RepairBudgetTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long START = Long.MAX_VALUE - 1_000 * MILLISECOND;
  private final RepairBudget budget = new RepairBudget();

  @Test
  void retransmissionsTakeHalfOfWhatThePathCarries() {
    long octets = 0;
    for (int i = 0; i < 10_000; i++) {
      octets += budget.take(1_000, 800_000, START + i * MILLISECOND) ? 1_000 : 0;
    }
    // Half a second's worth at once, then 400 kbit/s.
    assertEquals(25_000 + 500_000, octets, 1_500);
  }

  @Test
  void aFewPacketsGoHoweverNarrowThePath() {
    int sent = 0;
    while (budget.take(1_100, 10_000, START)) {
      sent++;
    }
    assertEquals(4, sent);
  }

  @Test
  void whatIsSavedUpOnAWidePathIsNotSpentOnANarrowOne() {
    assertTrue(budget.take(1_000, 20_000_000, START));
    int sent = 0;
    while (budget.take(1_000, 100_000, START)) {
      sent++;
    }
    assertEquals(4, sent);
  }
}
