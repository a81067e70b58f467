package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Bit layouts of RFC 9628 section 4.2, built by hand.
class Vp9DescriptorVectorsTest {
  /// As Chromium begins a key picture of three spatial layers, non-flexible: I L B E V, picture ID
  /// 0x0102, TID 0 SID 0, TL0PICIDX 9, sizes of three layers and a group of one picture.
  private static final String SVC_KEY =
      "ae 8102 00 09 58 0140 00b4 0280 0168 0500 02d0 01 04 01 82498342";

  @Test
  void aBrowsersKeyPictureIsReadFieldByField() {
    byte[] payload = Hex.octets("ff" + SVC_KEY);
    int length = payload.length - 1;
    assertEquals(21, Vp9Descriptor.length(payload, 1, length));
    assertTrue(Vp9Descriptor.startsFrame(payload, 1));
    assertTrue(Vp9Descriptor.endsFrame(payload, 1));
    assertFalse(Vp9Descriptor.interPredicted(payload, 1));
    assertFalse(Vp9Descriptor.flexible(payload, 1));
    assertFalse(Vp9Descriptor.notReferredToAbove(payload, 1));
    assertEquals(15, Vp9Descriptor.pictureIdBits(payload, 1));
    assertEquals(0x0102, Vp9Descriptor.pictureId(payload, 1));
    assertEquals(0, Vp9Descriptor.temporalLayer(payload, 1));
    assertEquals(0, Vp9Descriptor.spatialLayer(payload, 1));
    assertEquals(9, Vp9Descriptor.tl0PicIdx(payload, 1));
    assertTrue(Vp9Descriptor.keyFrame(payload, 1, length));

    int structure = Vp9Descriptor.structureAt(payload, 1, length);
    assertEquals(3, Vp9Structure.spatialLayers(payload, structure));
    assertEquals(320, Vp9Structure.width(payload, structure, 0));
    assertEquals(180, Vp9Structure.height(payload, structure, 0));
    assertEquals(1280, Vp9Structure.width(payload, structure, 2));
    assertEquals(720, Vp9Structure.height(payload, structure, 2));
    assertEquals(Vp9Descriptor.NONE, Vp9Structure.width(payload, structure, 3));
    assertEquals(1, Vp9Structure.pictureGroup(payload, structure));
  }

  @Test
  void aDescriptorThatDoesNotFitIsRefused() {
    byte[] payload = Hex.octets(SVC_KEY);
    for (int length = 0; length < 21; length++) {
      assertEquals(RtpPacket.MALFORMED, Vp9Descriptor.length(payload, 0, length));
      assertFalse(Vp9Descriptor.keyFrame(payload, 0, length));
    }
  }

  @Test
  void layerIndicesAreThreeAndThreeBitsWithAFlagBehindEach() {
    byte[] payload = Hex.octets("28 b5 33");
    assertEquals(5, Vp9Descriptor.temporalLayer(payload, 0));
    assertTrue(Vp9Descriptor.switchingUpPoint(payload, 0));
    assertEquals(2, Vp9Descriptor.spatialLayer(payload, 0));
    assertTrue(Vp9Descriptor.interLayerPredicted(payload, 0));
    assertEquals(0x33, Vp9Descriptor.tl0PicIdx(payload, 0));
    assertEquals(3, Vp9Descriptor.length(payload, 0, 3));
    payload[1] = (byte) 0xea;
    assertEquals(7, Vp9Descriptor.temporalLayer(payload, 0));
    assertFalse(Vp9Descriptor.switchingUpPoint(payload, 0));
    assertEquals(5, Vp9Descriptor.spatialLayer(payload, 0));
    assertFalse(Vp9Descriptor.interLayerPredicted(payload, 0));
  }

  @Test
  void flexibleModeNamesReferencesAndHasNoTl0PicIdx() {
    byte[] payload = Hex.octets("f8 7f 20 03 05 06 aa");
    assertEquals(6, Vp9Descriptor.length(payload, 0, 7));
    assertEquals(0x7f, Vp9Descriptor.pictureId(payload, 0));
    assertEquals(1, Vp9Descriptor.temporalLayer(payload, 0));
    assertEquals(Vp9Descriptor.NONE, Vp9Descriptor.tl0PicIdx(payload, 0));
    assertTrue(Vp9Descriptor.flexible(payload, 0));
    assertFalse(Vp9Descriptor.keyFrame(payload, 0, 7));
    Vp9Descriptor.putTl0PicIdx(payload, 0, 0xff);
    assertEquals("f87f20030506aa", Hex.of(payload, 0, 7));
  }

  @Test
  void aFourthReferenceIsRefused() {
    assertEquals(
        RtpPacket.MALFORMED, Vp9Descriptor.length(Hex.octets("f8 7f 20 03 05 07 02"), 0, 7));
    assertEquals(RtpPacket.MALFORMED, Vp9Descriptor.length(Hex.octets("f8 7f 20 03"), 0, 4));
  }

  @Test
  void theStructureStandsBehindTheReferences() {
    byte[] payload = Hex.octets("d2 01 02 00 aa");
    assertEquals(3, Vp9Descriptor.structureAt(payload, 0, 5));
    assertEquals(4, Vp9Descriptor.length(payload, 0, 5));
    assertEquals(1, Vp9Structure.spatialLayers(payload, 3));
    assertEquals(Vp9Descriptor.NONE, Vp9Structure.width(payload, 3, 0));
    assertEquals(Vp9Descriptor.NONE, Vp9Structure.pictureGroup(payload, 3));
    assertEquals(Vp9Descriptor.NONE, Vp9Descriptor.structureAt(Hex.octets("00"), 0, 1));
  }

  @Test
  void aPictureGroupHasItsReferencesBehindEachPicture() {
    byte[] payload = Hex.octets("02 08 03 00 44 01 28 01 02 aa");
    assertEquals(9, Vp9Descriptor.length(payload, 0, 10));
    assertEquals(3, Vp9Structure.pictureGroup(payload, 1));
    assertEquals(RtpPacket.MALFORMED, Vp9Descriptor.length(payload, 0, 8));
  }

  @Test
  void onlyTheLowestSpatialLayerBeginsAKeyFrame() {
    assertTrue(Vp9Descriptor.keyFrame(Hex.octets("08"), 0, 1));
    assertFalse(Vp9Descriptor.keyFrame(Hex.octets("00"), 0, 1), "B is clear");
    assertFalse(Vp9Descriptor.keyFrame(Hex.octets("48"), 0, 1), "P is set");
    assertTrue(Vp9Descriptor.keyFrame(Hex.octets("28 00 00"), 0, 3));
    assertFalse(Vp9Descriptor.keyFrame(Hex.octets("28 03 00"), 0, 3), "spatial layer 1");
  }

  @Test
  void picturesAreRenumberedInTheSizeTheyHave() {
    byte[] payload = Hex.octets(SVC_KEY);
    Vp9Descriptor.putPictureId(payload, 0, 0x1_ffff);
    Vp9Descriptor.putTl0PicIdx(payload, 0, 0x10a);
    assertEquals("aeffff000a58", Hex.of(payload, 0, 6));
    byte[] shortId = Hex.octets("80 01 aa");
    Vp9Descriptor.putPictureId(shortId, 0, 0xff);
    assertEquals("807faa", Hex.of(shortId, 0, 3));
    byte[] none = Hex.octets("08 01 aa");
    Vp9Descriptor.putPictureId(none, 0, 0xff);
    assertEquals("0801aa", Hex.of(none, 0, 3));
  }
}
