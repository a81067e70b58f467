package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OctetsTest {
  @Test
  void readsInNetworkOrderAtAnyIndex() {
    byte[] octets = {0, (byte) 0x81, 2, 3, 4, 5, 6, 7, 8};
    assertEquals(0x81, Octets.u8(octets, 1));
    assertEquals(0x8102, Octets.u16(octets, 1));
    assertEquals(0x81020304, Octets.u32(octets, 1));
    assertEquals(0x8102030405060708L, Octets.u64(octets, 1));
  }

  @Test
  void writesInNetworkOrderAtAnyIndex() {
    byte[] octets = new byte[16];
    Octets.put8(octets, 0, 0x1ff);
    Octets.put16(octets, 1, 0x1_8102);
    Octets.put32(octets, 3, 0x83040506);
    Octets.put64(octets, 7, 0x8708090a0b0c0d0eL);
    assertArrayEquals(
        new byte[] {
          (byte) 0xff,
          (byte) 0x81,
          2,
          (byte) 0x83,
          4,
          5,
          6,
          (byte) 0x87,
          8,
          9,
          10,
          11,
          12,
          13,
          14,
          0
        },
        octets);
  }

  @Test
  void refusesToReachOutsideTheBuffer() {
    byte[] octets = new byte[8];
    assertThrows(IndexOutOfBoundsException.class, () -> Octets.u16(octets, 7));
    assertThrows(IndexOutOfBoundsException.class, () -> Octets.u32(octets, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> Octets.u64(octets, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> Octets.put32(octets, 5, 0));
  }

  @Test
  void comparesRunsOfOctets() {
    byte[] a = {9, 1, 2, 3};
    byte[] b = {1, 2, 3, 9};
    assertTrue(Octets.sameInConstantTime(a, 1, b, 0, 3));
    assertFalse(Octets.sameInConstantTime(a, 0, b, 0, 3));
    assertFalse(Octets.sameInConstantTime(a, 1, new byte[] {1, 2, (byte) 0x83}, 0, 3));
    assertTrue(Octets.sameInConstantTime(a, 0, b, 0, 0));
  }
}
