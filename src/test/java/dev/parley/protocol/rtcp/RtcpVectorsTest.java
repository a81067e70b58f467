package dev.parley.protocol.rtcp;

import static dev.parley.protocol.rtcp.Told.read;
import static dev.parley.protocol.rtcp.Told.well;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Packets laid out by hand after the figures of the RFCs.
class RtcpVectorsTest {
  private static final String SR = "80c80006 11223344 e3a1b2c3d4e5f607 00bc614e 00000010 00001f40";
  private static final Told SR_TOLD =
      new Told.SenderReport(0x11223344, 0xe3a1b2c3d4e5f607L, 12345678, 16, 8000);

  @Test
  void aSenderReportWithoutBlocks() {
    assertEquals(well(SR_TOLD), read(SR));
  }

  @Test
  void aSenderReportWithABlockAndAnExtension() {
    assertEquals(
        well(
            new Told.SenderReport(1, 2, 3, 4, 5),
            new Told.Block(1, 0x55667788, 0x40, 0x123456, 0x0001ffff, 99, 0xaabbccdd, 65536)),
        read(
            "81c8000d 00000001 0000000000000002 00000003 00000004 00000005"
                + "55667788 40123456 0001ffff 00000063 aabbccdd 00010000 cafecafe"));
  }

  @Test
  void aReceiverReportWhoseDuplicatesMakeTheLossNegative() {
    assertEquals(
        well(
            new Told.ReceiverReport(7),
            new Told.Block(7, 8, 255, -1, -1, -1, 0, 0),
            new Told.Block(7, 9, 0, -0x800000, 0, 0, 1, -1)),
        read(
            "82c9000d 00000007"
                + "00000008 ffffffff ffffffff ffffffff 00000000 00000000"
                + "00000009 00800000 00000000 00000000 00000001 ffffffff"));
  }

  @Test
  void aCompoundAsABrowserSendsIt() {
    assertEquals(
        well(SR_TOLD, new Told.Cname(0x11223344, "ab+cd"), new Told.Pli(0x11223344, 0x99)),
        read(SR + "81ca0003 11223344 0105 61622b6364 00 81ce0002 11223344 00000099"));
  }

  @Test
  void aDescriptionOfTwoSourcesWithOtherItems() {
    // 1: TOOL "x", CNAME "a"; 2: CNAME of no octets, list ended by exactly one zero after padding
    assertEquals(
        well(new Told.Cname(1, "a"), new Told.Cname(2, "")),
        read("82ca0005 00000001 0601 78 0101 61 0000 00000002 0100 0000"));
  }

  @Test
  void aByeOfTwoSourcesWithAReason() {
    assertEquals(
        well(new Told.Bye(1), new Told.Bye(2)), read("82cb0003 00000001 00000002 03627965"));
  }

  @Test
  void aByeOfNobody() {
    assertEquals(well(), read("80cb0000"));
  }

  @Test
  void aGenericNackOfTwoPairs() {
    assertEquals(
        well(new Told.Nack(1, 2, 100, 0x8001), new Told.Nack(1, 2, 65535, 0)),
        read("81cd0004 00000001 00000002 00648001 ffff0000"));
  }

  @Test
  void aFullIntraRequestOfTwoStreams() {
    assertEquals(
        well(new Told.Fir(1, 5, 255), new Told.Fir(1, 6, 0)),
        read("84ce0006 00000001 00000000 00000005 ff000000 00000006 00000000"));
  }

  @Test
  void anEstimatedMaximumBitRate() {
    // exponent 5, mantissa 0x2e43c: 189,500 * 32
    assertEquals(
        well(new Told.Remb(1, 189_500L * 32, List.of(0x48a32b7d, 3))),
        read("8fce0006 00000001 00000000 52454d42 0216e43c 48a32b7d 00000003"));
  }

  @Test
  void theLargestBitRateAndNone() {
    assertEquals(
        well(new Told.Remb(1, 0x3ffffL << 45, List.of()), new Told.Remb(1, 0, List.of())),
        read(
            "8fce0004 00000001 00000000 52454d42 00b7ffff"
                + "8fce0004 00000001 00000000 52454d42 00fc0000"));
  }

  @Test
  void extendedReportsBothWays() {
    assertEquals(
        well(
            new Told.ReferenceTime(1, 0x0102030405060708L),
            new Told.Delay(1, 2, 3, 4),
            new Told.Delay(1, 5, 6, 7)),
        read(
            "80cf000e 00000001"
                + "01000001 deadbeef" // loss RLE: skipped
                + "04000002 0102030405060708"
                + "05000006 00000002 00000003 00000004 00000005 00000006 00000007"
                + "07000000"));
  }

  @Test
  void capturedTransportWideFeedbackPaddedByOneOctet() {
    assertEquals(
        well(new Told.Feedback(1, 0xdd586eb6, "000100095e91100020091c0c2c380004000818")),
        read(TransportFeedbackVectorsTest.CAPTURED));
  }

  @Test
  void whatIsNotReadIsSkippedAndSaidToBe() {
    assertEquals(
        well(
            new Told.Skipped(204, 5), // APP
            new Told.Skipped(205, 11), // RFC 8888
            new Told.Skipped(206, 15), // application feedback of somebody else
            new Told.Skipped(206, 15), // and without a name
            new Told.Skipped(206, 31),
            new Told.Skipped(192, 0),
            new Told.Skipped(213, 1),
            new Told.Skipped(96, 2),
            new Told.Skipped(255, 31),
            new Told.Bye(9)),
        read(
            "85cc0002 00000001 4e414d45"
                + "8bcd0003 00000001 00000002 00000000"
                + "8fce0003 00000001 00000002 4e414d45"
                + "8fce0002 00000001 00000002"
                + "9fce0002 00000001 00000002"
                + "80c00001 00000001"
                + "81d50000"
                + "82600000"
                + "9fff0000"
                + "81cb0001 00000009"));
  }

  @Test
  void paddingEndsAnyPacket() {
    assertEquals(
        well(new Told.Bye(1), new Told.Pli(2, 3)),
        read("a1cb0002 00000001 00000004 a1ce0004 00000002 00000003 0000000000000008"));
  }

  @Test
  void indicesAreAbsolute() {
    byte[] octets = Told.octets("ffffff" + SR + "ffff");
    assertEquals(well(SR_TOLD), read(octets, 3, octets.length - 5));
  }
}
