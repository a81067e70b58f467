package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Descriptors that browsers have sent: three spatial and three temporal layers, and one and two.
class DependencyDescriptorVectorsTest {
  private static final String L3T3 =
      "c1017280081485214eafffaaaa863cf0430c10c302afc0aaa0063c00430010c002a000a80006000040001d954926"
          + "e082b04a0941b820ac1282503157f974000ca864330e222222eca8655304224230eca877530077004200ef"
          + "008601df010d";
  private static final String L1T2 = "80000180011ea85141010c04fc03bc";

  private final DependencyDescriptor descriptor = new DependencyDescriptor();
  private final DependencyDescriptorWriter writer = new DependencyDescriptorWriter();

  private int read(String digits) {
    // A few octets of noise around it.
    byte[] octets = Hex.octets("ffff" + digits + "ffff");
    return descriptor.read(octets, 2, octets.length - 4);
  }

  private String indications(int template) {
    StringBuilder text = new StringBuilder();
    for (int target = 0; target < descriptor.structure().targets(); target++) {
      long all = descriptor.structure().indications(template);
      text.append("-DSR".charAt(DependencyDescriptor.indication(all, target)));
    }
    return text.toString();
  }

  @Test
  void aStructureOfThreeSpatialAndThreeTemporalLayers() {
    assertEquals(DependencyDescriptor.READ, read(L3T3));
    DependencyStructure structure = descriptor.structure();
    assertTrue(descriptor.structureAttached());
    assertEquals(15, structure.templates());
    assertEquals(9, structure.targets());
    assertEquals(3, structure.chains());
    assertEquals(3, structure.spatialLayers());
    assertEquals("SSSRRRRRR", indications(0));
    assertEquals("SSSSSSSSS", indications(1));
    assertEquals("--D--R--R", indications(3));
    assertEquals("--------D", indications(14));
    assertEquals(2, structure.references(5));
    assertEquals(12, structure.difference(5, 0));
    assertEquals(1, structure.difference(5, 1));
    assertEquals(9, structure.chainDifference(14, 2));
    assertEquals(1, structure.protectedBy(4));
    assertEquals(120, structure.width(0));
    assertEquals(270, structure.height(2));
    assertEquals(DependencyStructure.NONE, structure.width(3));
  }

  @Test
  void targetsAreNamedByTheLayersTheyReach() {
    read(L3T3);
    DependencyStructure structure = descriptor.structure();
    for (int target = 0; target < 9; target++) {
      assertEquals(target / 3, structure.targetSpatial(target));
      assertEquals(target % 3, structure.targetTemporal(target));
      assertEquals(target, structure.target(target / 3, target % 3));
    }
    assertEquals(8, structure.target(7, 7));
    assertEquals(0b000_011_011, structure.includedBy(4));
    assertEquals(0b111_111_111, structure.includedBy(8));
  }

  @Test
  void framesBehindItAreReadByIt() {
    read(L3T3);
    assertEquals(0b111_111_111, descriptor.activeTargets());
    assertEquals(DependencyDescriptor.READ, read("86017340fc"));
    assertEquals(0x173, descriptor.frameNumber());
    assertEquals(1, descriptor.spatialLayer());
    assertEquals(0, descriptor.temporalLayer());
    assertTrue(descriptor.startsFrame());
    assertFalse(descriptor.endsFrame());
    assertFalse(descriptor.structureAttached());
    assertEquals(0b000_111_111, descriptor.activeTargets());
    read("c3017540fc");
    assertEquals(2, descriptor.temporalLayer());
    assertTrue(descriptor.endsFrame());
    read("8b0174");
    assertEquals(2, descriptor.spatialLayer());
    assertEquals(1, descriptor.references());
  }

  @Test
  void aStructureOfTwoTemporalLayers() {
    assertEquals(DependencyDescriptor.READ, read(L1T2));
    assertEquals(3, descriptor.structure().templates());
    assertEquals("SS", indications(1));
    assertEquals("-D", indications(2));
    assertEquals(320, descriptor.structure().width(0));
    assertEquals(240, descriptor.structure().height(0));
    assertEquals(DependencyDescriptor.UNKNOWN_TEMPLATE, read("030002"));
    assertEquals(DependencyDescriptor.READ, read("020002"));
    assertEquals(1, descriptor.temporalLayer());
  }

  @Test
  void withoutAStructureNothingIsKnown() {
    assertEquals(DependencyDescriptor.NO_STRUCTURE, read("c10172"));
    assertNull(descriptor.structure());
    assertEquals(DependencyDescriptor.MALFORMED, read("c101"));
    assertEquals(DependencyDescriptor.MALFORMED, read(L3T3.substring(0, 40)));
    assertNull(descriptor.structure());
  }

  @Test
  void aStructureThatIsCutOffLeavesTheOneBefore() {
    read(L1T2);
    assertEquals(DependencyDescriptor.MALFORMED, read(L3T3.substring(0, 100)));
    assertEquals(2, descriptor.structure().targets());
  }

  private byte[] written(String digits, int frameNumber, int mask, int targets) {
    byte[] octets = Hex.octets("ee" + digits);
    int length = writer.write(octets, 1, octets.length - 1, frameNumber, mask, targets);
    return Arrays.copyOf(writer.octets(), length);
  }

  @Test
  void aFrameNumberIsWrittenOver() {
    assertArrayEquals(Hex.octets("86beef40fc"), written("86017340fc", 0xbeef, 0, 0));
    assertArrayEquals(Hex.octets("860173"), written("860173", -1, 0, 0));
  }

  @Test
  void aMaskIsPutInAndWrittenOver() {
    assertArrayEquals(Hex.octets("86017340fc"), written("860173", -1, 0b111_111, 9));
    assertArrayEquals(Hex.octets("860173401c"), written("86017340fc", -1, 0b111, 9));
    read(L3T3);
    byte[] key = written(L3T3, 7, 0b11_011, 9);
    assertEquals(DependencyDescriptor.READ, descriptor.read(key, 0, key.length));
    assertEquals(0b11_011, descriptor.activeTargets());
    assertEquals(270, descriptor.structure().height(2));
    assertEquals(7, descriptor.frameNumber());
  }
}
