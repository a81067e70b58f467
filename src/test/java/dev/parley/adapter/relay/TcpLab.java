package dev.parley.adapter.relay;

import dev.parley.adapter.StreamTaker;
import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.Counters;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamAcceptor;
import dev.parley.adapter.io.StreamSocket;
import dev.parley.adapter.linux.LinuxIo;
import dev.parley.adapter.nio.NioIo;
import dev.parley.engine.turn.RelaySide;
import dev.parley.engine.turn.TurnEffect;
import dev.parley.lab.Ports;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// TCP relays of one or two loops over real sockets of one twin, all turned by the test's thread.
final class TcpLab implements AutoCloseable {
  private static final long PATIENCE = 20_000_000_000L;

  /// Which twin.
  enum Twin {
    LINUX,
    NIO;

    LoopIo open() throws IOException {
      Counters counters = new Counters(0);
      return this == LINUX ? new LinuxIo(counters, false) : new NioIo(counters);
    }
  }

  final List<Loop> loops = new ArrayList<>();
  final InetAddress host;

  TcpLab(Twin twin, String host, int number) throws IOException {
    this.host = InetAddress.getByName(host);
    for (int i = 0; i < number; i++) {
      loops.add(new Loop(i, twin.open()));
    }
  }

  Loop loop() {
    return loops.getFirst();
  }

  /// Turns every loop until something has come about.
  void until(BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited in vain; told: " + loop().told);
      }
      turn();
    }
  }

  void turn() throws IOException {
    for (Loop loop : loops) {
      loop.io.await(1_000_000);
      loop.io.dispatch();
      for (Runnable work = loop.passed.poll(); work != null; work = loop.passed.poll()) {
        work.run();
      }
    }
  }

  @Override
  public void close() {
    for (Loop loop : loops) {
      loop.relays.close();
      loop.io.close();
    }
  }

  /// One loop: clients connect to its listener; what the engine is told is a list.
  final class Loop implements TcpLoop, RelaySide {
    final LoopIo io;
    final TcpRelays relays;
    final List<String> told = new ArrayList<>();
    final Map<FiveTuple, StreamSocket> clients = new HashMap<>();
    final Map<FiveTuple, StreamTaker> taken = new HashMap<>();
    final ArrayDeque<Runnable> passed = new ArrayDeque<>();
    final StreamAcceptor listener;
    final TransportAddress relayed;
    byte[] leftover = {};
    boolean permitted = true;
    TransportAddress lastPeer;
    private final int index;
    private int next = 100;

    Loop(int index, LoopIo io) throws IOException {
      this.index = index;
      this.io = io;
      this.relays = new TcpRelays(this, this);
      this.relayed = TransportAddress.of(host, Ports.free());
      LoopIo.AcceptHandler accepting =
          new LoopIo.AcceptHandler() {
            @Override
            public void accepted(StreamSocket socket) {
              clients.put(socket.path(), socket);
            }

            @Override
            public void failed() {}
          };
      this.listener = io.tcp(new Bind(host, 0, Bind.Sharing.ALONE, 0), accepting);
    }

    InetSocketAddress address() {
      return listener.local().socketAddress();
    }

    /// Opens relay 1.
    void open() {
      relays.carryOut(new TurnEffect.OpenRelay(1, Transport.TCP, relayed, relayed));
    }

    void connect(int connection, int port) {
      relays.carryOut(new TurnEffect.Connect(1, connection, TransportAddress.of(host, port)));
    }

    void bridge(int connection, FiveTuple client) {
      relays.carryOut(new TurnEffect.Bridge(connection, client));
    }

    void disconnect(int connection) {
      relays.carryOut(new TurnEffect.Disconnect(connection));
    }

    /// The one client that is connected.
    FiveTuple client() throws IOException {
      until(() -> !clients.isEmpty());
      return clients.keySet().iterator().next();
    }

    @Override
    public LoopIo io() {
      return io;
    }

    @Override
    public int index() {
      return index;
    }

    @Override
    public long now() {
      return 0;
    }

    @Override
    public void input(Runnable input) {
      input.run();
    }

    @Override
    public boolean detach(FiveTuple client, StreamTaker taker) {
      StreamSocket socket = clients.remove(client);
      if (socket == null) {
        return false;
      }
      taker.taken(socket, leftover, 0, leftover.length);
      return true;
    }

    @Override
    public int home(FiveTuple client) {
      for (Loop other : loops) {
        if (other.clients.containsKey(client)) {
          return other.index;
        }
      }
      return -1;
    }

    @Override
    public boolean pass(int loop, Consumer<TcpRelays> work) {
      Loop other = loops.get(loop);
      return other.passed.add(() -> work.accept(other.relays));
    }

    @Override
    public void opened(long relay, long now) {
      told.add("opened " + relay);
    }

    @Override
    public void refused(long relay, boolean portTaken, long now) {
      told.add("refused " + relay + (portTaken ? " taken" : ""));
    }

    @Override
    public void fromPeer(long r, byte[] o, int at, int length, TransportAddress peer, long now) {
      throw new AssertionError("no datagrams here");
    }

    @Override
    public void icmp(long r, TransportAddress peer, int type, int code, int data, long now) {
      throw new AssertionError("no datagrams here");
    }

    @Override
    public void connected(int connection, long now) {
      told.add("connected " + connection);
    }

    @Override
    public void connectFailed(int connection, long now) {
      told.add("failed " + connection);
    }

    @Override
    public int accepted(long relay, TransportAddress peer, long now) {
      told.add("accepted by " + relay);
      lastPeer = peer;
      return permitted ? next++ : -1;
    }

    @Override
    public void disconnected(int connection, long now) {
      told.add("disconnected " + connection);
    }
  }
}
