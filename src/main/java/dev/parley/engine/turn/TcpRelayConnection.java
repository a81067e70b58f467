package dev.parley.engine.turn;

import dev.parley.engine.Timers;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.TransportAddress;

/// One peer connection of a TCP allocation (RFC 6062, section 3), by its CONNECTION-ID. Confined to
/// the loop.
final class TcpRelayConnection {
  /// How far it has come.
  enum State {
    /// Ordered by the client; the peer has not answered.
    CONNECTING,
    /// It stands and waits for the client's data connection.
    UNBOUND,
    /// Octets pass both ways, unseen.
    BOUND
  }

  private final int id;
  private final Relay relay;
  private final TransportAddress peer;
  private State state;
  private long until;
  private Timers.Alarm alarm;
  private Unanswered unanswered;

  /// One that a peer has made.
  TcpRelayConnection(int id, Relay relay, TransportAddress peer) {
    this.id = id;
    this.relay = relay;
    this.peer = peer;
    this.state = State.UNBOUND;
  }

  /// One that a client has ordered; holds of the request what its answer needs.
  TcpRelayConnection(int id, Relay relay, TransportAddress peer, StunMessage request) {
    this(id, relay, peer);
    this.state = State.CONNECTING;
    this.unanswered = Unanswered.of(request);
  }

  int id() {
    return id;
  }

  Relay relay() {
    return relay;
  }

  Allocation allocation() {
    return relay.allocation();
  }

  TransportAddress peer() {
    return peer;
  }

  State state() {
    return state;
  }

  void unbound() {
    state = State.UNBOUND;
    unanswered = null;
  }

  void bound() {
    state = State.BOUND;
  }

  /// The Connect request without its attributes, to answer it.
  StunMessage request() {
    return unanswered.request();
  }

  boolean fingerprint() {
    return unanswered.fingerprint();
  }

  /// When waiting ends: for the peer, or for the client.
  long until() {
    return until;
  }

  void until(long time) {
    until = time;
  }

  Timers.Alarm alarm() {
    return alarm;
  }

  void alarm(Timers.Alarm other) {
    alarm = other;
  }
}
