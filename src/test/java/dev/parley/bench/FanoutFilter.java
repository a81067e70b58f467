package dev.parley.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Socket filters (socket(7), SO_ATTACH_FILTER) that let a client receive from a server at next to
/// no cost: of RTP only sequence numbers that 128 divides get through, all the rest is dropped by
/// the kernel at the end of its way and counted with the socket (`drops` in `/proc/net/udp`).
final class FanoutFilter {
  /// One in so many RTP packets gets through.
  static final int SAMPLE = 128;

  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int SOCK_DGRAM = 2;

  private static final int LOAD_OCTET = 0x30;
  private static final int LOAD_WORD16 = 0x28;
  private static final int AND = 0x54;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int RETURN = 0x06;

  /// Octets of a `struct sock_filter`, and how it is written: code, jump if true, if false, value.
  private static final int INSTRUCTION = 8;

  /// Offsets count from the UDP header, which has eight octets.
  private static final int[][] PROGRAM = {
    {LOAD_OCTET, 0, 0, 8},
    {AND, 0, 0, 0xc0},
    {JUMP_EQUAL, 0, 8, 0x80}, // neither RTP nor RTCP: take
    {LOAD_OCTET, 0, 0, 9},
    {AND, 0, 0, 0x7f},
    {JUMP_AT_LEAST, 0, 1, 64},
    {JUMP_AT_LEAST, 0, 4, 96}, // RTCP: take
    {LOAD_WORD16, 0, 0, 10},
    {AND, 0, 0, SAMPLE - 1},
    {JUMP_EQUAL, 1, 0, 0},
    {RETURN, 0, 0, 0},
    {RETURN, 0, 0, 0xffff},
  };

  private static final Linker LINKER = Linker.nativeLinker();
  private static final FunctionDescriptor SOCKET_OPTION =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SET = handle("setsockopt", SOCKET_OPTION);
  private static final MethodHandle ASK =
      handle(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle NAME =
      handle("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

  private FanoutFilter() {}

  /// Puts the filter on this process's UDP sockets at these ports of 127.0.0.1.
  static void attach(Set<Integer> ports) {
    try (Arena arena = Arena.ofConfined();
        Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      MemorySegment program = program(arena);
      Map<Integer, Integer> done = new TreeMap<>();
      for (Path file : open.toList()) {
        int fd = Integer.parseInt(file.getFileName().toString());
        int port = port(arena, fd);
        if (ports.contains(port)) {
          int failed = (int) SET.invokeExact(fd, SOL_SOCKET, SO_ATTACH_FILTER, program, 16);
          if (failed != 0) {
            throw new IllegalStateException("the kernel refuses the filter");
          }
          done.put(port, fd);
        }
      }
      if (done.size() != ports.size()) {
        throw new IllegalStateException(done.size() + " sockets of " + ports.size() + " found");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// What the kernel has dropped of each local port's datagrams since the socket was made.
  static Map<Integer, Long> drops() throws IOException {
    Map<Integer, Long> drops = new TreeMap<>();
    List<String> lines = Files.readAllLines(Path.of("/proc/self/net/udp"));
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.strip().split("\\s+");
      int port = Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16);
      drops.put(port, Long.parseLong(columns[columns.length - 1]));
    }
    return drops;
  }

  // The port of a UDP socket over IPv4, -1 for anything else.
  private static int port(Arena arena, int fd) throws Throwable {
    MemorySegment size = arena.allocateFrom(JAVA_INT, 4);
    MemorySegment type = arena.allocate(JAVA_INT);
    int failed = (int) ASK.invokeExact(fd, SOL_SOCKET, SO_TYPE, type, size);
    if (failed != 0 || type.get(JAVA_INT, 0) != SOCK_DGRAM) {
      return -1;
    }
    MemorySegment name = arena.allocate(128, 8);
    size.set(JAVA_INT, 0, 128);
    failed = (int) NAME.invokeExact(fd, name, size);
    boolean inet = failed == 0 && name.get(JAVA_SHORT, 0) == 2;
    return inet ? (name.get(JAVA_BYTE, 2) & 0xff) << 8 | name.get(JAVA_BYTE, 3) & 0xff : -1;
  }

  // A struct sock_fprog and what it points at.
  private static MemorySegment program(Arena arena) {
    MemorySegment filter = arena.allocate((long) PROGRAM.length * INSTRUCTION, 8);
    for (int i = 0; i < PROGRAM.length; i++) {
      long at = (long) i * INSTRUCTION;
      filter.set(JAVA_SHORT, at, (short) PROGRAM[i][0]);
      filter.set(JAVA_BYTE, at + 2, (byte) PROGRAM[i][1]);
      filter.set(JAVA_BYTE, at + 3, (byte) PROGRAM[i][2]);
      filter.set(JAVA_INT, at + 4, PROGRAM[i][3]);
    }
    MemorySegment program = arena.allocate(16, 8);
    program.set(JAVA_SHORT, 0, (short) PROGRAM.length);
    program.set(ADDRESS, 8, filter);
    return program;
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, FunctionDescriptor shape) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape);
  }
}
