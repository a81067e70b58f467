package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FrameFactsTest {
  private static int facts(MediaCodec codec, String payload) {
    byte[] octets = Hex.octets("ff" + payload);
    return FrameFacts.of(codec, octets, 1, octets.length - 1);
  }

  @Test
  void vp8TellsTheTemporalLayerAndWhereItMayBeJoined() {
    int base = facts(MediaCodec.VP8, "90e0 8001 07 00 01");
    assertEquals(0, FrameFacts.temporalLayer(base));
    assertTrue(FrameFacts.has(base, FrameFacts.LAYERED | FrameFacts.START));
    assertFalse(FrameFacts.has(base, FrameFacts.KEY));
    int sync = facts(MediaCodec.VP8, "90e0 8001 07 a0 01");
    assertEquals(2, FrameFacts.temporalLayer(sync));
    assertTrue(FrameFacts.has(sync, FrameFacts.JOIN));
    assertFalse(FrameFacts.has(facts(MediaCodec.VP8, "90e0 8001 07 80 01"), FrameFacts.JOIN));
  }

  @Test
  void vp8WithoutLayersIsOfAllLayers() {
    assertEquals(FrameFacts.START, facts(MediaCodec.VP8, "10 01"));
    assertEquals(FrameFacts.START | FrameFacts.KEY, facts(MediaCodec.VP8, "10 00"));
    assertEquals(FrameFacts.NONE, facts(MediaCodec.VP8, "80"));
  }

  @Test
  void vp9TellsBothLayersAndWhatTheyReferTo() {
    // I, L, B: a key picture's base.
    int base = facts(MediaCodec.VP9, "a8 01 10 05 00");
    assertTrue(FrameFacts.has(base, FrameFacts.KEY | FrameFacts.INTRA | FrameFacts.UP));
    assertEquals(0, FrameFacts.spatialLayer(base));
    // I, P, L, B, E: temporal layer 2, spatial layer 1, on the base.
    int above = facts(MediaCodec.VP9, "ec 01 43 05 00");
    assertEquals(1, FrameFacts.spatialLayer(above));
    assertEquals(2, FrameFacts.temporalLayer(above));
    assertTrue(FrameFacts.has(above, FrameFacts.START | FrameFacts.END));
    assertFalse(FrameFacts.has(above, FrameFacts.INTRA));
    // The upper layer of a key picture is no key frame of its own.
    int upper = facts(MediaCodec.VP9, "a8 01 03 05 00");
    assertTrue(FrameFacts.has(upper, FrameFacts.INTRA));
    assertFalse(FrameFacts.has(upper, FrameFacts.KEY));
  }

  @Test
  void h264SlicesThatNothingRefersToAreALayerAbove() {
    assertEquals(1, FrameFacts.temporalLayer(facts(MediaCodec.H264, "01 88")));
    assertEquals(1, FrameFacts.temporalLayer(facts(MediaCodec.H264, "1c 01 88")));
    assertEquals(FrameFacts.NONE, facts(MediaCodec.H264, "41 88"));
    assertEquals(FrameFacts.NONE, facts(MediaCodec.H264, "7c 41 88"));
    assertEquals(FrameFacts.NONE, facts(MediaCodec.H264, "06 05"), "SEI is of all layers");
    assertTrue(FrameFacts.has(facts(MediaCodec.H264, "67 42e01f"), FrameFacts.KEY));
  }

  @Test
  void h265TellsTheTemporalLayerInEachUnit() {
    assertEquals(2, FrameFacts.temporalLayer(facts(MediaCodec.H265, "0203 80")));
    assertTrue(FrameFacts.has(facts(MediaCodec.H265, "0402 80"), FrameFacts.JOIN), "TSA_N");
    assertFalse(FrameFacts.has(facts(MediaCodec.H265, "0202 80"), FrameFacts.JOIN), "TRAIL_R");
  }

  @Test
  void otherCodecsSayNothing() {
    assertEquals(FrameFacts.NONE, facts(MediaCodec.OPUS, "0102"));
    assertEquals(FrameFacts.NONE, facts(MediaCodec.AV1, "1008"));
  }
}
