package dev.parley.adapter;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// What a packet costs that one loop passes to another: CPU time of both threads, a burst at a
/// time, wakes excluded: `CarryCost [bursts]`.
public final class CarryCost {
  private static final int OCTETS = 1_200;
  private static final int BURST = 32;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CarryCost() {}

  /// Prints a line for each of three rounds: the first warms up.
  public static void main(String[] arguments) throws Exception {
    int bursts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
    for (int round = 0; round < 3; round++) {
      round(bursts);
    }
  }

  private static void round(int bursts) throws Exception {
    Passage passage = new Passage();
    byte[] ring = new byte[64 * OCTETS];
    long[] taken = new long[1];
    long[] consumer = new long[1];
    Reader reader =
        (_, _, _, octets, at, length) -> {
          System.arraycopy(octets, at, ring, (int) (taken[0] % 64) * OCTETS, length);
          taken[0]++;
        };
    long all = (long) bursts * BURST;
    Thread other =
        new Thread(
            () -> {
              while (taken[0] < all) {
                long before = THREADS.getCurrentThreadCpuTime();
                long had = taken[0];
                passage.drain(reader);
                if (taken[0] > had) {
                  consumer[0] += THREADS.getCurrentThreadCpuTime() - before;
                } else {
                  Thread.yield();
                }
              }
            });
    other.start();
    byte[] packet = new byte[OCTETS];
    long producer = 0;
    for (int i = 0; i < bursts; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      int left = BURST;
      while (left > 0 && passage.offer(Passed.CARRIED, packet, null, packet, 0, OCTETS)) {
        left--;
      }
      producer += THREADS.getCurrentThreadCpuTime() - before;
      while (left > 0) {
        Thread.yield();
        left -= passage.offer(Passed.CARRIED, packet, null, packet, 0, OCTETS) ? 1 : 0;
      }
    }
    other.join();
    System.out.printf(
        "a packet of %d octets: %d ns to pass, %d ns to take into a ring%n",
        OCTETS, producer / all, consumer[0] / all);
  }
}
