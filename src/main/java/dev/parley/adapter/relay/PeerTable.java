package dev.parley.adapter.relay;

import dev.parley.adapter.io.FlowCache;
import dev.parley.wire.TransportAddress;

/// The routes of one relay by the peer's transport address, found without allocating.
///
/// Open addressing that grows from nothing, since most relays have one or two peers and idle ones
/// none. Changed by the relay's loop only; the other loops may look into it, so a change makes a
/// new array.
final class PeerTable {
  private static final Route[] NONE = {};

  private volatile Route[] slots = NONE;
  private int size;

  /// Hot: the route to a peer, words as in [TransportAddress], or null.
  Route find(long high, long low, int port) {
    Route[] now = slots;
    int mask = now.length - 1;
    if (mask < 0) {
      return null;
    }
    for (int i = FlowCache.hash(high, low, port) & mask; now[i] != null; i = i + 1 & mask) {
      TransportAddress peer = now[i].peer;
      if (peer.low() == low && peer.port() == port && peer.high() == high) {
        return now[i];
      }
    }
    return null;
  }

  /// Adds a route; it replaces the one to the same peer.
  void put(Route route) {
    Route former = find(route.peer.high(), route.peer.low(), route.peer.port());
    boolean roomy = 2 * (size + 1) <= slots.length;
    rebuild(roomy ? slots.length : Math.max(4, 2 * slots.length), former, route);
  }

  /// Takes the route to a peer out, if there is one.
  void remove(TransportAddress peer) {
    Route route = find(peer.high(), peer.low(), peer.port());
    if (route != null) {
      rebuild(slots.length, route, null);
    }
  }

  private void rebuild(int length, Route without, Route with) {
    Route[] next = new Route[length];
    size = 0;
    for (Route route : slots) {
      if (route != null && route != without) {
        insert(next, route);
      }
    }
    if (with != null) {
      insert(next, with);
    }
    slots = next;
  }

  private void insert(Route[] into, Route route) {
    TransportAddress peer = route.peer;
    int mask = into.length - 1;
    int i = FlowCache.hash(peer.high(), peer.low(), peer.port()) & mask;
    while (into[i] != null) {
      i = i + 1 & mask;
    }
    into[i] = route;
    size++;
  }
}
