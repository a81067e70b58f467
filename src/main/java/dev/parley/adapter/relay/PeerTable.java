package dev.parley.adapter.relay;

import dev.parley.adapter.io.FlowCache;
import dev.parley.wire.TransportAddress;

/// The routes of one relay by the peer's transport address, found without allocating.
///
/// Open addressing that grows from nothing, since most relays have one or two peers and idle ones
/// none.
final class PeerTable {
  private static final Route[] NONE = {};

  private Route[] slots = NONE;
  private int size;

  /// Hot: the route to a peer, words as in [TransportAddress], or null.
  Route find(long high, long low, int port) {
    int mask = slots.length - 1;
    if (mask < 0) {
      return null;
    }
    for (int i = FlowCache.hash(high, low, port) & mask; slots[i] != null; i = i + 1 & mask) {
      TransportAddress peer = slots[i].peer;
      if (peer.low() == low && peer.port() == port && peer.high() == high) {
        return slots[i];
      }
    }
    return null;
  }

  /// Adds a route; it replaces the one to the same peer.
  void put(Route route) {
    remove(route.peer);
    if (2 * (size + 1) > slots.length) {
      rebuild(Math.max(4, 2 * slots.length), null);
    }
    insert(route);
  }

  /// Takes the route to a peer out, if there is one.
  void remove(TransportAddress peer) {
    Route route = find(peer.high(), peer.low(), peer.port());
    if (route != null) {
      rebuild(slots.length, route);
    }
  }

  private void rebuild(int length, Route without) {
    Route[] former = slots;
    slots = new Route[length];
    size = 0;
    for (Route route : former) {
      if (route != null && route != without) {
        insert(route);
      }
    }
  }

  private void insert(Route route) {
    TransportAddress peer = route.peer;
    int mask = slots.length - 1;
    int i = FlowCache.hash(peer.high(), peer.low(), peer.port()) & mask;
    while (slots[i] != null) {
      i = i + 1 & mask;
    }
    slots[i] = route;
    size++;
  }
}
