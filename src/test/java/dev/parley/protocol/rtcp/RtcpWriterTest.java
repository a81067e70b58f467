package dev.parley.protocol.rtcp;

import static dev.parley.protocol.rtcp.Told.read;
import static dev.parley.protocol.rtcp.Told.well;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RtcpWriterTest {
  private static final byte[] NAME = "ab+cd".getBytes(StandardCharsets.UTF_8);

  private final byte[] octets = new byte[2000];
  private final RtcpWriter out = new RtcpWriter().begin(octets, 0, octets.length);

  private String hex() {
    return HexFormat.of().formatHex(octets, 0, out.length());
  }

  private static String squeeze(String hex) {
    return hex.replace(" ", "");
  }

  @Test
  void writesTheOctetsOfTheFigures() {
    assertTrue(out.senderReport(0x11223344, 0xe3a1b2c3d4e5f607L, 12345678, 16, 8000));
    assertTrue(out.reportBlock(0x55667788, 0x40, 0x123456, 0x0001ffff, 99, 0xaabbccdd, 65536));
    assertTrue(out.cname(0x11223344, NAME));
    assertTrue(out.pli(0x11223344, 0x99));
    assertTrue(out.fir(1, 5, 0x1ff));
    assertTrue(out.remb(1, 189_500L * 32, new int[] {0x48a32b7d, 3, 4}, 2));
    assertTrue(out.bye(9));
    assertEquals(
        squeeze(
            "81c8000c 11223344 e3a1b2c3d4e5f607 00bc614e 00000010 00001f40"
                + "55667788 40123456 0001ffff 00000063 aabbccdd 00010000"
                + "81ca0003 11223344 010561622b636400"
                + "81ce0002 11223344 00000099"
                + "84ce0004 00000001 00000000 00000005 ff000000"
                + "8fce0006 00000001 00000000 52454d42 0216e43c 48a32b7d 00000003"
                + "81cb0001 00000009"),
        hex());
  }

  @Test
  void extendedReportsShareTheBlockOfOneSender() {
    assertTrue(out.receiverReferenceTime(1, 0x0102030405060708L));
    assertTrue(out.delaySinceLastRr(1, 2, 3, 4));
    assertTrue(out.delaySinceLastRr(1, 5, 6, 7));
    assertTrue(out.delaySinceLastRr(9, 5, 6, 7));
    assertEquals(
        squeeze(
            "80cf0004 00000001 04000002 0102030405060708"
                + "80cf0008 00000001 05000006 00000002 00000003 00000004"
                + "00000005 00000006 00000007"
                + "80cf0005 00000009 05000003 00000005 00000006 00000007"),
        hex());
  }

  @Test
  void lostPacketsArePackedIntoPairs() {
    int[] lost = {65530, 65531, 65535, 10, 11, 28, 400};
    assertEquals(7, out.nack(1, 2, lost, 0, lost.length));
    // 65530 + 16 = 10: the last bit; 11 + 17 = 28: just beyond
    assertEquals(squeeze("81cd0006 00000001 00000002 fffa8011 000b0000 001c0000 01900000"), hex());
  }

  @Test
  void aNackTakesAsManyAsFitAndSaysHowMany() {
    int[] lost = {1, 2, 100, 101, 200};
    out.begin(octets, 0, 20);
    assertEquals(4, out.nack(1, 2, lost, 0, 5));
    assertEquals(20, out.length());
    assertEquals(0, out.nack(1, 2, lost, 4, 5));
    out.begin(octets, 0, 15);
    assertEquals(0, out.nack(1, 2, lost, 0, 5));
    assertEquals(0, out.begin(octets, 0, 100).nack(1, 2, lost, 5, 5), "none is lost");
    assertEquals(0, out.length());
  }

  @Test
  void aVisitorHearsEachLostPacketOnce() {
    int[] lost = {65530, 65531, 65535, 10, 11, 28, 400};
    out.nack(1, 2, lost, 0, lost.length);
    List<Integer> heard = new ArrayList<>();
    RtcpReader.read(
        octets,
        0,
        out.length(),
        new RtcpVisitor() {
          @Override
          public void lost(int senderSsrc, int mediaSsrc, int sequence) {
            assertEquals(1, senderSsrc);
            assertEquals(2, mediaSsrc);
            heard.add(sequence);
          }
        });
    assertEquals(Arrays.stream(lost).boxed().toList(), heard);
  }

  @Test
  void aReportHas31BlocksAtMost() {
    out.receiverReport(1);
    for (int i = 0; i < 31; i++) {
      assertTrue(out.reportBlock(i, 0, 0, 0, 0, 0, 0));
    }
    int length = out.length();
    assertFalse(out.reportBlock(31, 0, 0, 0, 0, 0, 0));
    assertEquals(length, out.length());
    assertTrue(out.receiverReport(1));
    assertTrue(out.reportBlock(31, 0, 0, 0, 0, 0, 0));
    assertEquals(34, read(octets, 0, out.length()).told().size());
  }

  @Test
  void lossBeyond24BitsIsClamped() {
    out.receiverReport(1);
    out.reportBlock(2, 255, 0x0123_4567, 0, 0, 0, 0);
    out.reportBlock(3, 0, -0x0123_4567, 0, 0, 0, 0);
    assertEquals(
        well(
            new Told.ReceiverReport(1),
            new Told.Block(1, 2, 255, 0x7f_ffff, 0, 0, 0, 0),
            new Told.Block(1, 3, 0, -0x80_0000, 0, 0, 0, 0)),
        read(octets, 0, out.length()));
  }

  @Test
  void aBlockBelongsToTheReportJustWritten() {
    assertThrows(IllegalStateException.class, () -> out.reportBlock(1, 0, 0, 0, 0, 0, 0));
    out.receiverReport(1);
    out.pli(1, 2);
    assertThrows(IllegalStateException.class, () -> out.reportBlock(1, 0, 0, 0, 0, 0, 0));
    out.receiverReport(1);
    out.begin(octets, 0, 100);
    assertThrows(IllegalStateException.class, () -> out.reportBlock(1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void rubbishOfTheCallerIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> out.cname(1, new byte[256]));
    assertThrows(IllegalArgumentException.class, () -> out.remb(1, -1, new int[0], 0));
    assertThrows(IllegalArgumentException.class, () -> out.remb(1, 1, new int[256], 256));
  }

  @Test
  void whatDoesNotFitByOneOctetIsNotWritten() {
    List<Predicate<RtcpWriter>> packets =
        List.of(
            w -> w.senderReport(1, 2, 3, 4, 5),
            w -> w.receiverReport(1),
            w -> w.cname(1, NAME),
            w -> w.cname(1, new byte[255]),
            w -> w.bye(1),
            w -> w.nack(1, 2, new int[] {1}, 0, 1) > 0,
            w -> w.pli(1, 2),
            w -> w.fir(1, 2, 3),
            w -> w.remb(1, 2, new int[] {3}, 1),
            w -> w.receiverReferenceTime(1, 2),
            w -> w.delaySinceLastRr(1, 2, 3, 4),
            RtcpWriterTest::feedback);
    for (Predicate<RtcpWriter> packet : packets) {
      assertTrue(packet.test(out.begin(octets, 8, octets.length)));
      int length = out.length();
      assertEquals(RtcpRefusal.NONE, read(octets, 8, length).refusal());
      assertTrue(packet.test(out.begin(octets, 8, 8 + length)));
      assertEquals(0, out.room());
      Arrays.fill(octets, (byte) 0x55);
      assertFalse(packet.test(out.begin(octets, 8, 8 + length - 1)));
      assertEquals(0, out.length());
    }
  }

  @Test
  void blocksThatDoNotFitAreNotWritten() {
    out.begin(octets, 0, 31);
    out.receiverReport(1);
    assertFalse(out.reportBlock(2, 0, 0, 0, 0, 0, 0));
    assertEquals(well(new Told.ReceiverReport(1)), read(octets, 0, out.length()));
    out.begin(octets, 0, 35);
    assertTrue(out.delaySinceLastRr(1, 2, 3, 4));
    assertFalse(out.delaySinceLastRr(1, 2, 3, 4));
    assertEquals(well(new Told.Delay(1, 2, 3, 4)), read(octets, 0, out.length()));
  }

  @Test
  void aLimitBeyondTheBufferIsTheBuffersEnd() {
    byte[] small = new byte[12];
    assertFalse(new RtcpWriter().begin(small, 0, 100).fir(1, 2, 3));
    assertTrue(new RtcpWriter().begin(small, 0, 100).pli(1, 2));
  }

  private static boolean feedback(RtcpWriter out) {
    TransportFeedbackWriter writer = new TransportFeedbackWriter(16);
    writer.arrivals().arrived(1, 0);
    return writer.write(out, 1, 2);
  }
}
