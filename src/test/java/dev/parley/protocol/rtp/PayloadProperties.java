package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Hostile payloads end where their array ends, so that a read too far throws.
class PayloadProperties {
  /// A few octets of noise, then the payload: any octets, or many alike, which fake long lists.
  @Provide
  Arbitrary<byte[]> payloads() {
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
    Arbitrary<Byte> few = Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) 0x78, (byte) 0xff);
    Arbitrary<byte[]> alike = few.array(byte[].class).ofMaxSize(60);
    return Combinators.combine(any.filter(a -> a.length > 0), Arbitraries.oneOf(any, alike))
        .as(
            (first, rest) -> {
              byte[] payload = Arrays.copyOf(first, Math.min(first.length, 3) + rest.length);
              System.arraycopy(rest, 0, payload, payload.length - rest.length, rest.length);
              return payload;
            });
  }

  @Property(tries = 1000)
  void noCodecIsThrownOffByHostileOctets(@ForAll("payloads") byte[] octets) {
    for (int at = 0; at <= octets.length; at++) {
      int length = octets.length - at;
      for (MediaCodec codec : MediaCodec.values()) {
        codec.keyFrame(octets, at, length);
      }
      H264Payload.units(octets, at, length);
      assertTrue(Av1Payload.units(octets, at, length) < 1 << 16);
      assertTrue(H265Payload.units(octets, at, length) < 1L << 48);
    }
  }

  @Property(tries = 1000)
  void aVp8DescriptorIsWithinItsPayload(@ForAll("payloads") byte[] octets) {
    int descriptor = Vp8Descriptor.length(octets, 0, octets.length);
    if (descriptor == RtpPacket.MALFORMED) {
      assertFalse(Vp8Descriptor.keyFrame(octets, 0, octets.length));
      return;
    }
    assertTrue(descriptor >= 1 && descriptor <= 6 && descriptor <= octets.length);
    byte[] alone = Arrays.copyOf(octets, descriptor);
    Vp8Descriptor.temporalLayer(alone, 0);
    Vp8Descriptor.layerSync(alone, 0);
    Vp8Descriptor.putPictureId(alone, 0, Vp8Descriptor.pictureId(alone, 0));
    Vp8Descriptor.putTl0PicIdx(alone, 0, Vp8Descriptor.tl0PicIdx(alone, 0));
    Vp8Descriptor.putKeyIdx(alone, 0, Vp8Descriptor.keyIdx(alone, 0));
    assertArrayEquals(Arrays.copyOf(octets, descriptor), alone, "what was read is written back");
    int width = Vp8Descriptor.width(octets, 0, octets.length);
    int height = Vp8Descriptor.height(octets, 0, octets.length);
    assertTrue(width <= 0x3fff && height <= 0x3fff);
  }

  @Property(tries = 1000)
  void vp8NumbersComeBackAndNothingElseChanges(
      @ForAll("payloads") byte[] octets, @ForAll int picture, @ForAll int index) {
    if (Vp8Descriptor.length(octets, 0, octets.length) < 0) {
      return;
    }
    byte[] written = octets.clone();
    Vp8Descriptor.putPictureId(written, 0, picture);
    Vp8Descriptor.putTl0PicIdx(written, 0, index);
    int bits = Vp8Descriptor.pictureIdBits(octets, 0);
    assertEquals(bits, Vp8Descriptor.pictureIdBits(written, 0));
    if (bits != 0) {
      assertEquals(picture & (1 << bits) - 1, Vp8Descriptor.pictureId(written, 0));
    }
    if (Vp8Descriptor.tl0PicIdx(octets, 0) != Vp8Descriptor.NONE) {
      assertEquals(index & 0xff, Vp8Descriptor.tl0PicIdx(written, 0));
    }
    Vp8Descriptor.putPictureId(written, 0, Vp8Descriptor.pictureId(octets, 0));
    Vp8Descriptor.putTl0PicIdx(written, 0, Vp8Descriptor.tl0PicIdx(octets, 0));
    assertArrayEquals(octets, written);
  }

  @Property(tries = 1000)
  void aVp9DescriptorIsWithinItsPayload(@ForAll("payloads") byte[] octets) {
    int descriptor = Vp9Descriptor.length(octets, 0, octets.length);
    if (descriptor == RtpPacket.MALFORMED) {
      assertFalse(Vp9Descriptor.keyFrame(octets, 0, octets.length));
      return;
    }
    assertTrue(descriptor >= 1 && descriptor <= octets.length);
    byte[] alone = Arrays.copyOf(octets, descriptor);
    assertEquals(descriptor, Vp9Descriptor.length(alone, 0, descriptor));
    assertTrue(Vp9Descriptor.temporalLayer(alone, 0) <= 7);
    assertTrue(Vp9Descriptor.spatialLayer(alone, 0) <= 7);
    Vp9Descriptor.switchingUpPoint(alone, 0);
    Vp9Descriptor.interLayerPredicted(alone, 0);
    Vp9Descriptor.putPictureId(alone, 0, Vp9Descriptor.pictureId(alone, 0));
    Vp9Descriptor.putTl0PicIdx(alone, 0, Vp9Descriptor.tl0PicIdx(alone, 0));
    assertArrayEquals(Arrays.copyOf(octets, descriptor), alone, "what was read is written back");
    int structure = Vp9Descriptor.structureAt(alone, 0, descriptor);
    if (structure != Vp9Descriptor.NONE) {
      int highest = Vp9Structure.spatialLayers(alone, structure) - 1;
      Vp9Structure.width(alone, structure, highest);
      Vp9Structure.height(alone, structure, highest);
      Vp9Structure.pictureGroup(alone, structure);
    }
  }

  @Property(tries = 1000)
  void redBlocksFillThePayloadToItsEnd(@ForAll("payloads") byte[] octets) {
    int blocks = RedPayload.redundantBlocks(octets, 0, octets.length);
    int primary = RedPayload.primaryAt(octets, 0, octets.length);
    assertEquals(blocks < 0, primary < 0);
    int at = 4 * blocks + 1;
    for (int block = 0; block < blocks; block++) {
      assertEquals(at, RedPayload.blockAt(octets, 0, blocks, block));
      assertTrue(RedPayload.timestampOffset(octets, 0, block) < 1 << 14);
      at += RedPayload.blockLength(octets, 0, block);
    }
    assertTrue(blocks < 0 || primary == at && primary <= octets.length);
  }
}
