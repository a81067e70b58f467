package dev.parley.engine.turn.auth;

import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnRealm;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All realms of a policy, and which of them a client belongs to. Immutable.
final class Realms {
  private final Realm first;
  private final Map<String, Realm> byName = new HashMap<>();

  /// Local addresses, ports 0.
  private final Map<TransportAddress, Realm> byPlace = new HashMap<>();

  Realms(TurnPolicy policy) {
    Set<String> owned = new HashSet<>();
    for (TurnRealm realm : policy.realms()) {
      List<String> own = new ArrayList<>(realm.secrets());
      own.removeIf(secret -> secret.isEmpty() || owned.contains(secret));
      owned.addAll(own);
      Realm ready = Realm.of(realm, own);
      byName.putIfAbsent(ready.name(), ready);
      for (String place : realm.places()) {
        TransportAddress address = address(place);
        if (address != null) {
          byPlace.putIfAbsent(address, ready);
        }
      }
    }
    first = byName.get(policy.realms().getFirst().name());
  }

  /// The realm of a name, or null.
  Realm named(String name) {
    return byName.get(name);
  }

  /// The realm of a client: the one that claims the local address it came to, else the first.
  Realm of(FiveTuple path) {
    if (byPlace.isEmpty()) {
      return first;
    }
    return byPlace.getOrDefault(path.local().withPort(0), first);
  }

  /// A place that is an address literal; others are names that TLS clients ask for.
  private static TransportAddress address(String place) {
    try {
      return TransportAddress.of(InetAddress.ofLiteral(place), 0);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
