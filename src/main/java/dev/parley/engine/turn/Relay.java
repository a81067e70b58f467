package dev.parley.engine.turn;

import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.List;

/// One relayed transport address of an [Allocation] (RFC 8656, section 3). Confined to the loop.
final class Relay {
  private final long id;
  private final RelayPlaces.Place place;
  private final int port;
  private final Transport transport;
  private final List<TcpRelayConnection> connections = new ArrayList<>(0);
  private Allocation allocation;
  private boolean open;
  private long until;

  Relay(long id, Allocation allocation, RelayPlaces.Place place, int port, Transport transport) {
    this.id = id;
    this.allocation = allocation;
    this.place = place;
    this.port = port;
    this.transport = transport;
  }

  /// UDP, or TCP (RFC 6062).
  Transport transport() {
    return transport;
  }

  /// With peers, of a TCP relay; kept by [TcpRelayConnections].
  List<TcpRelayConnection> connections() {
    return connections;
  }

  /// What effects call it.
  long id() {
    return id;
  }

  /// Whose it is; of one that is kept for the holder of a token, who asked for it to be kept.
  Allocation allocation() {
    return allocation;
  }

  /// Whether it is kept for the holder of a token (section 7.2): nothing is relayed by it then.
  boolean kept() {
    return allocation.relay(ipv4()) != this;
  }

  /// The holder of the token has come for it.
  void handTo(Allocation holder) {
    allocation = holder;
    holder.relay(ipv4(), this);
  }

  RelayPlaces.Place place() {
    return place;
  }

  int port() {
    return port;
  }

  boolean ipv4() {
    return place.ipv4();
  }

  /// What it is bound to.
  TransportAddress local() {
    return place.local(port);
  }

  /// What peers see.
  TransportAddress relayed() {
    return place.seen(port);
  }

  /// The path from here to a peer.
  FiveTuple to(TransportAddress peer) {
    return new FiveTuple(Transport.UDP, local(), peer);
  }

  /// Whether its socket is bound.
  boolean open() {
    return open;
  }

  void opened(long until) {
    this.open = true;
    this.until = until;
  }

  /// When it ends unless refreshed; each family of a dual allocation has its own time (RFC 8656,
  /// section 8.2).
  long until() {
    return until;
  }

  void refresh(long until) {
    this.until = until;
  }
}
