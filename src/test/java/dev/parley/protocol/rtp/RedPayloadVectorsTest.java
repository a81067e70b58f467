package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Block headers of RFC 2198 section 3, built by hand.
class RedPayloadVectorsTest {
  /// As Chromium sends Opus (111) with one copy of the packet 960 units earlier.
  private static final String ONE_COPY = "ef 0f00 03 6f  a1a2a3  b1b2";

  @Test
  void aCopyStandsInFrontOfThePrimaryBlock() {
    byte[] payload = Hex.octets("ff" + ONE_COPY);
    int length = payload.length - 1;
    assertEquals(1, RedPayload.redundantBlocks(payload, 1, length));
    assertEquals(111, RedPayload.payloadType(payload, 1, 0));
    assertEquals(960, RedPayload.timestampOffset(payload, 1, 0));
    assertEquals(3, RedPayload.blockLength(payload, 1, 0));
    assertEquals(6, RedPayload.blockAt(payload, 1, 1, 0));
    assertEquals(9, RedPayload.primaryAt(payload, 1, length));
    assertEquals(111, RedPayload.primaryPayloadType(payload, 1, length));
    assertEquals("b1b2", Hex.of(payload, 9, 2));
  }

  @Test
  void theOldestOfTwoCopiesIsTheFirst() {
    byte[] payload = Hex.octets("ef 1e00 01 ef 0f00 02 6f  a1  b1b2  c1");
    assertEquals(2, RedPayload.redundantBlocks(payload, 0, 13));
    assertEquals(1920, RedPayload.timestampOffset(payload, 0, 0));
    assertEquals(960, RedPayload.timestampOffset(payload, 0, 1));
    assertEquals(9, RedPayload.blockAt(payload, 0, 2, 0));
    assertEquals(10, RedPayload.blockAt(payload, 0, 2, 1));
    assertEquals(12, RedPayload.primaryAt(payload, 0, 13));
  }

  @Test
  void offsetAndLengthHaveFourteenAndTenBits() {
    byte[] payload = Hex.octets("80 fffc 00 00");
    assertEquals(16383, RedPayload.timestampOffset(payload, 0, 0));
    assertEquals(0, RedPayload.blockLength(payload, 0, 0));
    byte[] longest = Hex.octets("80 0003 ff 00");
    assertEquals(0, RedPayload.timestampOffset(longest, 0, 0));
    assertEquals(1023, RedPayload.blockLength(longest, 0, 0));
    assertEquals(RtpPacket.MALFORMED, RedPayload.redundantBlocks(longest, 0, 5));
  }

  @Test
  void aPrimaryBlockMayStandAloneOrBeEmpty() {
    byte[] payload = Hex.octets("6f b1");
    assertEquals(0, RedPayload.redundantBlocks(payload, 0, 2));
    assertEquals(1, RedPayload.primaryAt(payload, 0, 2));
    assertEquals(1, RedPayload.primaryAt(payload, 0, 1));
  }

  @Test
  void whatDoesNotFitIsMalformed() {
    byte[] payload = Hex.octets(ONE_COPY);
    for (int length = 0; length < 8; length++) {
      assertEquals(RtpPacket.MALFORMED, RedPayload.redundantBlocks(payload, 0, length));
      assertEquals(RtpPacket.MALFORMED, RedPayload.primaryAt(payload, 0, length));
      assertEquals(RtpPacket.MALFORMED, RedPayload.primaryPayloadType(payload, 0, length));
    }
    assertEquals(8, RedPayload.primaryAt(payload, 0, 8));
  }

  @Test
  void aFloodOfEmptyCopiesIsMalformed() {
    byte[] most = Hex.octets("ef000000".repeat(RedPayload.MOST_BLOCKS) + "6f");
    assertEquals(RedPayload.MOST_BLOCKS, RedPayload.redundantBlocks(most, 0, most.length));
    byte[] more = Hex.octets("ef000000".repeat(RedPayload.MOST_BLOCKS + 1) + "6f");
    assertEquals(RtpPacket.MALFORMED, RedPayload.redundantBlocks(more, 0, more.length));
  }

  @Test
  void aRetransmissionNamesTheSequenceNumberItRepeats() {
    byte[] payload = Hex.octets("00 0000 aa");
    RtxPayload.putOriginalSequence(payload, 1, 0x1fffe);
    assertEquals("00fffeaa", Hex.of(payload, 0, 4));
    assertEquals(0xfffe, RtxPayload.originalSequence(payload, 1, 3));
    assertEquals(RtpPacket.MALFORMED, RtxPayload.originalSequence(payload, 1, 1));
  }
}
