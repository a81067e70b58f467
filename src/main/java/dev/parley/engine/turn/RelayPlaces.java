package dev.parley.engine.turn;

import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The addresses of one loop that relays can be bound to, each with its ports. Confined to the
/// loop.
final class RelayPlaces {
  /// One of them.
  ///
  /// @param local bound, port 0
  /// @param seen as the world sees it, port 0
  record Place(TransportAddress local, TransportAddress seen, RelayPorts ports) {
    boolean ipv4() {
      return local.ipv4();
    }

    TransportAddress local(int port) {
      return local.withPort(port);
    }

    TransportAddress seen(int port) {
      return seen.withPort(port);
    }
  }

  private final List<Place> places = new ArrayList<>();

  RelayPlaces(TurnPlace place, RandomGenerator random) {
    for (TransportAddress local : place.addresses()) {
      RelayPorts ports =
          new RelayPorts(place.loop(), place.loops(), place.firstPort(), place.lastPort(), random);
      places.add(new Place(local, seen(place, local), ports));
    }
  }

  /// Where to relay for a client that came to this local address: there, where the family is the
  /// same; else at the first address of the family that is loopback as the client's is, or not as
  /// the client's is not. Null where there is none.
  Place of(TransportAddress local, boolean ipv4) {
    Place first = null;
    for (Place place : places) {
      if (place.ipv4() != ipv4 || loopback(place.local) != loopback(local)) {
        continue;
      }
      if (place.local.high() == local.high() && place.local.low() == local.low()) {
        return place;
      }
      first = first == null ? place : first;
    }
    return first;
  }

  /// All of them and how they are seen, ports 0.
  List<TransportAddress> addresses() {
    List<TransportAddress> all = new ArrayList<>();
    for (Place place : places) {
      all.add(place.local);
      if (!place.seen.equals(place.local)) {
        all.add(place.seen);
      }
    }
    return all;
  }

  /// How many ports are taken.
  int taken() {
    return places.stream().mapToInt(place -> place.ports.taken()).sum();
  }

  private static TransportAddress seen(TurnPlace place, TransportAddress local) {
    return place.advertised().stream()
        .filter(address -> address.ipv4() == local.ipv4())
        .findFirst()
        .orElse(local);
  }

  private static boolean loopback(TransportAddress address) {
    return address.ipv4()
        ? address.ipv4Bits() >>> 24 == 127
        : address.high() == 0 && address.low() == 1;
  }
}
