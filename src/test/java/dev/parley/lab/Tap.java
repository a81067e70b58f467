package dev.parley.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// An Ethernet device whose other end is this process (TUN/TAP of Linux). It is there as long as it
/// is open, in whichever network it was moved to. Confined to one thread at a time.
final class Tap implements AutoCloseable {
  /// Octets of the largest frame.
  static final int FRAME = 2048;

  private static final int O_RDWR_NONBLOCK = 2 | 0x800 | 0x80000;
  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TAP_NO_PI = 0x1002;
  private static final short POLLIN = 1;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle IOCTL =
      handle(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ =
      handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle PPOLL =
      handle("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

  private final Arena arena = Arena.ofShared();
  private final MemorySegment frame = arena.allocate(FRAME, 8);
  private final int fd;

  /// Makes one in the network of the calling thread.
  ///
  /// @param name at most 15 characters
  Tap(String name) throws IOException {
    try {
      fd = (int) OPEN.invokeExact(arena.allocateFrom("/dev/net/tun"), O_RDWR_NONBLOCK);
      MemorySegment request = arena.allocate(40, 8);
      request.setString(0, name);
      request.set(JAVA_SHORT, 16, IFF_TAP_NO_PI);
      int failed = fd < 0 ? fd : (int) IOCTL.invokeExact(fd, TUNSETIFF, request);
      if (failed < 0) {
        throw new IOException("no device " + name);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads a frame.
  ///
  /// @param into takes [#FRAME] octets
  /// @return its octets; 0 or less where there is none
  int read(byte[] into) {
    try {
      int length = (int) (long) READ.invokeExact(fd, frame, (long) FRAME);
      MemorySegment.copy(frame, 0, MemorySegment.ofArray(into), 0, Math.max(0, length));
      return length;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes a frame; a device that is down loses it.
  void write(byte[] octets) {
    try {
      MemorySegment.copy(MemorySegment.ofArray(octets), 0, frame, 0, octets.length);
      long written = (long) WRITE.invokeExact(fd, frame, (long) octets.length);
      assert written <= octets.length;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits until one of two has a frame.
  ///
  /// @param nanos at most
  static void await(Tap one, Tap other, long nanos) {
    try (Arena here = Arena.ofConfined()) {
      MemorySegment polled = here.allocate(16, 8);
      polled.set(JAVA_INT, 0, one.fd);
      polled.set(JAVA_SHORT, 4, POLLIN);
      polled.set(JAVA_INT, 8, other.fd);
      polled.set(JAVA_SHORT, 12, POLLIN);
      MemorySegment time = here.allocate(16, 8);
      time.set(JAVA_LONG, 8, Math.clamp(nanos, 0, 999_999_999));
      int ready = (int) PPOLL.invokeExact(polled, 2L, time, MemorySegment.NULL);
      assert ready <= 2;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      int failed = (int) CLOSE.invokeExact(fd);
      assert failed == 0;
      arena.close();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
  }
}
