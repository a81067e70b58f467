package dev.parley.adapter.relay;

import dev.parley.engine.turn.TurnPlace;
import dev.parley.wire.TransportAddress;
import java.util.stream.Stream;

/// Which transport addresses are relays of this node, and whose: what is sent there is handed over
/// in memory and never reaches the kernel, so that no other program of this host can be reached by
/// them.
final class OwnRelays {
  private final TransportAddress[] hosts;
  private final int firstPort;
  private final int lastPort;
  private final int loops;

  OwnRelays(TurnPlace place) {
    this.hosts =
        Stream.concat(place.addresses().stream(), place.advertised().stream())
            .map(address -> address.withPort(0))
            .distinct()
            .toArray(TransportAddress[]::new);
    this.firstPort = place.firstPort();
    this.lastPort = place.lastPort();
    this.loops = place.loops();
  }

  /// Hot: the loop that owns a relay, or [Route#OUTSIDE].
  int owner(TransportAddress address) {
    int port = address.port();
    return port >= firstPort && port <= lastPort && own(address)
        ? TurnPlace.owner(port, loops)
        : Route.OUTSIDE;
  }

  // A host has a handful of addresses; asked for every packet of media.
  private boolean own(TransportAddress address) {
    for (TransportAddress host : hosts) {
      if (host.low() == address.low() && host.high() == address.high()) {
        return true;
      }
    }
    return false;
  }
}
