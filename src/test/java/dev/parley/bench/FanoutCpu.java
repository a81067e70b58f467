package dev.parley.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// CPU nanoseconds, user and system, of another process: ten thousand packets take less than the
/// ticks of [ServerProcess] can tell apart.
///
/// @param process of all its threads, those that ended too (clock_getcpuclockid(3))
/// @param threads of the threads that live, by name without numbers (`schedstat` of proc(5))
/// @param waited how long those could have run and had no core
/// @param softirq of the kernel's threads that take over network work it does not get done in the
///   name of the sender; so it is nobody's, and near 0 where the figures are good
record FanoutCpu(long process, Map<String, Long> threads, Map<String, Long> waited, long softirq) {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle TIME =
      handle("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  static FanoutCpu of(long pid) throws IOException {
    return new FanoutCpu(clock(pid), threads(pid, 0), threads(pid, 1), softirqThreads());
  }

  // The kernel's number of a process's CPU clock: the complement of the process id above three
  // bits,
  // of which 2 is the scheduler's own count.
  private static long clock(long pid) {
    int clock = (int) (~pid << 3 | 2);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(16, 8);
      int failed = (int) TIME.invokeExact(clock, time);
      if (failed != 0) {
        throw new IllegalStateException("no CPU clock of process " + pid);
      }
      return time.get(JAVA_LONG, 0) * 1_000_000_000L + time.get(JAVA_LONG, 8);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  // By the place of the figure in `schedstat`: what threads ran, or waited for a core.
  private static Map<String, Long> threads(long pid, int place) throws IOException {
    Map<String, Long> threads = new TreeMap<>();
    try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks.toList()) {
        try {
          String name = Files.readString(task.resolve("comm")).replaceAll("[#0-9]", "").strip();
          threads.merge(name, figure(task, place), Long::sum);
        } catch (NoSuchFileException e) {
          // a thread ended while we looked
        }
      }
    }
    return threads;
  }

  private static long softirqThreads() throws IOException {
    long sum = 0;
    try (var processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        try {
          if (Files.readString(process.resolve("comm")).startsWith("ksoftirqd")) {
            sum += figure(process, 0);
          }
        } catch (IOException e) {
          // it ended while we looked
        }
      }
    }
    return sum;
  }

  private static long figure(Path task, int place) throws IOException {
    return Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[place]);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, FunctionDescriptor shape) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape);
  }
}
