package dev.parley.bench;

import dev.parley.lab.Namespace;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.Program;
import dev.parley.lab.TurnHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// A day in miniature: very many allocations made and ended; heap, descriptors and relay ports are
/// back where they were.
///
/// `TurnChurn [allocations, 200000] [setting=value …]`: a tenth of them warms the server up, then
/// what is in use is counted, the rest is made and ended, and it is counted again. Exits with 1
/// where a descriptor or a port is left, or the heap has grown by more than a mebibyte. Wants root
/// and `target/parley.jar`.
public final class TurnChurn {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /// Heap that a JVM with other things to do may have come to use meanwhile.
  private static final long TOLERATED_KIBIBYTES = 1024;

  private final TurnHost server;
  private final ServerProcess process;

  /// @param sockets UDP sockets of the server's network: listeners and relays
  private record InUse(long heapKibibytes, long residentKibibytes, int descriptors, int sockets) {}

  private TurnChurn(TurnHost server) {
    this.server = server;
    process = new ServerProcess(server.pid());
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int count =
        Arrays.stream(args)
            .filter(a -> a.matches("\\d+"))
            .mapToInt(Integer::parseInt)
            .findFirst()
            .orElse(200_000);
    String[] settings =
        Arrays.stream(args)
            .filter(a -> a.contains("=") || a.startsWith("-"))
            .toArray(String[]::new);
    boolean good;
    try (Namespace where = Namespace.make()) {
      var setup = TurnHost.Setup.in(where, List.of("127.0.0.1"), null);
      try (TurnHost server = ParleyTurn.start(setup, settings)) {
        good = new TurnChurn(server).churn(count);
      }
    }
    System.exit(good ? 0 : 1);
  }

  private boolean churn(int count) throws IOException, InterruptedException {
    cycles(count / 10);
    InUse before = inUse();
    System.out.println("before " + before);
    System.out.print(cycles(count - count / 10));
    InUse after = inUse();
    System.out.println("after  " + after);
    boolean good =
        after.descriptors() <= before.descriptors()
            && after.sockets() <= before.sockets()
            && after.heapKibibytes() <= before.heapKibibytes() + TOLERATED_KIBIBYTES;
    System.out.println(good ? "all is back" : "SOMETHING IS LEFT");
    return good;
  }

  private String cycles(int count) {
    Program.Outcome outcome =
        Program.run(LIMIT, TurnBench.command(server, "cycles", Integer.toString(count), "50"));
    if (outcome.status() != 0) {
      throw new IllegalStateException(outcome.said());
    }
    return outcome.said();
  }

  private InUse inUse() throws IOException, InterruptedException {
    Thread.sleep(3_000); // a relay may close a turn after its allocation has ended
    long heap = new HeapProbe(server.pid()).usedKibibytes();
    return new InUse(
        heap, process.residentKibibytes(), process.descriptors(), process.udpSockets());
  }
}
