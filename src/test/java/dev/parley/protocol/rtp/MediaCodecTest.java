package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MediaCodecTest {
  @Test
  void everyRowIsFoundByWhatItsRtpmapSays() {
    for (MediaCodec codec : MediaCodec.values()) {
      assertEquals(
          Optional.of(codec),
          MediaCodec.of(codec.encodingName(), codec.clockRate(), codec.channels()));
    }
  }

  @Test
  void namesAreComparedWithoutCaseAndClocksExactly() {
    assertEquals(Optional.of(MediaCodec.OPUS), MediaCodec.of("OPUS", 48000, 2));
    assertEquals(Optional.empty(), MediaCodec.of("opus", 48000, 1));
    assertEquals(Optional.empty(), MediaCodec.of("red", 90000, 1), "ULPFEC's RED is not ours");
    assertEquals(Optional.empty(), MediaCodec.of("ulpfec", 90000, 1));
  }

  @Test
  void eachVideoCodecLooksForItsOwnKeyFrame() {
    assertTrue(MediaCodec.VP8.keyFrame(Hex.octets("ff 10 00"), 1, 2));
    assertTrue(MediaCodec.VP9.keyFrame(Hex.octets("ff 08"), 1, 1));
    assertTrue(MediaCodec.H264.keyFrame(Hex.octets("ff 65 88"), 1, 2));
    assertTrue(MediaCodec.H265.keyFrame(Hex.octets("ff 2601"), 1, 2));
    assertTrue(MediaCodec.AV1.keyFrame(Hex.octets("ff 08"), 1, 1));
    assertFalse(MediaCodec.VP8.keyFrame(Hex.octets("ff 10 01"), 1, 2));
    assertFalse(MediaCodec.VP9.keyFrame(Hex.octets("ff 48"), 1, 1));
    assertFalse(MediaCodec.H264.keyFrame(Hex.octets("ff 61 88"), 1, 2));
    assertFalse(MediaCodec.H265.keyFrame(Hex.octets("ff 0201"), 1, 2));
    assertFalse(MediaCodec.AV1.keyFrame(Hex.octets("ff 00"), 1, 1));
    assertFalse(MediaCodec.RTX.keyFrame(Hex.octets("ff 10 00"), 1, 2));
  }

  @Test
  void audioMayBeginAnywhereAndAnEmptyVideoPayloadNowhere() {
    for (MediaCodec codec : MediaCodec.values()) {
      boolean audio = codec.kind() == MediaCodec.Kind.AUDIO;
      assertEquals(audio, codec.keyFrame(new byte[0], 0, 0), codec.encodingName());
      assertEquals(audio ? codec.clockRate() : 90000, codec.clockRate());
    }
  }

  @Test
  void vp8AndVp9CountPictures() {
    assertTrue(MediaCodec.VP8.countsPictures());
    assertTrue(MediaCodec.VP9.countsPictures());
    assertFalse(MediaCodec.H264.countsPictures());
    assertFalse(MediaCodec.OPUS.countsPictures());
  }
}
