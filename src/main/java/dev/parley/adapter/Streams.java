package dev.parley.adapter;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamAcceptor;
import dev.parley.adapter.io.StreamSocket;
import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The TCP and TLS connections of one loop: found by their 5-tuple, limited in number, swept once a
/// second.
final class Streams {
  private static final long SWEEP = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final StreamLimits limits;
  private final Set<StreamConnection> connections = new HashSet<>();
  // Those whose path stands.
  private final Map<FiveTuple, StreamConnection> settled = new HashMap<>();
  private final Map<EngineHost<?>, StreamLayer.Door> doors = new IdentityHashMap<>();
  private final Map<TransportAddress, Integer> perSource = new HashMap<>();
  private final List<StreamAcceptor> acceptors = new ArrayList<>();
  private final ArrayList<StreamConnection> dirty = new ArrayList<>();
  private final ArrayDeque<StreamConnection> gone = new ArrayDeque<>();
  // What is read lands here; only the beginning of an unfinished frame is kept by its connection.
  private final byte[] scratch = new byte[Framer.MAXIMUM + 64 * 1024];
  private boolean paused;
  private long sweepAt;

  Streams(EventLoop loop, StreamLimits limits) {
    this.loop = loop;
    this.limits = limits;
  }

  StreamLimits limits() {
    return limits;
  }

  EventLoop loop() {
    return loop;
  }

  byte[] scratch() {
    return scratch;
  }

  StreamAcceptor listen(LoopIo io, Bind bind, EngineHost<?> host) throws IOException {
    StreamLayer.Door door = doors.computeIfAbsent(host, of -> of.service().streams().on(loop));
    StreamAcceptor acceptor =
        io.tcp(
            bind,
            new LoopIo.AcceptHandler() {
              @Override
              public void accepted(StreamSocket socket) {
                accept(socket, door, host);
              }

              @Override
              public void failed() {
                pause();
              }
            });
    acceptors.add(acceptor);
    return acceptor;
  }

  private void accept(StreamSocket raw, StreamLayer.Door door, EngineHost<?> host) {
    TransportAddress remote = raw.path().remote();
    if (connections.size() >= limits.perLoop() || full(remote.source()) && !door.vouches(remote)) {
      loop.tally().count(Counter.STREAMS_REFUSED);
      raw.close();
      return;
    }
    StreamSocket socket = door.over(raw);
    StreamConnection connection = new StreamConnection(this, socket, host);
    try {
      socket.handler(connection);
    } catch (IOException e) {
      socket.close();
      return;
    }
    startSweeping();
    charge(connection, remote.source());
    connections.add(connection);
    loop.tally().count(Counter.STREAMS_ACCEPTED);
  }

  /// Takes in a connection whose path stands from now on; false where it must not be served.
  boolean settle(StreamConnection connection) {
    TransportAddress source = connection.path().remote().source();
    if (!source.equals(connection.source())) {
      if (full(source)) {
        loop.tally().count(Counter.STREAMS_REFUSED);
        return false;
      }
      release(connection);
      charge(connection, source);
    }
    if (settled.putIfAbsent(connection.path(), connection) != null) {
      // Only a proxy that names one client twice brings this about.
      loop.tally().count(Counter.STREAMS_REFUSED);
      return false;
    }
    return true;
  }

  private boolean full(TransportAddress source) {
    return perSource.getOrDefault(source, 0) >= limits.perSource();
  }

  private void charge(StreamConnection connection, TransportAddress source) {
    connection.source(source);
    perSource.merge(source, 1, Integer::sum);
  }

  private void release(StreamConnection connection) {
    perSource.computeIfPresent(connection.source(), (source, n) -> n == 1 ? null : n - 1);
  }

  // The process is out of descriptors; the sweep tries again.
  private void pause() {
    startSweeping();
    paused = true;
    loop.tally().count(Counter.STREAMS_REFUSED);
  }

  /// Queues a message; false where the stream has ended.
  boolean transmit(byte[] octets, int at, int length, FiveTuple path) {
    StreamConnection connection = settled.get(path);
    return connection != null && connection.transmit(octets, at, length);
  }

  /// Takes a stream out of its framing; false where there is none.
  boolean detach(FiveTuple path, StreamTaker taker) {
    StreamConnection connection = settled.get(path);
    return connection != null && connection.detach(taker);
  }

  void dirty(StreamConnection connection) {
    dirty.add(connection);
  }

  /// Tells engines which connections have ended, and writes what this turn has queued, one system
  /// call a connection.
  ///
  /// A connection may end because an engine transmits on it; the engine hears of that here, after
  /// its handler has returned. What it sends then may end further ones.
  void flush() {
    do {
      for (StreamConnection one = gone.poll(); one != null; one = gone.poll()) {
        one.tellEnded();
      }
      for (int i = 0; i < dirty.size(); i++) {
        dirty.get(i).flush();
      }
      dirty.clear();
    } while (!gone.isEmpty());
  }

  void ended(StreamConnection connection) {
    connections.remove(connection);
    if (connection.settled()) {
      settled.remove(connection.path());
    }
    gone.add(connection);
    release(connection);
    loop.tally().count(Counter.STREAMS_CLOSED);
  }

  /// Ends a connection once what is queued is written.
  void end(FiveTuple path) {
    StreamConnection connection = settled.get(path);
    if (connection != null) {
      connection.flush();
      connection.close();
    }
  }

  private void startSweeping() {
    if (connections.isEmpty() && !paused) {
      sweepAt = loop.now() + SWEEP;
    }
  }

  long deadline() {
    return connections.isEmpty() && !paused ? Engine.NEVER : sweepAt;
  }

  void tick(long now) {
    if (!Deadline.due(deadline(), now)) {
      return;
    }
    sweepAt = now + SWEEP;
    if (paused) {
      paused = false;
      acceptors.forEach(StreamAcceptor::resume);
    }
    doors.values().forEach(door -> door.tick(now));
    // Closing takes a connection out of the map, so the overdue ones are collected first.
    List<StreamConnection> overdue = new ArrayList<>();
    for (StreamConnection connection : connections) {
      if (connection.overdue(now)) {
        overdue.add(connection);
      }
    }
    for (StreamConnection connection : overdue) {
      loop.tally().count(Counter.STREAMS_IDLE);
      connection.close();
    }
  }

  /// Writes once more what is queued and closes everything.
  void closeAll() {
    acceptors.forEach(StreamAcceptor::close);
    flush();
    List.copyOf(connections).forEach(StreamConnection::close);
    flush();
  }
}
