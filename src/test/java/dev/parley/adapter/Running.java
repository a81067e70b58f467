package dev.parley.adapter;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.media.MediaEvent;
import dev.parley.wire.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// An adapter that runs on loopback for one test.
final class Running implements AutoCloseable {
  /// Long enough for any machine; nothing waits so long unless it fails.
  static final long PATIENCE_MILLIS = 20_000;

  final List<MediaEvent> events = new CopyOnWriteArrayList<>();
  final List<Thread> threads = new CopyOnWriteArrayList<>();
  final MediaResourceAdapter adapter;
  private final ContainerBootstrap bootstrap;

  private Running(AdapterSettings settings, List<Service<?>> services) throws Exception {
    this.adapter = new MediaResourceAdapter(settings, services, events::add);
    this.bootstrap =
        new ContainerBootstrap(
            work -> {
              Thread thread = new Thread(work);
              threads.add(thread);
              return thread;
            });
    adapter.start(bootstrap);
  }

  static Running start(AdapterSettings settings, Service<?>... services) throws Exception {
    return new Running(settings, List.of(services));
  }

  /// One loop with an engine of the test's own, on UDP and TCP of the IPv4 loopback.
  static Running start(Preference io, Service.EngineFactory<String> engine) throws Exception {
    return start(settings(io), service(engine, List.of(udp("127.0.0.1"), tcp("127.0.0.1"))));
  }

  static AdapterSettings settings(Preference io) {
    return AdapterSettings.defaults().loops(1).io(io);
  }

  static Service<String> service(Service.EngineFactory<String> engine, List<Listener> listeners) {
    return new Service<>("test", listeners, Running::frame, engine, (effect, loop) -> {});
  }

  /// The same on UDP and TCP of the IPv4 loopback, with security before it.
  static Service<String> service(
      Service.EngineFactory<String> engine, List<Intake.Layer> datagrams, StreamLayer streams)
      throws UnknownHostException {
    List<Listener> listeners = List.of(udp("127.0.0.1"), tcp("127.0.0.1"));
    return new Service<>(
        "test", listeners, Running::frame, engine, (effect, loop) -> {}, datagrams, streams);
  }

  /// A frame is a length of two octets and as many more; the length 0xffff is garbage.
  static int frame(byte[] octets, int at, int available) {
    if (available < 2) {
      return Framer.MORE;
    }
    int length = (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    return length == 0xffff ? Framer.GARBAGE : 2 + length;
  }

  static Listener udp(String host) throws UnknownHostException {
    return new Listener("udp", Transport.UDP, InetAddress.getByName(host), 0, true);
  }

  static Listener tcp(String host) throws UnknownHostException {
    return new Listener("tcp", Transport.TCP, InetAddress.getByName(host), 0, true);
  }

  static Engine echo(dev.parley.engine.Effects<String> effects) {
    return new EchoEngine(effects);
  }

  InetSocketAddress address(int listener) {
    List<MediaEvent> all = new ArrayList<>(adapter.listeners());
    MediaEvent.ListenerUp up = (MediaEvent.ListenerUp) all.get(listener);
    return new InetSocketAddress(up.host(), up.port());
  }

  InetSocketAddress udp() {
    return address(0);
  }

  InetSocketAddress tcp() {
    return address(1);
  }

  Socket connect() throws IOException {
    InetSocketAddress to = tcp();
    Socket socket = new Socket(to.getAddress(), to.getPort());
    socket.setSoTimeout((int) PATIENCE_MILLIS);
    return socket;
  }

  long count(Counter counter) {
    return adapter.snapshots().stream().mapToLong(snapshot -> snapshot.of(counter)).sum();
  }

  /// Waits for what another thread will bring about.
  static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited in vain: " + what);
      }
      Thread.sleep(1);
    }
  }

  @Override
  public void close() {
    stop();
  }

  void stop() {
    adapter.stop();
    if (!bootstrap.close(Duration.ofMillis(PATIENCE_MILLIS))) {
      throw new AssertionError("a loop's thread did not end");
    }
  }
}
