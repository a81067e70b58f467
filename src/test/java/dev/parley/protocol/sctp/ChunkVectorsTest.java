package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Packets written out by hand from the figures of RFC 9260, RFC 3758, RFC 6525 and RFC 8832.
class ChunkVectorsTest {
  private static final String HEADER = "13881388 0000004d 00000000";

  private static byte[] packet(String chunks) {
    return HexFormat.of().parseHex((HEADER + chunks).replaceAll("\\s", ""));
  }

  private static List<String> text(String chunks) {
    return PacketText.of(packet(chunks), 1, 1);
  }

  @Test
  void theChecksumIsCrc32cWithItsLeastOctetFirst() {
    // RFC 9260, appendix A, and RFC 3720, appendix B.4: 32 octets of zero give 8a9136aa.
    CRC32C crc = new CRC32C();
    crc.update(new byte[32]);
    assertEquals(0x8a9136aa, (int) crc.getValue());
    PacketWriter writer = new PacketWriter().begin(0, 0, 0, 100);
    writer.chunk(ChunkType.DATA, 0, 16);
    byte[] zeros = writer.octets();
    Arrays.fill(zeros, 0, writer.length(), (byte) 0);
    writer.finish();
    assertEquals("aa36918a", HexFormat.of().formatHex(zeros, 8, 12));
    assertTrue(writer.verifies(zeros, 0, 32));
    zeros[31] ^= 1;
    assertFalse(writer.verifies(zeros, 0, 32));
  }

  @Test
  void dataIsRead() {
    assertEquals(
        List.of("DATA BE 7 stream 3 ssn 5 ppid 51 length 3"),
        text("00 03 0013 00000007 0003 0005 00000033 616263 00"));
    assertEquals(
        List.of("DATA IUB 7 stream 3 ssn 0 ppid 53 length 1", "COOKIE_ACK"),
        text("00 0e 0011 00000007 0003 0000 00000035 61000000 0b 00 0004"));
  }

  @Test
  void aSackIsRead() {
    assertEquals(
        List.of("SACK 12 gap 2-3 gap 5-5 twice 9"),
        text("03 00 001c 0000000c 00001234 0002 0001 0002 0003 0005 0005 00000009"));
  }

  @Test
  void aForwardTsnIsRead() {
    assertEquals(
        List.of("FORWARD_TSN 12 stream 1 ssn 2 stream 3 ssn 4"),
        text("c0 00 0010 0000000c 0001 0002 0003 0004"));
  }

  @Test
  void aResetIsRead() {
    assertEquals(
        List.of("RE_CONFIG request 5 last 9 streams 0 2", "RE_CONFIG response 4 SUCCESS_PERFORMED"),
        text(
            "82 00 0018 000d 0014 00000005 00000003 00000009 0000 0002"
                + "82 00 0010 0010 000c 00000004 00000001"));
  }

  @Test
  void anInitIsRead() {
    byte[] packet =
        packet(
            "01 00 0028 00000055 00020000 ffff 0100 00000007"
                + "c000 0004 8008 0006 c0 82 0000 8001 0008 00000001");
    assertEquals(SctpRefusal.NONE, PacketReader.check(packet, 0, packet.length));
    assertEquals(
        new InitChunk(0x55, 0x20000, 65_535, 256, 7, -1, 0, true, true),
        InitChunk.read(packet, PacketReader.HEADER));
  }

  @Test
  void anInitAckIsReadWithItsCookie() {
    byte[] packet = packet("02 00 001b 00000055 00020000 ffff ffff 00000007 0007 0007 aabbcc 00");
    assertEquals(
        new InitChunk(0x55, 0x20000, 65_535, 65_535, 7, 36, 3, false, false),
        InitChunk.read(packet, PacketReader.HEADER));
  }

  @Test
  void anInitIsWritten() {
    PacketWriter writer = new PacketWriter().begin(5000, 5000, 0, 200);
    InitChunk.write(writer, 0x55, 0x20000, 7, new byte[0], new byte[0]);
    assertEquals(
        "0100002000000055" + "00020000ffffffff00000007" + "c000000480080006" + "82c00000",
        HexFormat.of().formatHex(writer.octets(), 12, writer.length()));
  }

  @Test
  void anOpeningIsWrittenAndRead() {
    ChannelParameters parameters = new ChannelParameters("ab", "p", false, 3, -1, 256);
    byte[] expected = HexFormat.of().parseHex("0381010000000003000200016162" + "70");
    assertArrayEquals(expected, Dcep.open(parameters));
    assertEquals(parameters, Dcep.open(expected, 0, expected.length, 10));
  }

  @ParameterizedTest
  @CsvSource({
    "00, true, -1, -1",
    "80, false, -1, -1",
    "01, true, 500, -1",
    "81, false, 500, -1",
    "02, true, -1, 500",
    "82, false, -1, 500"
  })
  void everyChannelTypeIsReadAndWritten(
      String type, boolean ordered, int retransmits, int lifetime) {
    String bound = retransmits < 0 && lifetime < 0 ? "00000000" : "000001f4";
    byte[] message = HexFormat.of().parseHex("03" + type + "0100" + bound + "00000000");
    ChannelParameters parameters =
        new ChannelParameters("", "", ordered, retransmits, lifetime, 256);
    assertEquals(parameters, Dcep.open(message, 0, message.length, 10));
    assertArrayEquals(message, Dcep.open(parameters));
  }

  @ParameterizedTest
  @CsvSource({
    "TOO_SHORT,    ''",
    "TOO_SHORT,    0b0000",
    "CHUNK_LENGTH, 0b000003",
    "CHUNK_LENGTH, 0b000008",
    "CHUNK_LENGTH, 0b000004 0b0000",
    "BODY,         0003000f 00000007 0003 0005 000000",
    "BODY,         03000010 0000000c 00001234 0001 0000",
    "BODY,         03000014 0000000c 00001234 0000 0000 00000001",
    "BODY,         c000000a 0000000c 0001",
    "BODY,         01000010 00000055 00020000 ffffffff",
    "BODY,         07000004",
    "BODY,         0a000004",
    "PARAMETER,    04000008 00010003",
    "PARAMETER,    04000008 00010005",
    "PARAMETER,    04000006 0001",
    "PARAMETER,    8200000c 000d0008 00000001",
    "PARAMETER,    82000008 000f0004",
    "PARAMETER,    82000010 0011000b 00000001 00000000",
    "BUNDLED,      0b000004 0e000004",
    "BUNDLED,      01000014 00000055 00020000 ffffffff 00000007 0b000004"
  })
  void whatIsNoPacketIsRefused(SctpRefusal refusal, String chunks) {
    byte[] packet = packet(chunks);
    assertEquals(refusal, PacketReader.check(packet, 0, packet.length));
  }

  @Test
  void theNumbersOfTheRegistriesAreThose() {
    assertEquals(
        "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 130, 132, 192]",
        Arrays.stream(ChunkType.values()).map(ChunkType::code).toList().toString());
    assertEquals(
        "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]",
        Arrays.stream(CauseCode.values()).map(CauseCode::code).toList().toString());
    for (ChunkType type : ChunkType.values()) {
      assertEquals(type, ChunkType.of(type.code()));
    }
    for (ParameterType type : ParameterType.values()) {
      assertEquals(type, ParameterType.of(type.code()));
    }
    for (PayloadProtocol protocol : PayloadProtocol.values()) {
      assertEquals(protocol, PayloadProtocol.of(protocol.code()));
    }
    for (ResetResult result : ResetResult.values()) {
      assertEquals(result, ResetResult.of(result.code()));
    }
    assertEquals(ResetResult.DENIED, ResetResult.of(-1));
  }
}
