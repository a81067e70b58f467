package dev.parley.adapter;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.Counters;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.media.Snapshot;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import jakarta.resource.spi.work.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One thread with its own sockets and engines: a turn takes the time once, serves what is ready,
/// takes commands, ticks what is due, sends what was queued, and waits.
///
/// Built and bound by the thread that starts the adapter, then owned by the loop's; other threads
/// may [#post], [#release] and read the counters.
public final class EventLoop implements Work {
  private final int index;
  private final LoopIo io;
  private final Counters counters;
  private final Mailbox mailbox;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Streams streams;
  private final FailureLog failures;
  private final Consumer<String> ended;
  private final List<EngineHost<?>> hosts = new ArrayList<>();
  private final Map<TransportAddress, UdpSocket> sockets = new HashMap<>();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final Consumer<MediaEvent> events;
  // Until a layer takes DTLS there is none to send on.
  private DatagramOutlet dtls =
      (octets, at, length, path) -> counters().count(Counter.SEND_FAILURES);
  private volatile boolean stopping;
  private UdpSocket lastSocket;
  private long now = System.nanoTime();

  /// @param events told what engines tell, on the loop
  /// @param ended told once what ended the loop, or null where it was told to stop
  EventLoop(
      int index,
      LoopIo.Factory io,
      AdapterSettings settings,
      Consumer<MediaEvent> events,
      Consumer<String> ended)
      throws IOException {
    this.index = index;
    this.counters = new Counters(index);
    this.io = io.open(counters);
    this.mailbox = new Mailbox(settings.mailbox());
    this.failures = new FailureLog(index, counters);
    this.streams = new Streams(this, settings.streams());
    this.events = events;
    this.ended = ended;
  }

  /// The loop's number, from 0.
  public int index() {
    return index;
  }

  /// The time of this turn; on the loop only.
  public long now() {
    return now;
  }

  /// Where the loop counts; on the loop only.
  public Tally tally() {
    return counters;
  }

  Counters counters() {
    return counters;
  }

  /// The counters now, from any thread.
  public Snapshot snapshot() {
    return counters.snapshot();
  }

  /// Tells the enterprise half; on the loop only.
  void tell(MediaEvent event) {
    events.accept(event);
  }

  /// Whom to send DTLS by, from the layer that speaks it.
  public void dtls(DatagramOutlet outlet) {
    dtls = outlet;
  }

  /// Leaves a command for the loop, from any thread; false where its mailbox is full or it is
  /// ending.
  public boolean post(MediaCommand command) {
    boolean taken = !stopping && mailbox.offer(command);
    if (taken && asleep.getAndSet(false)) {
      io.wake();
    }
    return taken;
  }

  /// Runs a task on the loop, from any thread; forgotten where the loop is ending.
  ///
  /// For answers of work that this loop has given away, so their number is bounded by whoever gave
  /// it.
  public void execute(Runnable task) {
    if (!stopping) {
      tasks.add(task);
      if (asleep.getAndSet(false)) {
        io.wake();
      }
    }
  }

  /// Ends the loop past its mailbox, as a [jakarta.resource.spi.work.WorkManager] may ask.
  @Override
  public void release() {
    stopping = true;
    io.wake();
  }

  <E> EngineHost<E> host(Service<E> service) {
    EngineHost<E> host = new EngineHost<>(service, this);
    hosts.add(host);
    return host;
  }

  /// Binds one listener before the loop runs; answers its address.
  TransportAddress listen(EngineHost<?> host, Transport transport, Bind bind) throws IOException {
    if (transport.stream()) {
      return streams.listen(io, bind, host).local();
    }
    UdpSocket socket = io.udp(bind, host.intake()::receive);
    sockets.put(socket.local(), socket);
    return socket.local();
  }

  @Override
  public void run() {
    Thread thread = Thread.currentThread();
    String formerName = thread.getName();
    thread.setName("parley-loop-" + index);
    String failure = null;
    try {
      while (!stopping) {
        turn();
      }
    } catch (Throwable t) {
      failure = t.toString();
    }
    String closing = close();
    thread.setName(formerName);
    ended.accept(failure == null ? closing : failure);
  }

  /// Frees everything; by the loop at its end, or instead of a loop that never ran.
  ///
  /// @return what went wrong, or null
  String close() {
    try {
      streams.closeAll();
      io.flush();
      return null;
    } catch (Throwable t) {
      return t.toString();
    } finally {
      io.close();
    }
  }

  private void turn() throws IOException {
    sleep();
    now = System.nanoTime();
    long begun = now;
    io.dispatch();
    commands();
    for (int i = 0; i < hosts.size(); i++) {
      hosts.get(i).tickIfDue(now);
    }
    streams.tick(now);
    failures.tick(now);
    streams.flush();
    io.flush();
    counters.count(Counter.LOOP_TURNS);
    counters.add(Counter.LOOP_BUSY, System.nanoTime() - begun);
  }

  // Whoever posts looks at `asleep` after its command is in the box; we look into the box after
  // `asleep` is set: one of the two sees the other.
  private void sleep() throws IOException {
    asleep.set(true);
    io.await(mailbox.isEmpty() && tasks.isEmpty() && !stopping ? untilDeadline() : 0);
    asleep.set(false);
    // A container interrupts its threads when it wants them back; a flag left standing would make
    // every later wait of a selector return at once.
    if (Thread.interrupted()) {
      stopping = true;
    }
  }

  private long untilDeadline() {
    long earliest = Engine.NEVER;
    for (int i = 0; i < hosts.size(); i++) {
      earliest = earlier(earliest, hosts.get(i).deadline());
    }
    earliest = earlier(earliest, streams.deadline());
    if (failures.waiting()) {
      earliest = earlier(earliest, failures.due());
    }
    return earliest == Engine.NEVER ? Long.MAX_VALUE : Math.max(0, earliest - System.nanoTime());
  }

  private static long earlier(long a, long b) {
    return b == Engine.NEVER || a != Engine.NEVER && a - b <= 0 ? a : b;
  }

  private void commands() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      run(task);
    }
    for (MediaCommand command = mailbox.poll(); command != null; command = mailbox.poll()) {
      counters.count(Counter.MAILBOX_COMMANDS);
      switch (command) {
        case MediaCommand.Stop() -> stopping = true;
        default -> {
          for (int i = 0; i < hosts.size(); i++) {
            hosts.get(i).command(command);
          }
        }
      }
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) {
      failed("loop", t);
    }
  }

  /// Hot: sends a message on the socket its path came in by.
  void transmit(byte[] octets, int at, int length, FiveTuple path) {
    if (path.transport() == Transport.UDP) {
      datagram(octets, at, length, path);
    } else if (path.transport() == Transport.DTLS) {
      dtls.transmit(octets, at, length, path);
    } else if (!streams.transmit(octets, at, length, path)) {
      counters.count(Counter.SEND_FAILURES);
    }
  }

  private void datagram(byte[] octets, int at, int length, FiveTuple path) {
    UdpSocket socket = lastSocket;
    if (socket == null || socket.local() != path.local()) {
      socket = sockets.get(path.local());
      if (socket == null) {
        counters.count(Counter.SEND_FAILURES);
        return;
      }
      lastSocket = socket;
    }
    socket.send(octets, at, length, path.remote());
  }

  void failed(String service, Throwable failure) {
    failures.failed(service, failure, now);
  }
}
