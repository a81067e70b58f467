package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.adapter.AdapterSettings.Preference;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import org.junit.jupiter.api.Test;

/// What a loop allocates while the same clients go on.
class AllocationTest {
  private static final int WARM = 30_000;
  private static final int MEASURED = 100_000;
  private static final int WINDOW = 32;

  /// A class that is loaded late or a sleeping thread's bookkeeping, not packets.
  private static final long NEARLY_NOTHING = 64 * 1024;

  @Test
  void linuxAllocatesNothingForADatagram() throws Exception {
    long allocated = allocated(Preference.AUTOMATIC);
    assertTrue(allocated < NEARLY_NOTHING, allocated + " B for " + MEASURED + " datagrams");
  }

  @Test
  void nioAllocatesNoMoreThanAnAddressForADatagram() throws Exception {
    // The JDK makes a new source address whenever the sender changes.
    long allocated = allocated(Preference.NIO);
    assertTrue(allocated < 200L * MEASURED, allocated + " B for " + MEASURED + " datagrams");
  }

  private static long allocated(Preference io) throws Exception {
    try (Running running = Running.start(io, (loop, effects, tally) -> Running.echo(effects));
        DatagramSocket one = DatagramTest.client(running.udp());
        DatagramSocket two = DatagramTest.client(running.udp())) {
      exchange(one, two, WARM);
      long before = allocatedBy(running.threads.get(0));
      exchange(one, two, MEASURED);
      long allocated = allocatedBy(running.threads.get(0)) - before;
      System.getLogger("bench").log(System.Logger.Level.DEBUG, io + ": " + allocated + " B");
      return allocated;
    }
  }

  private static long allocatedBy(Thread thread) {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(thread.threadId());
  }

  private static void exchange(DatagramSocket one, DatagramSocket two, int count) throws Exception {
    byte[] octets = DatagramTest.octets(1, 172);
    for (int sent = 0; sent < count; sent += 2 * WINDOW) {
      for (int i = 0; i < WINDOW; i++) {
        DatagramTest.send(one, octets);
        DatagramTest.send(two, octets);
      }
      for (int i = 0; i < WINDOW; i++) {
        DatagramTest.receive(one);
        DatagramTest.receive(two);
      }
    }
  }
}
