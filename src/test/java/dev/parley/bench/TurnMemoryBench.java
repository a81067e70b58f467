package dev.parley.bench;

import dev.parley.lab.Coturn;
import dev.parley.lab.Namespace;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.TurnHost;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// What an idle allocation costs in memory, and whether it comes back.
///
/// `TurnMemoryBench [allocations, 10000] [rounds, 3] [coturn] [setting=value …]`: holds so many
/// allocations and ends them, round after round, and prints resident memory, for Java the heap in
/// use after full collections, and open descriptors. The first round grows what grows once (code,
/// tables, the collector's regions): the growth by allocations is seen from the second. Wants root
/// and `target/parley.jar`.
public final class TurnMemoryBench {
  private final TurnHost server;
  private final ServerProcess process;

  private TurnMemoryBench(TurnHost server) {
    this.server = server;
    process = new ServerProcess(server.pid());
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> numbers = Arrays.stream(args).filter(a -> a.matches("\\d+")).toList();
    int count = numbers.isEmpty() ? 10_000 : Integer.parseInt(numbers.getFirst());
    int rounds = numbers.size() < 2 ? 3 : Integer.parseInt(numbers.get(1));
    String[] settings =
        Arrays.stream(args)
            .filter(a -> a.contains("=") || a.startsWith("-"))
            .toArray(String[]::new);
    try (Namespace where = Namespace.make()) {
      var setup = TurnHost.Setup.in(where, List.of("127.0.0.1"), null);
      boolean coturn = Arrays.asList(args).contains("coturn");
      try (TurnHost server =
          coturn ? Coturn.startWithUser(setup) : ParleyTurn.start(setup, settings)) {
        var bench = new TurnMemoryBench(server);
        for (int round = 1; round <= rounds; round++) {
          System.out.println("round " + round + ", " + count + " allocations");
          bench.round(count);
        }
      }
    }
  }

  /// @param residentKibibytes RSS
  /// @param heapKibibytes in use after full collections; 0 where there is none
  private record Memory(long residentKibibytes, long heapKibibytes, int descriptors) {}

  private Memory memory() throws IOException {
    long heap = server instanceof Coturn ? 0 : new HeapProbe(server.pid()).usedKibibytes();
    return new Memory(process.residentKibibytes(), heap, process.descriptors());
  }

  private void round(int count) throws IOException, InterruptedException {
    Memory before = memory();
    print("before", before, before, count);
    try (var held = new HeldAllocations(server, count)) {
      print("held", memory(), before, count);
      held.release();
    }
    Thread.sleep(2_000);
    print("released", memory(), before, count);
  }

  private static void print(String when, Memory now, Memory before, int count) {
    System.out.printf(
        "  %-8s RSS %7d KiB (%+6.2f KiB an allocation), heap %7d KiB (%+6.2f), %d descriptors%n",
        when,
        now.residentKibibytes(),
        (double) (now.residentKibibytes() - before.residentKibibytes()) / count,
        now.heapKibibytes(),
        (double) (now.heapKibibytes() - before.heapKibibytes()) / count,
        now.descriptors());
  }
}
