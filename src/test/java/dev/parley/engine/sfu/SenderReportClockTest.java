package dev.parley.engine.sfu;

import static dev.parley.engine.sfu.Packets.MILLISECOND;
import static dev.parley.engine.sfu.Packets.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.protocol.rtcp.NtpTime;
import org.junit.jupiter.api.Test;

class SenderReportClockTest {
  private static final long START = Long.MAX_VALUE - SECOND;

  /// Our wall clock at START, and the publisher's, which is an hour slow.
  private static final long WALL = 1_700_000_000L * SECOND;

  private static final long THEIRS = WALL - 3_600 * SECOND;

  private final PublisherClock publisher = new PublisherClock();
  private final SourceClock voice = new SourceClock(publisher, 48_000);
  private final SourceClock lips = new SourceClock(publisher, 90_000);
  private final Rewriter voiceOut = Rewriter.forAudio(48_000, 0, 1_000_000);
  private final Rewriter lipsOut = Rewriter.forVideo(0, 2_000_000);
  private final SenderReportClock voiceReports = new SenderReportClock();
  private final SenderReportClock lipsReports = new SenderReportClock();

  @Test
  void whatIsCapturedTogetherIsReportedTogether() {
    // Captured at the same moment, 5 ms into the publisher's time.
    int voiceStamp = 48 * 5 + 77;
    int lipsStamp = 90 * 5 - 123;
    voiceOut.start(0, 1, voiceStamp, START + 30 * MILLISECOND);
    lipsOut.start(0, 1, lipsStamp, START + 80 * MILLISECOND);
    // The reports arrive with different delays.
    voice.senderReport(NtpTime.of(THEIRS), 77, at(40), START + 40 * MILLISECOND);
    lips.senderReport(
        NtpTime.of(THEIRS + SECOND), -123 + 90_000, at(1_300), START + 1_300 * MILLISECOND);
    long voiceWall = capture(voiceReports, voiceOut, voice, voiceOut.timestamp(voiceStamp), 48);
    long lipsWall = capture(lipsReports, lipsOut, lips, lipsOut.timestamp(lipsStamp), 90);
    assertEquals(voiceWall, lipsWall, MILLISECOND / 10.0);
    // The hour is gone: what was captured 5 ms into their time is 45 ms into ours.
    assertEquals(at(45), voiceWall, MILLISECOND / 10.0);
  }

  @Test
  void lipsStayInStepAcrossASwitchOfSource() {
    SourceClock small = new SourceClock(publisher, 90_000);
    lips.senderReport(NtpTime.of(THEIRS), 0, at(0), START);
    small.senderReport(NtpTime.of(THEIRS), 500_000, at(0), START);
    lipsOut.start(0, 1, 0, START);
    // The other layer's picture of 100 ms comes 37 ms late.
    lipsOut.start(1, 1, 500_000 + 9_000, START + 137 * MILLISECOND);
    int stamp = lipsOut.timestamp(509_000);
    assertEquals(at(100), capture(lipsReports, lipsOut, small, stamp, 90), MILLISECOND / 10.0);
  }

  @Test
  void beforeThePublisherReportsArrivalIsTakenForCapture() {
    voiceOut.start(0, 1, 960, START + 30 * MILLISECOND);
    assertFalse(voice.known());
    voiceReports.report(voiceOut, voice, at(50), START + 50 * MILLISECOND);
    assertEquals(NtpTime.of(at(50)), voiceReports.ntp());
    assertEquals(1_000_000 + 20 * 48, voiceReports.timestamp());
  }

  @Test
  void packetsAndOctetsAreCounted() {
    voiceReports.sent(160);
    voiceReports.sent(100);
    assertEquals(2, voiceReports.packets());
    assertEquals(260, voiceReports.octets());
  }

  /// Our wall clock so many milliseconds after START.
  private static long at(long milliseconds) {
    return WALL + milliseconds * MILLISECOND;
  }

  /// When a receiver takes a timestamp to have been captured.
  private static long capture(
      SenderReportClock reports, Rewriter out, SourceClock source, int timestamp, int ticks) {
    reports.report(out, source, at(3_000), START + 3 * SECOND);
    long behind = (reports.timestamp() - timestamp) * MILLISECOND / ticks;
    return NtpTime.wall(reports.ntp()) - behind;
  }
}
