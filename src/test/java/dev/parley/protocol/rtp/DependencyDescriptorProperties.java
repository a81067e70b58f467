package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What is written is read; hostile descriptors are refused and change nothing.
class DependencyDescriptorProperties {
  private final BitWriter bits = new BitWriter();

  @Provide
  Arbitrary<byte[]> values() {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(255);
  }

  @Property(tries = 2000)
  void hostileOctetsAreRefusedOrRead(@ForAll("values") byte[] octets) {
    DependencyDescriptor descriptor = new DependencyDescriptor();
    int said = descriptor.read(octets, 0, octets.length);
    assertTrue(said <= DependencyDescriptor.READ && said >= DependencyDescriptor.UNKNOWN_TEMPLATE);
    if (said == DependencyDescriptor.READ) {
      DependencyStructure structure = descriptor.structure();
      assertNotNull(structure);
      assertTrue(descriptor.spatialLayer() < DependencyStructure.MOST_LAYERS);
      assertTrue(descriptor.temporalLayer() < DependencyStructure.MOST_LAYERS);
      FrameFacts.of(descriptor);
      new PictureSizes().structure(structure);
      for (int i = 0; i < descriptor.references(); i++) {
        assertTrue(descriptor.difference(i) > 0 && descriptor.difference(i) <= 4096);
      }
      for (int i = 0; i < structure.chains(); i++) {
        descriptor.chainDifference(i);
      }
    }
  }

  @Property(tries = 2000)
  void hostileOctetsAreWrittenAnewWithinTheirBounds(
      @ForAll("values") byte[] octets,
      @ForAll int number,
      @ForAll int mask,
      @ForAll @IntRange(min = 0, max = 32) int targets) {
    DependencyDescriptorWriter writer = new DependencyDescriptorWriter();
    int length = writer.write(octets, 0, octets.length, number, mask, targets);
    assertTrue(length <= 255 && length >= Math.min(3, octets.length));
  }

  @Property(tries = 1000)
  void aStructureComesBackAsItWasWritten(@ForAll long seed) {
    DescriptorText text = new DescriptorText(new SplittableRandom(seed));
    byte[] octets = text.write(bits);
    DependencyDescriptor descriptor = new DependencyDescriptor();
    assertEquals(DependencyDescriptor.READ, descriptor.read(octets, 0, octets.length));
    assertEquals(text.toString(), DescriptorText.of(descriptor));
  }

  @Property(tries = 1000)
  void aMaskChangesNothingElse(@ForAll long seed, @ForAll int mask) {
    DescriptorText text = new DescriptorText(new SplittableRandom(seed));
    byte[] octets = text.write(bits);
    if (octets.length > 250) {
      return;
    }
    DependencyDescriptorWriter writer = new DependencyDescriptorWriter();
    int length = writer.write(octets, 0, octets.length, -1, mask, text.targets);
    DependencyDescriptor descriptor = new DependencyDescriptor();
    byte[] anew = Arrays.copyOf(writer.octets(), length);
    assertEquals(DependencyDescriptor.READ, descriptor.read(anew, 0, length));
    text.mask = mask & (int) ((1L << text.targets) - 1);
    assertEquals(text.toString(), DescriptorText.of(descriptor));
  }
}
