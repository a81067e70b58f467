package dev.parley.adapter.relay;

import dev.parley.adapter.io.FlowCache;
import dev.parley.wire.TransportAddress;

/// The routes of one relay by the peer's transport address; most relays have one or two, idle ones
/// none.
final class PeerTable extends RouteTable {
  @Override
  int hash(Route route) {
    return FlowCache.hash(route.peer.high(), route.peer.low(), route.peer.port());
  }

  /// Hot: the route to a peer, words as in [TransportAddress], or null.
  Route find(long high, long low, int port) {
    Route[] now = slots();
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
    replace(find(route.peer), route);
  }

  /// Takes the route to a peer out, if there is one.
  void remove(TransportAddress peer) {
    Route route = find(peer);
    if (route != null) {
      takeOut(route);
    }
  }

  private Route find(TransportAddress peer) {
    return find(peer.high(), peer.low(), peer.port());
  }
}
