package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.adapter.AdapterSettings.Preference;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a loop allocates while the same clients go on.
@Tag("alone")
class AllocationTest {
  private static final int PHASES = 20;
  private static final int MEASURED = 50_000;
  private static final int WINDOW = 32;

  @Test
  void linuxAllocatesNothingForADatagram() throws Exception {
    // A tenth of an octet: a class loaded late, a thread's bookkeeping, not datagrams.
    assertAllocatesLess(Preference.AUTOMATIC, MEASURED / 10);
  }

  @Test
  void nioAllocatesNoMoreThanAnAddressForADatagram() throws Exception {
    // The JDK makes a new source address whenever the sender changes.
    assertAllocatesLess(Preference.NIO, 200L * MEASURED);
  }

  // Until the compiler has seen enough, temporaries of the JDK still reach the heap; how long that
  // takes depends on the machine, so the steady state is waited for.
  private static void assertAllocatesLess(Preference io, long limit) throws Exception {
    List<Long> phases = new ArrayList<>();
    try (Running running = Running.start(io, (loop, effects, tally) -> Running.echo(effects));
        DatagramSocket one = DatagramTest.client(running.udp());
        DatagramSocket two = DatagramTest.client(running.udp())) {
      while (phases.size() < PHASES && (phases.isEmpty() || phases.getLast() >= limit)) {
        long before = allocatedBy(running.threads.get(0));
        exchange(one, two, MEASURED);
        phases.add(allocatedBy(running.threads.get(0)) - before);
      }
    }
    assertTrue(phases.getLast() < limit, "octets for " + MEASURED + " datagrams: " + phases);
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
