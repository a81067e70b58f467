package dev.parley.bench;

import dev.parley.adapter.AdapterSettings;
import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.ContainerBootstrap;
import dev.parley.adapter.Listener;
import dev.parley.adapter.MediaResourceAdapter;
import dev.parley.adapter.Service;
import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.Counters;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.adapter.linux.LinuxIo;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.media.MediaEvent;
import dev.parley.media.Snapshot;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// What one echoed datagram costs the loop in CPU time, with the two twins in one run: 16 clients
/// on loopback, each with 16 datagrams under way.
///
/// Sizes that differ keep datagrams out of UDP_SEGMENT runs; equal ones let it show. The numbers of
/// one run compare with each other, not with those of another machine.
final class UdpEchoBench {
  private static final int CLIENTS = 16;
  private static final int WINDOW = 16;
  private static final long PHASE = 1_500_000_000L;
  private static final int REPETITIONS = 4;

  private record Variant(String name, Preference io, boolean equalSizes) {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("CPU ns per echoed datagram, bytes allocated, datagrams a turn");
    List<Variant> variants =
        List.of(
            new Variant("nio", Preference.NIO, false),
            new Variant("linux, sizes differ", Preference.AUTOMATIC, false),
            new Variant("linux, sizes equal", Preference.AUTOMATIC, true));
    for (int octets : new int[] {160, 1200}) {
      for (Variant variant : variants) {
        run(variant, octets);
      }
    }
  }

  private static void run(Variant variant, int octets) throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    Service<Void> echo =
        new Service<>(
            "echo",
            List.of(new Listener("udp", Transport.UDP, loopback, 0, true)),
            (buffer, at, available) -> -1,
            (loop, effects, tally) -> new Echo(effects),
            (effect, loop) -> {});
    List<Thread> threads = new ArrayList<>();
    ContainerBootstrap bootstrap =
        new ContainerBootstrap(
            work -> {
              threads.add(new Thread(work));
              return threads.getLast();
            });
    MediaResourceAdapter adapter =
        new MediaResourceAdapter(
            AdapterSettings.defaults().loops(1).io(variant.io()), List.of(echo), event -> {});
    adapter.start(bootstrap);
    int port = ((MediaEvent.ListenerUp) adapter.listeners().getFirst()).port();
    Clients clients = new Clients(TransportAddress.of(loopback, port), octets, variant);
    Thread load = new Thread(clients);
    load.start();
    measure(variant, octets, adapter, threads.getFirst());
    clients.ending = true;
    load.join();
    adapter.stop();
    bootstrap.close();
  }

  private static void measure(
      Variant variant, int octets, MediaResourceAdapter adapter, Thread loop) throws Exception {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    StringBuilder line = new StringBuilder("%-22s %5d B: ".formatted(variant.name(), octets));
    for (int i = 0; i <= REPETITIONS; i++) {
      Snapshot before = adapter.snapshots().getFirst();
      long cpu = threads.getThreadCpuTime(loop.threadId());
      long allocated = threads.getThreadAllocatedBytes(loop.threadId());
      Thread.sleep(PHASE / 1_000_000);
      Snapshot after = adapter.snapshots().getFirst();
      cpu = threads.getThreadCpuTime(loop.threadId()) - cpu;
      allocated = threads.getThreadAllocatedBytes(loop.threadId()) - allocated;
      long datagrams = after.of(Counter.DATAGRAMS_SENT) - before.of(Counter.DATAGRAMS_SENT);
      long turns = after.of(Counter.LOOP_TURNS) - before.of(Counter.LOOP_TURNS);
      // The first phase warms up.
      if (i > 0 && datagrams > 0) {
        line.append(
            "%d ns (%.1f B, %.0f/turn, %.0f k/s)  "
                .formatted(
                    cpu / datagrams,
                    (double) allocated / datagrams,
                    (double) datagrams / turns,
                    datagrams * 1e6 / PHASE));
      }
    }
    System.out.println(line);
  }

  private record Echo(Effects<Void> effects) implements Engine {
    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      effects.transmit(octets, at, length, path);
    }

    @Override
    public void tick(long now) {}

    @Override
    public long deadline() {
      return NEVER;
    }
  }

  /// Sends every datagram again when it comes back, so that the window stays full.
  private static final class Clients implements Runnable {
    volatile boolean ending;
    private final TransportAddress server;
    private final int octets;
    private final Variant variant;

    Clients(TransportAddress server, int octets, Variant variant) {
      this.server = server;
      this.octets = octets;
      this.variant = variant;
    }

    @Override
    public void run() {
      try (LoopIo io = new LinuxIo(new Counters(0), false)) {
        byte[] datagram = new byte[octets + WINDOW];
        for (int client = 0; client < CLIENTS; client++) {
          UdpSocket[] socket = new UdpSocket[1];
          Bind bind = new Bind(InetAddress.getByName("127.0.0.1"), 0, Bind.Sharing.ALONE, 1 << 20);
          socket[0] =
              io.udp(bind, (echo, at, length, path) -> socket[0].send(echo, at, length, server));
          for (int i = 0; i < WINDOW; i++) {
            socket[0].send(datagram, 0, octets + (variant.equalSizes() ? 0 : i), server);
          }
        }
        while (!ending) {
          io.flush();
          io.await(10_000_000);
          io.dispatch();
        }
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
