package dev.parley.protocol.dtls;

import dev.parley.lab.HandshakeTime;
import dev.parley.protocol.dtls.DtlsConnection.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/// The two ends of a connection in virtual time, with a way of some length between them that a test
/// may spoil; inside of [dev.parley.lab.HandshakeTimeLoader] only.
final class TimedPair {
  /// One way, in milliseconds.
  static final int WAY = 20;

  /// What becomes of one datagram.
  interface Wire {
    /// @param number of the datagram, counted by the end that sends it, from 0
    /// @return when its copies arrive, milliseconds after the time of the way; none where it is
    ///   lost
    int[] carry(End from, int number, byte[] datagram);
  }

  private record Flight(long at, long order, End to, byte[] datagram) {}

  final End client = new End("client");
  final End server = new End("server");
  Wire wire = (_, _, _) -> new int[] {0};

  /// Whether each record goes in a datagram of its own.
  boolean records;

  private final Queue<End> stirred = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Flight> flights =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
  private final long begun = HandshakeTime.millis();
  private long order;

  /// One end.
  final class End implements DtlsEffects {
    final String name;
    DtlsConnection connection;
    int sent;

    /// What was sent and what became of it, for people.
    final List<String> story = new ArrayList<>();

    End(String name) {
      this.name = name;
    }

    void begin(Function<Runnable, DtlsConnection> factory) {
      connection = factory.apply(() -> stirred.add(this));
    }

    End peer() {
      return this == client ? server : client;
    }

    State state() {
      return connection.state();
    }

    @Override
    public void record(byte[] octets, int at, int length) {
      byte[] datagram = Arrays.copyOfRange(octets, at, at + length);
      if (records) {
        SpoiledWire.records(datagram).forEach(this::send);
      } else {
        send(datagram);
      }
    }

    private void send(byte[] datagram) {
      int[] copies = wire.carry(this, sent, datagram);
      tell(name + " " + sent + " of " + datagram.length + ": " + Arrays.toString(copies));
      sent++;
      for (int later : copies) {
        flights.add(new Flight(HandshakeTime.millis() + WAY + later, order++, peer(), datagram));
      }
    }

    @Override
    public void established() {
      tell(name + " is established");
    }

    @Override
    public void data(byte[] octets, int at, int length) {}
  }

  private final StringBuilder story = new StringBuilder();

  private void tell(String what) {
    story.append(spent()).append(" ms ").append(what).append('\n');
  }

  String story() {
    return story.toString();
  }

  /// Milliseconds since it began.
  long spent() {
    return HandshakeTime.millis() - begun;
  }

  static TimedPair of(DtlsPeerRules client, DtlsPeerRules server) {
    TimedPair pair = new TimedPair();
    pair.server.begin(it -> DtlsConnection.webrtcServer(DtlsPair.TOOLS, server, pair.server, it));
    pair.client.begin(it -> DtlsConnection.webrtcClient(DtlsPair.TOOLS, client, pair.client, it));
    return pair;
  }

  boolean established() {
    return client.state() == State.ESTABLISHED && server.state() == State.ESTABLISHED;
  }

  /// Lets time pass until both are done, or so many milliseconds have.
  ///
  /// @return whether they are
  boolean establish(long within) {
    settle();
    while (!established() && next(begun + within)) {
      settle();
    }
    return established();
  }

  /// Does what happens next, if it does by then.
  private boolean next(long end) {
    Flight flight = flights.peek();
    long arrives = flight == null ? HandshakeTime.NEVER : flight.at;
    long at = Math.min(arrives, HandshakeTime.deadline());
    if (at > end) {
      return false;
    }
    HandshakeTime.pass(Math.max(0, at - HandshakeTime.millis()));
    if (arrives <= HandshakeTime.millis()) {
      Flight arrived = flights.poll();
      arrived.to.connection.receive(arrived.datagram, 0, arrived.datagram.length);
    }
    return true;
  }

  private void settle() {
    HandshakeTime.settle();
    for (End end = stirred.poll(); end != null; end = stirred.poll()) {
      end.connection.advance();
      HandshakeTime.settle();
    }
  }

  void close() {
    client.connection.close();
    server.connection.close();
    HandshakeTime.settle();
  }
}
