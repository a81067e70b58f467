package dev.parley.adapter;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.relay.OwnMedia;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramSocket;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// What a packet between a client's relay and this node's own media port costs the loops, handed
/// over in memory and through the kernel: `OwnMediaCost [seconds]`. CPU time of the loops' threads,
/// the client's excluded.
public final class OwnMediaCost {
  private static final int OCTETS = 1200;
  private static final int BURST = 16;
  private static final long GAP = 500_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private OwnMediaCost() {}

  /// Prints a line for each way, three times: the first round warms up.
  public static void main(String[] arguments) throws Exception {
    long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 4;
    for (int round = 0; round < 3; round++) {
      for (int loops = 1; loops <= 2; loops++) {
        for (boolean echo : List.of(false, true)) {
          for (boolean memory : List.of(false, true)) {
            run(loops, echo, memory, seconds);
          }
        }
      }
    }
  }

  private static void run(int loops, boolean echo, boolean memory, long seconds) throws Exception {
    OwnMedia media = new OwnMedia();
    Service<String> service = TurnServing.media((loop, effects, tally) -> new Sink(effects, echo));
    try (Running running =
            TurnServing.start(
                Preference.AUTOMATIC,
                loops,
                TurnServing.policy(List.of()),
                media,
                media.around(service));
        TurnUser user = new TurnUser(running.udp(), "alice")) {
      user.allocate(w -> w);
      int here = user.socket.getLocalPort();
      int home = home(running, loops);
      // With two loops the media is on the other one: the dearer way.
      TransportAddress port = TurnServing.mediaPort(running, loops - 1 - home);
      if (memory) {
        media.stand(List.of());
      }
      TurnServing.follow(running, loops, port);
      if (TurnUser.error(user.bind(0x4000, port)) != 0) {
        throw new AssertionError("not bound from " + here);
      }
      measure(running, user.socket, seconds, label(loops, echo, memory));
    }
  }

  private static String label(int loops, boolean echo, boolean memory) {
    return String.format(
        "%d loops, %s, %s",
        loops, echo ? "there and back" : "one way", memory ? "memory" : "kernel");
  }

  /// The loop that made the allocation.
  private static int home(Running running, int loops) {
    for (int loop = 0; loop < loops; loop++) {
      if (running.adapter.snapshots().get(loop).of(Counter.TURN_ALLOCATIONS_MADE) > 0) {
        return loop;
      }
    }
    throw new AssertionError("no allocation");
  }

  private static void measure(Running running, DatagramSocket socket, long seconds, String label)
      throws Exception {
    Thread drain =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    while (true) {
                      RelayTest.receive(socket);
                    }
                  } catch (Exception ended) {
                    // The socket is closed.
                  }
                });
    byte[] packet = RelayTest.channelData(RelayTest.octets(1, OCTETS));
    offer(socket, packet, 1);
    Thread.sleep(100);
    long heard = Sink.HEARD.sum();
    long cpu = cpu(running);
    offer(socket, packet, seconds);
    Thread.sleep(100);
    long packets = Sink.HEARD.sum() - heard;
    System.out.printf(
        "%-34s %8d packets, %6.0f ns CPU of the loops a packet; %d found the other loop full%n",
        label,
        packets,
        (double) (cpu(running) - cpu) / packets,
        running.count(Counter.LOOP_PASS_FAILURES));
    socket.close();
    drain.join();
  }

  private static void offer(DatagramSocket socket, byte[] packet, long seconds) throws Exception {
    long next = System.nanoTime();
    long end = next + seconds * 1_000_000_000L;
    while (next < end) {
      for (int i = 0; i < BURST; i++) {
        RelayTest.send(socket, packet);
      }
      next += GAP;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private static long cpu(Running running) {
    return running.threads.stream()
        .mapToLong(thread -> THREADS.getThreadCpuTime(thread.threadId()))
        .sum();
  }

  /// Counts what comes.
  private static final class Sink implements Engine {
    static final LongAdder HEARD = new LongAdder();
    private final Effects<String> effects;
    private final boolean echo;

    Sink(Effects<String> effects, boolean echo) {
      this.effects = effects;
      this.echo = echo;
    }

    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      HEARD.increment();
      if (echo) {
        effects.transmit(octets, at, length, path);
      }
    }

    @Override
    public void tick(long now) {}

    @Override
    public long deadline() {
      return NEVER;
    }
  }
}
