package dev.parley.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Big-endian access to octets in a buffer (network byte order, RFC 1700).
///
/// Indices are absolute, nothing is copied and nothing allocated; an index outside the buffer is a
/// bug of the caller and throws [IndexOutOfBoundsException].
public final class Octets {
  private static final VarHandle U16 = view(short[].class);
  private static final VarHandle U32 = view(int[].class);
  private static final VarHandle U64 = view(long[].class);

  private Octets() {}

  /// The octet at an index, 0 to 255.
  public static int u8(byte[] octets, int at) {
    return octets[at] & 0xff;
  }

  /// Two octets, 0 to 65535.
  public static int u16(byte[] octets, int at) {
    return (short) U16.get(octets, at) & 0xffff;
  }

  /// Four octets; the top bit makes the number negative.
  public static int u32(byte[] octets, int at) {
    return (int) U32.get(octets, at);
  }

  /// Eight octets; the top bit makes the number negative.
  public static long u64(byte[] octets, int at) {
    return (long) U64.get(octets, at);
  }

  /// Writes the lowest 8 bits.
  public static void put8(byte[] octets, int at, int number) {
    octets[at] = (byte) number;
  }

  /// Writes the lowest 16 bits.
  public static void put16(byte[] octets, int at, int number) {
    U16.set(octets, at, (short) number);
  }

  public static void put32(byte[] octets, int at, int number) {
    U32.set(octets, at, number);
  }

  public static void put64(byte[] octets, int at, long number) {
    U64.set(octets, at, number);
  }

  /// Whether two runs of octets are equal, in a time that depends on the length alone, so that an
  /// authenticator cannot be guessed octet by octet.
  public static boolean sameInConstantTime(byte[] a, int aAt, byte[] b, int bAt, int length) {
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= a[aAt + i] ^ b[bAt + i];
    }
    return difference == 0;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }
}
