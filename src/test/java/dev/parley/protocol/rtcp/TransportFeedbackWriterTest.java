package dev.parley.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TransportFeedbackWriterTest {
  private static final long MS = 1_000_000;

  private final byte[] octets = new byte[1500];
  private final RtcpWriter out = new RtcpWriter().begin(octets, 0, octets.length);
  private final TransportFeedbackWriter writer = new TransportFeedbackWriter(1024);

  private void arrived(int sequence, long millis) {
    writer.arrivals().arrived(sequence, millis * MS);
  }

  private String written() {
    out.begin(octets, 0, octets.length);
    assertTrue(writer.write(out, 1, 2));
    return HexFormat.of().formatHex(octets, 12, out.length());
  }

  private static String squeeze(String hex) {
    return hex.replace(" ", "");
  }

  @Test
  void nothingIsWrittenOfNothing() {
    assertFalse(writer.write(out, 1, 2));
    assertEquals(0, out.length());
  }

  @Test
  void whatWasCapturedIsWrittenTheSame() {
    long at = 6_197_520L * 64 * 4;
    int[] deltas = {28, 12, 44, 56, 0, 4, 0, 8, 24};
    for (int i = 0; i < deltas.length; i++) {
      at += deltas[i];
      writer.arrivals().arrived(1 + i, at * TransportFeedback.TICK);
    }
    assertTrue(writer.write(out, 1, 0xdd586eb6));
    assertEquals(
        squeeze(TransportFeedbackVectorsTest.CAPTURED),
        HexFormat.of().formatHex(octets, 0, out.length()));
  }

  @Test
  void aMixOfLostAndReceivedIsAVectorOfFourteen() {
    for (int i = 0; i < 14; i += 2) {
      arrived(i, 64 + i);
    }
    arrived(13, 64 + 13);
    assertEquals(squeeze("0000000e 00000100 aaab 0008080808080804 0002"), written());
  }

  @Test
  void aLargeDeltaMakesAVectorOfSeven() {
    arrived(0, 0);
    arrived(1, 64); // 256 ticks
    arrived(3, 60); // -16
    arrived(4, 61);
    assertEquals(squeeze("00000005 00000000 d890 00 0100 fff0 04"), written());
  }

  @Test
  void aLongRunIsWrittenAsOne() {
    for (int i = 0; i < 20; i++) {
      arrived(i, 100 * i);
    }
    assertEquals(squeeze("00000014 00000000 daaa 400d 00") + "0190".repeat(19) + "01", written());
  }

  @Test
  void lostOnesAfterTheLastArrivalAreNotYetLost() {
    arrived(5, 0);
    assertEquals(squeeze("00050001 00000000 2001 00 01"), written());
    arrived(8, 1);
    assertEquals(squeeze("00060003 00000001 c100 04 01"), written());
  }

  @Test
  void aDeltaBeyond16BitsBeginsAnotherFeedback() {
    arrived(0, 0);
    arrived(2, 8_191);
    arrived(4, 8_191 + 8_192);
    assertEquals(squeeze("00000003 00000000 d200 00 7ffc 000003"), written());
    assertTrue(writer.arrivals().pending());
    // The reference is the last multiple of 64 ms: 16,383 = 255 * 64 + 63
    assertEquals(squeeze("00030002 0000ff01 c400 fc 01"), written());
    assertFalse(writer.arrivals().pending());
  }

  @Test
  void feedbackIsCountedModulo256() {
    for (int i = 0; i < 258; i++) {
      arrived(i, i);
      assertEquals("%02x".formatted(i & 0xff), written().substring(14, 16));
    }
  }

  @Test
  void whatDoesNotFitIsLeftForTheNext() {
    for (int i = 0; i < 100; i++) {
      arrived(i, i);
    }
    out.begin(octets, 0, 62);
    assertTrue(writer.write(out, 1, 2));
    assertEquals(60, out.length());
    assertEquals(62, writer.arrivals().statuses());
    assertFalse(writer.write(out, 1, 2), "two octets are left");
    assertEquals(60, out.length());
    assertEquals(62, writer.arrivals().statuses());
  }

  @Test
  void whereNoArrivalFitsNothingIsTold() {
    arrived(0, 0);
    written();
    for (int i = 0; i < 9; i++) {
      arrived(100 + 2 * i, 1);
    }
    out.begin(octets, 0, 24); // the run of lost ones, but no arrival
    assertFalse(writer.write(out, 1, 2));
    assertEquals(0, out.length());
    out.begin(octets, 0, 28);
    assertTrue(writer.write(out, 1, 2));
  }

  @Test
  void aClockBelowZeroHasAReferenceToo() {
    arrived(0, -1);
    // -64 ms + 63 ms
    assertEquals(squeeze("00000001 ffffff00 2001 fc 01"), written());
  }
}
