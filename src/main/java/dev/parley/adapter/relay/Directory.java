package dev.parley.adapter.relay;

import dev.parley.wire.TransportAddress;
import java.util.concurrent.ConcurrentHashMap;

/// The relays of all loops by their relayed transport addresses, local and as the world sees them.
///
/// Each loop writes its own; all may read, since most of what is sent to a relay of another loop
/// can be brought to its client without waking that loop.
final class Directory {
  private final ConcurrentHashMap<TransportAddress, RelaySocket> relays = new ConcurrentHashMap<>();

  RelaySocket find(TransportAddress address) {
    return relays.get(address);
  }

  void add(RelaySocket relay) {
    relays.put(relay.local(), relay);
    relays.put(relay.relayed, relay);
  }

  void remove(RelaySocket relay) {
    relays.remove(relay.local(), relay);
    relays.remove(relay.relayed, relay);
  }
}
