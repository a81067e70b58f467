package dev.parley.adapter;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.Counters;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.engine.Deadline;
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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One thread with its own sockets and engines: a turn takes the time once, serves what is ready,
/// takes commands, ticks what is due, sends what was queued, and waits.
///
/// Built and bound by the thread that starts the adapter, then owned by the loop's; other threads
/// may [#post], [#release] and read the counters.
public final class EventLoop implements Work {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int index;
  private final LoopIo io;
  private final Counters counters;
  private final Inbox inbox;
  private final Streams streams;
  private final FailureLog failures;
  private final Consumer<String> ended;
  private final List<EngineHost<?>> hosts = new ArrayList<>();
  private final Outlets outlets;
  private final Neighbours neighbours;
  private final List<Bound> bound = new ArrayList<>();
  private final List<Ticking> ticking = new ArrayList<>();
  private final Consumer<MediaEvent> events;
  private final LoadMeter load = new LoadMeter(THREADS::getCurrentThreadCpuTime);
  private volatile boolean stopping;
  private long now = System.nanoTime();

  private record Bound(String service, Transport transport, TransportAddress local) {}

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
    this.inbox = new Inbox(settings.mailbox(), this.io);
    this.failures = new FailureLog(index, counters);
    this.streams = new Streams(this, settings.streams());
    this.outlets = new Outlets(streams, counters);
    this.neighbours = new Neighbours(this, counters);
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

  /// The counters now, from any thread.
  public Snapshot snapshot() {
    return counters.snapshot();
  }

  /// Tells the enterprise half; on the loop only.
  public void tell(MediaEvent event) {
    events.accept(event);
  }

  /// Where its sockets come from; on the loop only.
  public LoopIo io() {
    return io;
  }

  /// How this loop sends, and by whom; on the loop only.
  public Outlets outlets() {
    return outlets;
  }

  /// The other loops; on the loop only.
  public Neighbours neighbours() {
    return neighbours;
  }

  Inbox inbox() {
    return inbox;
  }

  /// Leaves a command for the loop, from any thread; false where its mailbox is full or it is
  /// ending.
  public boolean post(MediaCommand command) {
    return !stopping && inbox.post(command);
  }

  /// Has the loop's thread do something, from any thread: the result of what it asked to be done
  /// elsewhere.
  public void execute(Runnable result) {
    inbox.execute(result);
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
    TransportAddress local = bound(host, transport, bind);
    bound.add(new Bound(host.service().name(), transport, local));
    return local;
  }

  private TransportAddress bound(EngineHost<?> host, Transport transport, Bind bind)
      throws IOException {
    if (transport.stream()) {
      return streams.listen(io, bind, host).local();
    }
    UdpSocket socket = io.udp(bind, host.intake()::receive);
    outlets.add(socket);
    return socket.local();
  }

  /// Where this loop listens for a service; once it runs.
  public List<TransportAddress> listening(String service, Transport transport) {
    return bound.stream()
        .filter(one -> one.service().equals(service) && one.transport() == transport)
        .map(Bound::local)
        .toList();
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
      ticking.forEach(Ticking::stop);
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
    if (load.over(now)) {
      tellLoad();
    }
    io.dispatch();
    inbox.passed(neighbours);
    takeInbox();
    for (int i = 0; i < hosts.size(); i++) {
      hosts.get(i).drained();
    }
    for (int i = 0; i < hosts.size(); i++) {
      load.late(hosts.get(i).tickIfDue(now), now);
    }
    tickOthers();
    streams.tick(now);
    failures.tick(now);
    streams.flush();
    io.flush();
    neighbours.rouse();
    counters.count(Counter.LOOP_TURNS);
    long busy = System.nanoTime() - begun;
    counters.add(Counter.LOOP_BUSY, busy);
    load.worked(begun, busy);
  }

  private void tellLoad() {
    counters.set(Counter.LOOP_LOAD, Math.round(100 * load.busy()));
    counters.set(Counter.LOOP_LATE, load.late() / 1_000);
    for (int i = 0; i < hosts.size(); i++) {
      hosts.get(i).load(load.busy(), load.late());
    }
  }

  private void sleep() throws IOException {
    boolean nothingWaits = inbox.fallAsleep();
    io.await(nothingWaits && !stopping ? untilDeadline() : 0);
    inbox.awake();
    // A container interrupts its threads when it wants them back; a flag left standing would make
    // every later wait of a selector return at once.
    if (Thread.interrupted()) {
      stopping = true;
    }
  }

  private void tickOthers() {
    for (int i = 0; i < ticking.size(); i++) {
      Ticking one = ticking.get(i);
      if (Deadline.due(one.deadline(), now)) {
        guarded(one.getClass().getSimpleName(), () -> one.tick(now));
      }
    }
  }

  private long untilDeadline() {
    long earliest = load.deadline();
    for (int i = 0; i < hosts.size(); i++) {
      earliest = Deadline.earlier(earliest, hosts.get(i).deadline());
    }
    for (int i = 0; i < ticking.size(); i++) {
      earliest = Deadline.earlier(earliest, ticking.get(i).deadline());
    }
    earliest = Deadline.earlier(earliest, streams.deadline());
    if (failures.waiting()) {
      earliest = Deadline.earlier(earliest, failures.due());
    }
    return earliest == Engine.NEVER ? Long.MAX_VALUE : Math.max(0, earliest - System.nanoTime());
  }

  private void takeInbox() {
    for (Runnable result = inbox.result(); result != null; result = inbox.result()) {
      guarded("result", result);
    }
    for (MediaCommand command = inbox.command(); command != null; command = inbox.command()) {
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

  private void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (Throwable t) {
      failed(what, t);
    }
  }

  /// Takes a stream of this loop out of its framing; false where there is no such stream.
  public boolean detach(FiveTuple path, StreamTaker taker) {
    return streams.detach(path, taker);
  }

  /// Calls a part of this loop at times of its own.
  public void ticking(Ticking part) {
    ticking.add(part);
  }

  /// Calls an input of a service's engine, guarded, its effects carried out; on the loop only.
  public void run(String service, Runnable input) {
    for (int i = 0; i < hosts.size(); i++) {
      if (hosts.get(i).service().name().equals(service)) {
        hosts.get(i).run(input);
        return;
      }
    }
    throw new IllegalArgumentException("no service " + service);
  }

  /// Ends a client's stream once what is queued is written; nothing happens where there is none.
  public void end(FiveTuple path) {
    streams.end(path);
  }

  /// Hot: sends a message on the socket its path came in by.
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    outlets.transmit(octets, at, length, path);
  }

  void failed(String service, Throwable failure) {
    failures.failed(service, failure, now);
  }
}
