package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The peer connections of the TCP allocations of one loop (RFC 6062, sections 5.2 to 5.4).
/// Confined to the loop.
final class TcpRelayConnections {
  /// Nanoseconds for a peer to answer, and again for the client to bind what stands: 30 s (RFC
  /// 6062, sections 5.2 and 5.3).
  static final long PATIENCE = 30_000_000_000L;

  /// Most of one allocation: far above what one client opens to its peers, low enough to look
  /// through and to bound what one user holds of the process's descriptors.
  static final int MOST = 64;

  /// No connection; also what [RelaySide#accepted] answers for it.
  static final int NONE = -1;

  private static final int ID_BITS = 0x3fff_ffff;

  private final Effects<TurnEffect> effects;
  private final Allocations allocations;
  private final Answers answers;
  private final Timers timers;
  private final RandomGenerator random;
  private final int loop;
  private final int loops;
  private final Map<Integer, TcpRelayConnection> byId = new HashMap<>();
  private final StreamOfAttempts attempts;

  /// Writes ConnectionAttempt indications.
  private final class StreamOfAttempts {
    private final StunWriter writer = new StunWriter();
    private final byte[] buffer = new byte[128];
    private final byte[] transaction = new byte[12];

    void tell(TcpRelayConnection connection) {
      random.nextBytes(transaction);
      writer
          .indication(buffer, 0, StunMethod.CONNECTION_ATTEMPT, transaction)
          .u32(StunAttribute.CONNECTION_ID, connection.id())
          .xorAddress(StunAttribute.XOR_PEER_ADDRESS, connection.peer());
      effects.transmit(buffer, 0, writer.length(), connection.allocation().path());
    }
  }

  TcpRelayConnections(
      Effects<TurnEffect> effects,
      Allocations allocations,
      Answers answers,
      Timers timers,
      RandomGenerator random,
      TurnPlace place) {
    this.effects = effects;
    this.allocations = allocations;
    this.answers = answers;
    this.timers = timers;
    this.random = random;
    this.loop = place.loop();
    this.loops = place.loops();
    this.attempts = new StreamOfAttempts();
  }

  /// The connection of a CONNECTION-ID, or null.
  TcpRelayConnection of(int id) {
    return byId.get(id);
  }

  /// The loop that has given this CONNECTION-ID out, if any has.
  int loopOf(int id) {
    return Integer.remainderUnsigned(id, loops);
  }

  int size() {
    return byId.size();
  }

  /// Whether an allocation has a connection to this peer, made or being made.
  boolean reaches(Relay relay, TransportAddress peer) {
    return relay.connections().stream().anyMatch(one -> one.peer().equals(peer));
  }

  /// Whether an allocation may have one more.
  boolean roomFor(Allocation allocation) {
    return allocation.relays().stream().mapToInt(relay -> relay.connections().size()).sum() < MOST;
  }

  /// Connects to a peer; answers the request when it is known what became of it.
  void connect(Request request, Relay relay, TransportAddress peer) {
    TcpRelayConnection connection = new TcpRelayConnection(newId(), relay, peer, request.message());
    add(connection, request.now());
    effects.effect(new TurnEffect.Connect(relay.id(), connection.id(), peer));
  }

  /// A peer has connected; the client is told where it has permitted that.
  int accepted(long relayId, TransportAddress peer, long now) {
    Relay relay = allocations.relay(relayId);
    Allocation allocation = relay == null ? null : relay.allocation();
    boolean welcome =
        allocation != null
            && allocation.ready()
            && allocation.connected()
            && allocation.permissions().permits(peer, now)
            && roomFor(allocation);
    if (!welcome) {
      return NONE;
    }
    TcpRelayConnection connection = new TcpRelayConnection(newId(), relay, peer);
    add(connection, now);
    attempts.tell(connection);
    return connection.id();
  }

  void connected(int id, long now) {
    TcpRelayConnection connection = byId.get(id);
    if (connection == null || connection.state() != TcpRelayConnection.State.CONNECTING) {
      return;
    }
    answers.success(connection.request()).u32(StunAttribute.CONNECTION_ID, connection.id());
    Allocation allocation = connection.allocation();
    answers.send(allocation.credential(), allocation.path(), connection.fingerprint());
    connection.unbound();
    connection.until(now + PATIENCE);
  }

  void connectFailed(int id) {
    TcpRelayConnection connection = byId.get(id);
    if (connection != null && connection.state() == TcpRelayConnection.State.CONNECTING) {
      drop(connection);
      refuseConnect(connection);
    }
  }

  private void refuseConnect(TcpRelayConnection connection) {
    Allocation allocation = connection.allocation();
    answers.refuse(
        connection.request(),
        allocation.path(),
        allocation.credential(),
        connection.fingerprint(),
        StunError.CONNECTION_TIMEOUT_OR_FAILURE);
  }

  /// Joins a connection and its client's data connection.
  void bind(TcpRelayConnection connection, FiveTuple client) {
    timers.cancel(connection.alarm());
    connection.bound();
    effects.effect(new TurnEffect.Bridge(connection.id(), client));
  }

  void disconnected(int id) {
    TcpRelayConnection connection = byId.get(id);
    if (connection != null) {
      drop(connection);
    }
  }

  /// A relay has been ordered closed, and with it whatever was connected through it.
  void closed(Relay relay) {
    List.copyOf(relay.connections()).forEach(this::drop);
  }

  private void add(TcpRelayConnection connection, long now) {
    byId.put(connection.id(), connection);
    connection.relay().connections().add(connection);
    connection.until(now + PATIENCE);
    connection.alarm(new Timers.Alarm(later -> wake(connection, later)));
    timers.noLaterThan(connection.alarm(), connection.until());
  }

  private void drop(TcpRelayConnection connection) {
    byId.remove(connection.id());
    connection.relay().connections().remove(connection);
    timers.cancel(connection.alarm());
  }

  private long wake(TcpRelayConnection connection, long now) {
    if (connection.until() - now > 0) {
      return connection.until();
    }
    boolean connecting = connection.state() == TcpRelayConnection.State.CONNECTING;
    drop(connection);
    effects.effect(new TurnEffect.Disconnect(connection.id()));
    if (connecting) {
      refuseConnect(connection);
    }
    return Engine.NEVER;
  }

  /// Unpredictable, so that nobody finds the connections of others by trying, and telling its loop.
  private int newId() {
    int id;
    do {
      int drawn = random.nextInt() & ID_BITS;
      id = drawn - drawn % loops + loop;
    } while (byId.containsKey(id));
    return id;
  }
}
