package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.protocol.rtcp.NtpTime;
import org.junit.jupiter.api.Test;

class SentReportsTest {
  private static final long MILLISECOND = 1_000_000;
  private final SentReports reports = new SentReports();

  @Test
  void theRoundTripIsWhatPassedButForWhatTheReceiverHeldIt() {
    reports.sent(77, 100 * MILLISECOND);
    int half = 1 << 15;
    assertEquals(40 * MILLISECOND, reports.roundTrip(77, half, 640 * MILLISECOND));
  }

  @Test
  void aReportThatNobodySentTellsNothing() {
    assertEquals(NtpTime.UNKNOWN, reports.roundTrip(0, 0, 5));
    reports.sent(77, 100 * MILLISECOND);
    assertEquals(NtpTime.UNKNOWN, reports.roundTrip(78, 0, 640 * MILLISECOND));
  }

  @Test
  void onlyTheLastAreRemembered() {
    for (int i = 1; i <= 5; i++) {
      reports.sent(i, i * MILLISECOND);
    }
    assertEquals(NtpTime.UNKNOWN, reports.roundTrip(1, 0, 9 * MILLISECOND));
    assertEquals(7 * MILLISECOND, reports.roundTrip(2, 0, 9 * MILLISECOND));
  }

  @Test
  void aForgedDelayMakesAShortTripAtWorst() {
    reports.sent(77, 100 * MILLISECOND);
    assertEquals(0, reports.roundTrip(77, -1, 640 * MILLISECOND));
  }
}
