package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// NAL units of RFC 6184 section 5 and RFC 7798 section 4.4, built by hand.
class NalPayloadVectorsTest {
  @Test
  void aSingleNalUnitIsItsType() {
    assertEquals(1 << H264Payload.IDR, h264("65 88"));
    assertEquals(1 << 1, h264("41 9a"));
    assertTrue(h264Key("65 88"));
    assertTrue(h264Key("67 42e01f"));
    assertFalse(h264Key("41 9a"));
    assertFalse(h264Key("68 ce"), "a PPS alone begins nothing");
  }

  /// What Chromium sends in front of an IDR slice: SPS and PPS in one packet.
  @Test
  void anAggregateIsTheTypesOfItsUnits() {
    String sps = "0008 6742c01f8c8d4050";
    String pps = "0004 68ce3c80";
    assertEquals(1 << H264Payload.SPS | 1 << H264Payload.PPS, h264("78" + sps + pps));
    assertTrue(h264Key("78" + sps + pps));
    assertFalse(h264Key("78" + pps + "0002 419a"));
    assertTrue(h264Key("78" + pps + "0002 6588"), "an IDR slice that is not the first unit");
  }

  @Test
  void anAggregateThatDoesNotFitIsMalformed() {
    assertEquals(RtpPacket.MALFORMED, h264("78"));
    assertEquals(RtpPacket.MALFORMED, h264("78 00"));
    assertEquals(RtpPacket.MALFORMED, h264("78 0000"));
    assertEquals(RtpPacket.MALFORMED, h264("78 0003 6588"));
    assertEquals(RtpPacket.MALFORMED, h264("78 0002 6588 00"));
    assertEquals(RtpPacket.MALFORMED, h264("78 0003 78 0001"), "an aggregate in an aggregate");
    assertFalse(h264Key("78 0002 6588 00"));
  }

  @Test
  void onlyTheFirstFragmentBeginsAUnit() {
    assertEquals(1 << H264Payload.IDR, h264("7c 85 88"));
    assertEquals(0, h264("7c 05 88"));
    assertEquals(0, h264("7c 45 88"));
    assertTrue(h264Key("7c 85 88"));
    assertFalse(h264Key("7c 05 88"));
    assertFalse(h264Key("7c 81 88"));
    assertEquals(RtpPacket.MALFORMED, h264("7c"));
    assertEquals(RtpPacket.MALFORMED, h264("7c 9c"), "a fragment of fragments");
  }

  @Test
  void whatModesZeroAndOneDoNotHaveIsMalformed() {
    for (String first : new String[] {"00", "19", "1a", "1b", "1d", "1e", "1f"}) {
      assertEquals(RtpPacket.MALFORMED, h264(first + "0000000000"));
    }
    assertEquals(RtpPacket.MALFORMED, h264(""));
  }

  @Test
  void anH265UnitIsItsType() {
    assertEquals(1L << 19, h265("2601 af"));
    assertTrue(h265Key("2601 af"), "IDR_W_RADL");
    assertTrue(h265Key("2801 af"), "IDR_N_LP");
    assertTrue(h265Key("2a01 af"), "CRA");
    assertTrue(h265Key("4001 0c"), "VPS");
    assertTrue(h265Key("4201 01"), "SPS");
    assertFalse(h265Key("4401 c1"), "PPS");
    assertFalse(h265Key("0201 d0"), "TRAIL_R");
    assertFalse(h265Key("1e01 d0"), "type 15");
    assertTrue(h265Key("2001 d0"), "type 16");
    assertTrue(h265Key("2e01 d0"), "type 23");
    assertFalse(h265Key("3001 d0"), "type 24");
    assertEquals(RtpPacket.MALFORMED, h265("26"));
    assertEquals(RtpPacket.MALFORMED, h265("6401 0000"), "PACI");
  }

  @Test
  void anH265TemporalLayerIsOneLessThanWritten() {
    assertEquals(0, H265Payload.temporalLayer(Hex.octets("0201"), 0));
    assertEquals(6, H265Payload.temporalLayer(Hex.octets("0207"), 0));
    assertEquals(RtpPacket.MALFORMED, H265Payload.temporalLayer(Hex.octets("0200"), 0));
  }

  @Test
  void anH265AggregateIsTheTypesOfItsUnits() {
    assertEquals(
        1L << H265Payload.VPS | 1L << H265Payload.SPS | 1L << H265Payload.PPS,
        h265("6001 0003 40010c 0003 420101 0003 4401c1"));
    assertTrue(h265Key("6001 0003 4401c1 0002 2601"));
    assertEquals(RtpPacket.MALFORMED, h265("6001"));
    assertEquals(RtpPacket.MALFORMED, h265("6001 0001 40"), "half a unit header");
    assertEquals(RtpPacket.MALFORMED, h265("6001 0004 40010c"));
    assertEquals(RtpPacket.MALFORMED, h265("6001 0002 6001"), "an aggregate in an aggregate");
  }

  @Test
  void onlyTheFirstH265FragmentBeginsAUnit() {
    assertEquals(1L << 19, h265("6201 93 af"));
    assertEquals(0, h265("6201 13 af"));
    assertEquals(0, h265("6201 53 af"));
    assertTrue(h265Key("6201 93 af"));
    assertFalse(h265Key("6201 13 af"));
    assertEquals(RtpPacket.MALFORMED, h265("6201"));
    assertEquals(RtpPacket.MALFORMED, h265("6201 b1"));
  }

  private static int h264(String payload) {
    byte[] octets = Hex.octets("ff" + payload);
    return H264Payload.units(octets, 1, octets.length - 1);
  }

  private static boolean h264Key(String payload) {
    byte[] octets = Hex.octets("ff" + payload);
    return H264Payload.keyFrame(octets, 1, octets.length - 1);
  }

  private static long h265(String payload) {
    byte[] octets = Hex.octets("ff" + payload);
    return H265Payload.units(octets, 1, octets.length - 1);
  }

  private static boolean h265Key(String payload) {
    byte[] octets = Hex.octets("ff" + payload);
    return H265Payload.keyFrame(octets, 1, octets.length - 1);
  }
}
