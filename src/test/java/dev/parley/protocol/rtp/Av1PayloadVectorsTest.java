package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Aggregation headers and OBU elements of the AV1 RTP specification, section 4.4, built by hand.
class Av1PayloadVectorsTest {
  private static final int FRAME = 6;

  /// As Chromium begins a key frame: Y, two elements, N; a sequence header of 4 octets, then the
  /// first part of a frame.
  @Test
  void aBrowsersKeyFrameIsReadFieldByField() {
    byte[] payload = Hex.octets("68 04 08000000 30 112233");
    assertFalse(Av1Payload.continues(payload, 0));
    assertTrue(Av1Payload.continued(payload, 0));
    assertEquals(2, Av1Payload.elements(payload, 0));
    assertTrue(Av1Payload.startsSequence(payload, 0));
    assertEquals(1 << Av1Payload.SEQUENCE_HEADER | 1 << FRAME, units("68 04 08000000 30 112233"));
    assertTrue(keyFrame("68 04 08000000 30 112233"));
  }

  @Test
  void aSequenceHeaderBeginsAKeyFrameWithoutN() {
    assertTrue(keyFrame("20 02 0800 30 11"));
    assertTrue(keyFrame("10 0800"));
    assertFalse(keyFrame("10 3011"));
  }

  @Test
  void nSaysKeyFrameWhateverIsBehindIt() {
    assertTrue(keyFrame("08 ffffff"), "encrypted end to end");
    assertTrue(keyFrame("18 3011"));
  }

  @Test
  void aSequenceCannotBeginInTheMiddleOfAnObu() {
    assertFalse(keyFrame("98 0811"));
    assertEquals(RtpPacket.MALFORMED, units("98 0811"));
  }

  @Test
  void whatGoesOnDoesNotBegin() {
    assertEquals(0, units("90 0811"));
    assertFalse(keyFrame("90 0811"));
    assertEquals(1 << FRAME, units("a0 02 0811 30 11"));
  }

  @Test
  void withoutACountEachElementHasALength() {
    assertEquals(1 << Av1Payload.SEQUENCE_HEADER | 1 << FRAME, units("00 01 08 02 3011"));
    assertEquals(RtpPacket.MALFORMED, units("00 01 08 03 3011"));
    assertEquals(1 << FRAME, units("00 00 01 30"), "an empty element begins nothing");
  }

  @Test
  void aCountThatIsNotTrueIsMalformed() {
    assertEquals(RtpPacket.MALFORMED, units("10"));
    assertEquals(RtpPacket.MALFORMED, units("20 02 3011"));
    assertEquals(RtpPacket.MALFORMED, units("30 01 30 01 30"));
    assertEquals(1 << FRAME, units("30 01 30 01 30 30"));
  }

  @Test
  void lengthsAreLeb128() {
    String frame = "30" + "00".repeat(129);
    assertEquals(1 << FRAME, units("00 8201" + frame));
    assertEquals(1 << FRAME, units("00 8281808000" + frame), "leading zeros");
    assertEquals(RtpPacket.MALFORMED, units("00 8301" + frame));
    assertEquals(RtpPacket.MALFORMED, units("00 ffffffffffffff7f" + frame));
    assertEquals(RtpPacket.MALFORMED, units("00 ffffffffffffffff7f" + frame));
    assertEquals(RtpPacket.MALFORMED, units("00 80"));
  }

  @Test
  void noOctetsAreNoPayload() {
    assertEquals(RtpPacket.MALFORMED, units(""));
    assertFalse(keyFrame(""));
  }

  private static int units(String payload) {
    byte[] octets = Hex.octets("ff" + payload);
    return Av1Payload.units(octets, 1, octets.length - 1);
  }

  private static boolean keyFrame(String payload) {
    byte[] octets = Hex.octets("ff" + payload);
    return Av1Payload.keyFrame(octets, 1, octets.length - 1);
  }
}
