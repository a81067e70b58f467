package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.lab.DataClient;
import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.protocol.sctp.ChannelParameters;
import dev.parley.wire.FiveTuple;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/// CPU time of one loop for data channels, with DTLS, SCTP and the fan-out of a room, from
/// datagrams in to datagrams out; the clients' own work and the kernel are not in it.
///
/// `DataBench [megabytes]`: megabytes per CPU second from one client to another, then the share of
/// a core that 1,000 messages a second to 50 receivers take. Rounds warm up, read the last ones.
public final class DataBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /// The engine, and how long this thread has worked in it.
  private static final class Metered implements Engine {
    private final Engine engine;
    private final long cost = cost();
    long nanoseconds;
    long calls;

    Metered(Engine engine) {
      this.engine = engine;
    }

    /// Of asking twice what time it is.
    private static long cost() {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 20; i++) {
        long begun = THREADS.getCurrentThreadCpuTime();
        for (int j = 0; j < 1_000; j++) {
          THREADS.getCurrentThreadCpuTime();
        }
        best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - begun) / 1_000);
      }
      return best;
    }

    private void meter(Runnable work) {
      long begun = THREADS.getCurrentThreadCpuTime();
      work.run();
      nanoseconds += THREADS.getCurrentThreadCpuTime() - begun - cost;
      calls++;
    }

    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      meter(() -> engine.receive(octets, at, length, path, now));
    }

    @Override
    public void drained(long now) {
      meter(() -> engine.drained(now));
    }

    @Override
    public void command(MediaCommand command, long now) {
      meter(() -> engine.command(command, now));
    }

    @Override
    public void tick(long now) {
      meter(() -> engine.tick(now));
    }

    @Override
    public long deadline() {
      return engine.deadline();
    }
  }

  private DataBench() {}

  public static void main(String[] arguments) {
    int megabytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
    through(megabytes);
    fanOut(50, 1_000, 200, 5);
  }

  private static Metered meter(DataHall hall) {
    Metered metered = new Metered(hall.hall.engine);
    hall.hall.network.engine(metered);
    hall.orders = metered;
    return metered;
  }

  private static void through(int megabytes) {
    DataHall hall = new DataHall(1, ChannelParameters.reliable("data"));
    DataClient ann = hall.join("ann");
    DataClient bob = hall.join("bob");
    hall.hall.network.delay(Duration.ofMillis(2), Duration.ZERO);
    Metered engine = meter(hall);
    byte[] message = new byte[65_536];
    for (int round = 0; round < 4; round++) {
      long before = engine.nanoseconds;
      long packets = hall.hall.network.carried();
      int sent = 0;
      bob.came().clear();
      while (bob.came().size() < megabytes * 16) {
        while (sent < megabytes * 16 && ann.sctp().held() < 2_000_000) {
          hall.send("ann", message);
          sent++;
        }
        hall.hall.network.pass(Duration.ofMillis(5));
      }
      double seconds = (engine.nanoseconds - before) / 1e9;
      System.out.printf(
          "%d MB in and out: %.2f s CPU, %.0f MB a CPU second, %.1f us a packet out%n",
          megabytes,
          seconds,
          megabytes / seconds,
          seconds * 1e6 / (hall.hall.network.carried() - packets));
    }
  }

  private static void fanOut(int receivers, int aSecond, int octets, int seconds) {
    DataHall hall = new DataHall(1, ChannelParameters.reliable("data"));
    for (int i = 0; i <= receivers; i++) {
      hall.join("p" + i);
    }
    Metered engine = meter(hall);
    byte[] message = new byte[octets];
    for (int round = 0; round < 3; round++) {
      long before = engine.nanoseconds;
      long out = hall.hall.tally.counts().getOrDefault(Counter.DATA_MESSAGES_OUT, 0L);
      for (int i = 0; i < seconds * aSecond; i++) {
        hall.send("p0", message);
        hall.hall.network.pass(Duration.ofNanos(1_000_000_000L / aSecond));
      }
      hall.hall.network.pass(Duration.ofMillis(500));
      hall.clients.values().forEach(client -> client.came().clear());
      long sent = hall.hall.tally.counts().get(Counter.DATA_MESSAGES_OUT) - out;
      double cpu = (engine.nanoseconds - before) / 1e9;
      System.out.printf(
          "%d messages a second to %d: %.0f %% of a core, %.1f us a message out (%d out)%n",
          aSecond, receivers, 100 * cpu / seconds, cpu * 1e6 / sent, sent);
    }
  }
}
