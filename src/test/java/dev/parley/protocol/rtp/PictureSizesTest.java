package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PictureSizesTest {
  private final PictureSizes sizes = new PictureSizes();

  private boolean key(MediaCodec codec, String payload) {
    byte[] octets = Hex.octets("ffff" + payload);
    return sizes.keyFrame(codec, octets, 2, octets.length - 2);
  }

  private void assertSize(int layer, int width, int height) {
    assertEquals(width + "x" + height, sizes.width(layer) + "x" + sizes.height(layer));
  }

  @Test
  void aVp8KeyFrameTellsItsSizeOnce() {
    assertTrue(key(MediaCodec.VP8, "10 000000 9d012a 8002 6801"));
    assertSize(0, 640, 360);
    assertFalse(key(MediaCodec.VP8, "10 000000 9d012a 8002 6801"));
    assertFalse(key(MediaCodec.VP8, "10 000000 000000 8002 6801"), "encrypted");
    assertSize(0, 640, 360);
  }

  @Test
  void vp9TellsTheSizesOfItsSpatialLayers() {
    // I, L, B, V: two layers with sizes.
    assertTrue(key(MediaCodec.VP9, "aa 01 00 05 30 0140 00b4 0280 0168 00"));
    assertSize(0, 320, 180);
    assertSize(1, 640, 360);
    assertSize(2, 0, 0);
  }

  @Test
  void h264TellsItsSizeInTheParameterSet() {
    // Baseline, level 3.1, of a browser: 640 by 480.
    assertTrue(key(MediaCodec.H264, "67 42c01e 8c8d4050 1ed0 0f08 84 6a"));
    assertSize(0, 640, 480);
    assertFalse(key(MediaCodec.H264, "65 88"));
    assertSize(0, 640, 480);
  }

  @Test
  void aPictureOfMacroblocksIsCroppedToItsHeight() {
    byte[] set = parameters(66, 120, 68, 4);
    assertTrue(sizes.keyFrame(MediaCodec.H264, set, 0, set.length));
    assertSize(0, 1920, 1080);
  }

  @Test
  void aHighProfileHasMoreInFront() {
    byte[] set = parameters(100, 80, 45, 0);
    assertTrue(sizes.keyFrame(MediaCodec.H264, set, 0, set.length));
    assertSize(0, 1280, 720);
  }

  @Test
  void aParameterSetIsFoundAmongOthersInOnePacket() {
    byte[] set = parameters(66, 40, 30, 0);
    byte[] packet = new byte[set.length + 6];
    packet[0] = 0x78;
    packet[2] = 1;
    packet[3] = 0x09;
    packet[5] = (byte) set.length;
    System.arraycopy(set, 0, packet, 6, set.length);
    assertTrue(sizes.keyFrame(MediaCodec.H264, packet, 0, packet.length));
    assertSize(0, 640, 480);
  }

  @Property
  void hostileKeyFramesDoNoHarm(@ForAll @Size(min = 1, max = 60) byte[] octets) {
    for (MediaCodec codec : MediaCodec.values()) {
      sizes.keyFrame(codec, octets, 0, octets.length);
      FrameFacts.of(codec, octets, 0, octets.length);
    }
    octets[0] = 0x67;
    sizes.keyFrame(MediaCodec.H264, octets, 0, octets.length);
    assertTrue(sizes.width(0) >= 0 && sizes.width(0) <= 1 << 16);
  }

  /// @param below rows of half macroblock eighths cut off: units of two pixels
  private static byte[] parameters(int profile, int across, int down, int below) {
    BitWriter bits = new BitWriter();
    bits.put(0x67, 8);
    bits.put(profile, 8);
    bits.put(0xc01f, 16);
    golomb(bits, 0);
    if (profile == 100) {
      golomb(bits, 1);
      golomb(bits, 0);
      golomb(bits, 0);
      bits.put(0, 2);
    }
    golomb(bits, 0);
    golomb(bits, 2);
    golomb(bits, 1);
    bits.put(0, 1);
    golomb(bits, across - 1);
    golomb(bits, down - 1);
    bits.put(0b11, 2);
    bits.put(below > 0 ? 1 : 0, 1);
    if (below > 0) {
      golomb(bits, 0);
      golomb(bits, 0);
      golomb(bits, 0);
      golomb(bits, below);
    }
    bits.put(0b01, 2);
    return bits.octets();
  }

  private static void golomb(BitWriter bits, int number) {
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(number + 1);
    bits.put(0, width - 1);
    bits.put(number + 1, width);
  }
}
