package dev.parley.adapter.relay;

import dev.parley.engine.turn.TurnPlace;
import dev.parley.wire.TransportAddress;
import java.util.HashSet;
import java.util.Set;

/// Which transport addresses are relays of this node, and whose: what is sent there is handed over
/// in memory and never reaches the kernel, so that no other program of this host can be reached by
/// them.
final class OwnRelays {
  private final Set<TransportAddress> hosts = new HashSet<>();
  private final int firstPort;
  private final int lastPort;
  private final int loops;

  OwnRelays(TurnPlace place) {
    place.addresses().forEach(address -> hosts.add(address.withPort(0)));
    place.advertised().forEach(address -> hosts.add(address.withPort(0)));
    this.firstPort = place.firstPort();
    this.lastPort = place.lastPort();
    this.loops = place.loops();
  }

  /// The loop that owns a relay, or [Route#OUTSIDE].
  int owner(TransportAddress address) {
    boolean own =
        address.port() >= firstPort
            && address.port() <= lastPort
            && hosts.contains(address.withPort(0));
    return own ? TurnPlace.owner(address.port(), loops) : Route.OUTSIDE;
  }
}
