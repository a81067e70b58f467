package dev.parley.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The chunks of the draft's sections 3.1.3 and 3.1.4, and a packet somebody else wrote.
class TransportFeedbackVectorsTest {
  /// Nine packets received, as a public capture of a call has them; padded by one octet.
  static final String CAPTURED =
      "afcd0007 00000001 dd586eb6 00010009 5e911000 20091c0c 2c380004 00081801";

  private final TransportFeedback feedback = new TransportFeedback();

  private void read(String hex) {
    byte[] octets = Told.octets(hex);
    assertEquals(RtcpRefusal.NONE, feedback.read(octets, 0, octets.length));
  }

  private List<String> statuses() {
    List<String> statuses = new ArrayList<>();
    while (feedback.next()) {
      statuses.add(feedback.sequence() + (feedback.received() ? "+" + feedback.delta() : "-"));
    }
    return statuses;
  }

  @Test
  void ninePacketsOfACapture() {
    byte[] octets = Told.octets(CAPTURED);
    assertEquals(RtcpRefusal.NONE, feedback.read(octets, 12, octets.length - 13));
    assertEquals(1, feedback.baseSequence());
    assertEquals(9, feedback.statusCount());
    assertEquals(6_197_520, feedback.referenceTime());
    assertEquals(0, feedback.feedbackCount());
    assertEquals(
        List.of("1+28", "2+12", "3+44", "4+56", "5+0", "6+4", "7+0", "8+8", "9+24"), statuses());
    assertEquals(6_197_520L * 256 + 176, feedback.ticks());
  }

  @Test
  void aRunOf221NotReceived() {
    // The draft's first run; one received follows, for feedback on none has no use.
    read("fff000de 00000000 00dd 2001 05");
    for (int i = 0; i < 221; i++) {
      assertTrue(feedback.next());
      assertFalse(feedback.received());
      assertEquals(0xfff0 + i & 0xffff, feedback.sequence());
    }
    assertEquals(List.of("205+5"), statuses());
  }

  @Test
  void aVectorOfFourteen() {
    read("0000000e 00000000 9f1c 0102030405060708");
    assertEquals(
        List.of(
            "0-", "1+1", "2+2", "3+3", "4+4", "5+5", "6-", "7-", "8-", "9+6", "10+7", "11+8", "12-",
            "13-"),
        statuses());
  }

  @Test
  void aVectorOfSevenWithLargeAndNegativeDeltas() {
    // 0 2 1 1 1 0 2
    read("00000007 fffffe07 c952 7fff 01 02 03 8000");
    assertEquals(-2, feedback.referenceTime());
    assertEquals(7, feedback.feedbackCount());
    assertEquals(List.of("0-", "1+32767", "2+1", "3+2", "4+3", "5-", "6+-32768"), statuses());
    assertEquals(-512 + 32767 + 6 - 32768, feedback.ticks());
  }

  @Test
  void statusesBehindTheCountAreNone() {
    read("00000002 00000000 bfff 0102");
    assertEquals(List.of("0+1", "1+2"), statuses());
  }

  @Test
  void runsOfNothingAreStepppedOver() {
    read("00000002 00000000 0000 4000 2002 0102");
    assertEquals(List.of("0+1", "1+2"), statuses());
  }

  @Test
  void theReceivedAreFoundWithoutSteppingThroughTheLost() {
    read("ffffffff 00000000 1fff1fff1fff1fff1fff1fff1fff1fff 0006 2001 2a");
    assertTrue(feedback.nextReceived());
    assertEquals(0xfffd, feedback.sequence());
    assertEquals(42, feedback.delta());
    assertFalse(feedback.nextReceived());
    assertFalse(feedback.next());
  }

  @Test
  void bothStepsMix() {
    read("00000006 00000000 2001 0002 2001 9000 01 02 03");
    assertTrue(feedback.next());
    assertEquals(0, feedback.sequence());
    assertTrue(feedback.nextReceived());
    assertEquals(3, feedback.sequence());
    assertTrue(feedback.next());
    assertEquals(4, feedback.sequence());
    assertFalse(feedback.received());
    assertEquals(0, feedback.delta());
    assertTrue(feedback.nextReceived());
    assertEquals(5, feedback.sequence());
    assertEquals(6, feedback.ticks());
  }

  @Test
  void whatWasRefusedHasNoStatuses() {
    read("00000002 00000000 2002 0102");
    assertEquals(
        RtcpRefusal.STATUSES, feedback.read(Told.octets("00000002 00000000 2002 01"), 0, 11));
    assertFalse(feedback.next());
    assertFalse(feedback.nextReceived());
  }

  @Test
  void referenceTimesAreComparedModulo24Bits() {
    assertEquals(256, TransportFeedback.referenceTicks(5, 6));
    assertEquals(-256, TransportFeedback.referenceTicks(6, 5));
    assertEquals(512, TransportFeedback.referenceTicks(0x7fffff, -0x7fffff));
    assertEquals(-512, TransportFeedback.referenceTicks(-0x7fffff, 0x7fffff));
    assertEquals(256, TransportFeedback.referenceTicks(-1, 0));
  }
}
