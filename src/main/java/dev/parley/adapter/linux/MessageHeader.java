package dev.parley.adapter.linux;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// An array of `struct mmsghdr` (`recvmmsg(2)`, `sendmmsg(2)`) on a 64-bit system, with the `struct
/// iovec` and the UDP_SEGMENT control message (`udp(7)`) it points to.
///
/// Pointers are plain words here, see [Libc].
final class MessageHeader {
  static final StructLayout LAYOUT =
      structLayout(
          JAVA_LONG.withName("name"),
          JAVA_INT.withName("nameLength"),
          paddingLayout(4),
          JAVA_LONG.withName("vector"),
          JAVA_LONG.withName("vectorLength"),
          JAVA_LONG.withName("control"),
          JAVA_LONG.withName("controlLength"),
          JAVA_INT.withName("flags"),
          paddingLayout(4),
          JAVA_INT.withName("length"),
          paddingLayout(4));

  static final StructLayout VECTOR =
      structLayout(JAVA_LONG.withName("base"), JAVA_LONG.withName("length"));

  /// A `struct cmsghdr` that carries one 16-bit number.
  static final StructLayout SEGMENT =
      structLayout(
          JAVA_LONG.withName("length"),
          JAVA_INT.withName("level"),
          JAVA_INT.withName("type"),
          JAVA_SHORT.withName("octets"),
          paddingLayout(6));

  static final long OCTETS = LAYOUT.byteSize();
  static final long VECTOR_OCTETS = VECTOR.byteSize();
  static final long SEGMENT_OCTETS = SEGMENT.byteSize();

  private static final long NAME = offset("name");
  private static final long NAME_LENGTH = offset("nameLength");
  private static final long VECTORS = offset("vector");
  private static final long VECTOR_LENGTH = offset("vectorLength");
  private static final long CONTROL = offset("control");
  private static final long CONTROL_LENGTH = offset("controlLength");
  private static final long FLAGS = offset("flags");
  private static final long LENGTH = offset("length");
  private static final long SEGMENT_SIZE = SEGMENT.byteOffset(groupElement("octets"));

  private MessageHeader() {}

  private static long offset(String field) {
    return LAYOUT.byteOffset(groupElement(field));
  }

  static void name(MemorySegment headers, int index, long address, int length) {
    headers.set(JAVA_LONG, index * OCTETS + NAME, address);
    headers.set(JAVA_INT, index * OCTETS + NAME_LENGTH, length);
  }

  static void vectors(MemorySegment headers, int index, long address, long count) {
    headers.set(JAVA_LONG, index * OCTETS + VECTORS, address);
    headers.set(JAVA_LONG, index * OCTETS + VECTOR_LENGTH, count);
  }

  /// Attaches a control message; length 0 attaches none.
  static void control(MemorySegment headers, int index, long address, long length) {
    headers.set(JAVA_LONG, index * OCTETS + CONTROL, address);
    headers.set(JAVA_LONG, index * OCTETS + CONTROL_LENGTH, length);
  }

  /// Octets of control messages the kernel has written.
  static long controlLength(MemorySegment headers, int index) {
    return headers.get(JAVA_LONG, index * OCTETS + CONTROL_LENGTH);
  }

  static int flags(MemorySegment headers, int index) {
    return headers.get(JAVA_INT, index * OCTETS + FLAGS);
  }

  static int length(MemorySegment headers, int index) {
    return headers.get(JAVA_INT, index * OCTETS + LENGTH);
  }

  static void vector(MemorySegment vectors, int index, long base, long length) {
    vectors.set(JAVA_LONG, index * VECTOR_OCTETS, base);
    vectors.set(JAVA_LONG, index * VECTOR_OCTETS + 8, length);
  }

  /// The control message that has the kernel cut a message into datagrams of this size.
  static void segment(MemorySegment controls, int index, int octets) {
    long at = index * SEGMENT_OCTETS;
    controls.set(JAVA_LONG, at, SEGMENT_SIZE + Short.BYTES);
    controls.set(JAVA_INT, at + 8, Constants.SOL_UDP);
    controls.set(JAVA_INT, at + 12, Constants.UDP_SEGMENT);
    controls.set(JAVA_SHORT, at + SEGMENT_SIZE, (short) octets);
  }
}
