package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
  private static final String FIXED = "80 e0 1234 00000fa0 cafebabe";
  // One CSRC, an extension of two words, four octets of payload, three of padding.
  private static final String FULL =
      "b1 6f ffff fffffff0 00000001 deadbeef bede0002 1112131415161718 01020304 000003";

  @Test
  void aFixedHeaderIsReadFieldByField() {
    byte[] packet = hex(FIXED);
    assertEquals(12, RtpPacket.headerLength(packet, 0, 12));
    assertEquals(0, RtpPacket.payloadLength(packet, 0, 12));
    assertEquals(0, RtpPacket.paddingLength(packet, 0, 12));
    assertTrue(RtpPacket.marker(packet, 0));
    assertEquals(96, RtpPacket.payloadType(packet, 0));
    assertEquals(0x1234, RtpPacket.sequence(packet, 0));
    assertEquals(4000, RtpPacket.timestamp(packet, 0));
    assertEquals(0xcafebabe, RtpPacket.ssrc(packet, 0));
    assertFalse(RtpPacket.hasExtension(packet, 0));
    assertFalse(RtpPacket.hasPadding(packet, 0));
  }

  @Test
  void sourcesExtensionAndPaddingAreCounted() {
    byte[] packet = hex("0000" + FULL);
    int length = packet.length - 2;
    assertEquals(12 + 4 + 4 + 8, RtpPacket.headerLength(packet, 2, length));
    assertEquals(4, RtpPacket.payloadLength(packet, 2, length));
    assertEquals(3, RtpPacket.paddingLength(packet, 2, length));
    assertEquals(1, RtpPacket.csrcCount(packet, 2));
    assertEquals(0xdeadbeef, RtpPacket.csrc(packet, 2, 0));
    assertFalse(RtpPacket.marker(packet, 2));
    assertEquals(111, RtpPacket.payloadType(packet, 2));
    assertTrue(RtpPacket.wellFormed(packet, 2, length));
  }

  @Test
  void aHeaderThatDoesNotFitIsRefusedAtEveryLength() {
    byte[] packet = hex(FULL);
    for (int length = 0; length < 28; length++) {
      assertEquals(RtpPacket.MALFORMED, RtpPacket.headerLength(packet, 0, length));
      assertFalse(RtpPacket.wellFormed(packet, 0, length));
    }
    assertEquals(28, RtpPacket.headerLength(packet, 0, 28));
  }

  @Test
  void anotherVersionIsRefused() {
    for (int first : new int[] {0x00, 0x40, 0xc0}) {
      byte[] packet = hex(FIXED);
      packet[0] = (byte) first;
      assertEquals(RtpPacket.MALFORMED, RtpPacket.headerLength(packet, 0, 12));
    }
  }

  @Test
  void paddingOfNoOctetsOrOfTooManyIsRefused() {
    byte[] packet = hex("a0 60 0001 00000002 00000003 aabbcc00");
    assertEquals(RtpPacket.MALFORMED, RtpPacket.paddingLength(packet, 0, 16));
    packet[15] = 5;
    assertFalse(RtpPacket.wellFormed(packet, 0, 16));
    packet[15] = 4;
    assertEquals(0, RtpPacket.payloadLength(packet, 0, 16));
    assertEquals(4, RtpPacket.paddingLength(packet, 0, 16));
    assertEquals(12, RtpPacket.headerLength(packet, 0, 12));
    assertFalse(RtpPacket.wellFormed(packet, 0, 12));
  }

  @Test
  void writersTouchTheirFieldAlone() {
    byte[] packet = hex(FULL);
    RtpPacket.putMarker(packet, 0, true);
    RtpPacket.putPayloadType(packet, 0, 255);
    RtpPacket.putSequence(packet, 0, 0x1_0001);
    RtpPacket.putTimestamp(packet, 0, 7);
    RtpPacket.putSsrc(packet, 0, -2);
    String expected =
        "b1 ff 0001 00000007 fffffffe deadbeef bede0002 1112131415161718 01020304 000003";
    assertEquals(plain(expected), HexFormat.of().formatHex(packet));
    RtpPacket.putMarker(packet, 0, false);
    RtpPacket.putExtension(packet, 0, false);
    RtpPacket.putPadding(packet, 0, false);
    assertEquals(0x81, packet[0] & 0xff);
    assertEquals(0x7f, packet[1]);
  }

  @Test
  void aWrittenHeaderIsTheExpectedOne() {
    byte[] packet = new byte[14];
    RtpPacket.putHeader(packet, 1, true, 96, 0x1234, 4000, 0xcafebabe);
    assertEquals("00" + plain(FIXED) + "00", HexFormat.of().formatHex(packet));
  }

  @Test
  void rtcpIsToldFromRtpByItsSecondOctet() {
    for (int type = 0; type < 256; type++) {
      byte[] packet = {(byte) 0x80, (byte) type};
      assertEquals(type >= 192 && type <= 223, RtpPacket.looksLikeRtcp(packet, 0), "type " + type);
    }
  }

  @Test
  void mediaIsToldByItsFirstOctet() {
    for (int first = 0; first < 256; first++) {
      assertEquals(first >= 128 && first <= 191, RtpPacket.isMedia(first), "octet " + first);
      assertEquals(RtpPacket.isMedia(first), RtpPacket.isMedia((byte) first), "signed " + first);
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(plain(digits));
  }

  private static String plain(String digits) {
    return digits.replace(" ", "");
  }
}
