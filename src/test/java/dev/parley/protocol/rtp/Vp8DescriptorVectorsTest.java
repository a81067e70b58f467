package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Bit layouts of RFC 7741 section 4.2, built by hand.
class Vp8DescriptorVectorsTest {
  /// As Chromium sends a key frame of 640x480 with temporal layers: 15 bits of picture ID 0x1234,
  /// TL0PICIDX 7, TID 0, Y, KEYIDX 3.
  private static final String CHROMIUM_KEY = "90 f0 9234 07 23  50 d2 02 9d012a 8002 e001 00";

  @Test
  void aBrowsersKeyFrameIsReadFieldByField() {
    byte[] payload = Hex.octets("ff" + CHROMIUM_KEY);
    int length = payload.length - 1;
    assertEquals(6, Vp8Descriptor.length(payload, 1, length));
    assertTrue(Vp8Descriptor.startsFrame(payload, 1));
    assertFalse(Vp8Descriptor.discardable(payload, 1));
    assertEquals(15, Vp8Descriptor.pictureIdBits(payload, 1));
    assertEquals(0x1234, Vp8Descriptor.pictureId(payload, 1));
    assertEquals(7, Vp8Descriptor.tl0PicIdx(payload, 1));
    assertEquals(0, Vp8Descriptor.temporalLayer(payload, 1));
    assertTrue(Vp8Descriptor.layerSync(payload, 1));
    assertEquals(3, Vp8Descriptor.keyIdx(payload, 1));
    assertTrue(Vp8Descriptor.keyFrame(payload, 1, length));
    assertEquals(640, Vp8Descriptor.width(payload, 1, length));
    assertEquals(480, Vp8Descriptor.height(payload, 1, length));
  }

  @Test
  void theUpscalingBitsAreNoPartOfTheSize() {
    byte[] payload = Hex.octets("10 50d202 9d012a 80c2 e041 00");
    assertEquals(640, Vp8Descriptor.width(payload, 0, payload.length));
    assertEquals(480, Vp8Descriptor.height(payload, 0, payload.length));
  }

  @Test
  void aDescriptorOfOneOctetHasNoFields() {
    byte[] payload = Hex.octets("30 01");
    assertEquals(1, Vp8Descriptor.length(payload, 0, 2));
    assertTrue(Vp8Descriptor.discardable(payload, 0));
    assertEquals(0, Vp8Descriptor.pictureIdBits(payload, 0));
    assertEquals(Vp8Descriptor.NONE, Vp8Descriptor.pictureId(payload, 0));
    assertEquals(Vp8Descriptor.NONE, Vp8Descriptor.tl0PicIdx(payload, 0));
    assertEquals(Vp8Descriptor.NONE, Vp8Descriptor.temporalLayer(payload, 0));
    assertEquals(Vp8Descriptor.NONE, Vp8Descriptor.keyIdx(payload, 0));
    assertFalse(Vp8Descriptor.layerSync(payload, 0));
    assertFalse(Vp8Descriptor.keyFrame(payload, 0, 2), "P is set");
  }

  @Test
  void eachFieldStandsWhereThoseInFrontLeaveIt() {
    byte[] shortId = Hex.octets("80 80 55");
    assertEquals(3, Vp8Descriptor.length(shortId, 0, 3));
    assertEquals(0x55, Vp8Descriptor.pictureId(shortId, 0));
    byte[] index = Hex.octets("80 40 99");
    assertEquals(3, Vp8Descriptor.length(index, 0, 3));
    assertEquals(0x99, Vp8Descriptor.tl0PicIdx(index, 0));
    byte[] temporal = Hex.octets("80 20 df");
    assertEquals(3, Vp8Descriptor.temporalLayer(temporal, 0));
    assertFalse(Vp8Descriptor.layerSync(temporal, 0));
    assertEquals(Vp8Descriptor.NONE, Vp8Descriptor.keyIdx(temporal, 0));
    byte[] key = Hex.octets("80 10 ff");
    assertEquals(31, Vp8Descriptor.keyIdx(key, 0));
    assertEquals(Vp8Descriptor.NONE, Vp8Descriptor.temporalLayer(key, 0));
    byte[] shortIdAndRest = Hex.octets("80 f0 01 02 43");
    assertEquals(5, Vp8Descriptor.length(shortIdAndRest, 0, 5));
    assertEquals(1, Vp8Descriptor.pictureId(shortIdAndRest, 0));
    assertEquals(2, Vp8Descriptor.tl0PicIdx(shortIdAndRest, 0));
    assertEquals(1, Vp8Descriptor.temporalLayer(shortIdAndRest, 0));
    assertEquals(3, Vp8Descriptor.keyIdx(shortIdAndRest, 0));
  }

  @Test
  void aDescriptorThatDoesNotFitIsRefused() {
    byte[] payload = Hex.octets(CHROMIUM_KEY);
    for (int length = 0; length < 6; length++) {
      assertEquals(RtpPacket.MALFORMED, Vp8Descriptor.length(payload, 0, length));
      assertFalse(Vp8Descriptor.keyFrame(payload, 0, length));
    }
    assertEquals(6, Vp8Descriptor.length(payload, 0, 6));
    assertFalse(Vp8Descriptor.keyFrame(payload, 0, 6), "no frame behind it");
    assertEquals(Vp8Descriptor.NONE, Vp8Descriptor.width(payload, 0, 15));
    assertEquals(640, Vp8Descriptor.width(payload, 0, 16));
  }

  @Test
  void onlyTheStartOfTheFirstPartitionBeginsAKeyFrame() {
    assertTrue(Vp8Descriptor.keyFrame(Hex.octets("10 00"), 0, 2));
    assertFalse(Vp8Descriptor.keyFrame(Hex.octets("00 00"), 0, 2), "S is clear");
    assertFalse(Vp8Descriptor.keyFrame(Hex.octets("11 00"), 0, 2), "the second partition");
    assertTrue(Vp8Descriptor.keyFrame(Hex.octets("58 00"), 0, 2), "reserved bits are ignored");
    assertEquals(Vp8Descriptor.NONE, Vp8Descriptor.width(Hex.octets("10 00"), 0, 2));
  }

  @Test
  void aLongPictureIdIsOverwrittenInFifteenBits() {
    byte[] payload = Hex.octets(CHROMIUM_KEY);
    Vp8Descriptor.putPictureId(payload, 0, 0x8001);
    Vp8Descriptor.putTl0PicIdx(payload, 0, 0x1ff);
    Vp8Descriptor.putKeyIdx(payload, 0, 33);
    assertEquals("90f08001ff2150", Hex.of(payload, 0, 7));
  }

  @Test
  void aShortPictureIdKeepsItsSize() {
    byte[] payload = Hex.octets("80 80 55 01");
    Vp8Descriptor.putPictureId(payload, 0, 0x1234);
    assertEquals("80803401", Hex.of(payload, 0, 4));
  }

  @Test
  void whatIsNotThereIsNotWritten() {
    byte[] payload = Hex.octets("10 0102030405");
    Vp8Descriptor.putPictureId(payload, 0, 0x7fff);
    Vp8Descriptor.putTl0PicIdx(payload, 0, 0xff);
    Vp8Descriptor.putKeyIdx(payload, 0, 0xff);
    assertEquals("100102030405", Hex.of(payload, 0, 6));
  }
}
