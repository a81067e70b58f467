package dev.parley.engine.turn;

import dev.parley.wire.TransportAddress;
import java.util.List;

/// Where one loop's TURN server stands; fixed for its life.
///
/// @param loop number of the loop, from 0
/// @param loops how many there are; relay ports are divided among them, see [RelayPorts]
/// @param firstPort first relay port of the node
/// @param lastPort last relay port of the node
/// @param addresses local addresses that relays may be bound to, ports 0
/// @param advertised what the world sees instead, ports 0; the first of a family stands for all
///   local addresses of that family (1:1 NAT); empty where addresses are seen as they are
/// @param secret keys of nonces and tickets, equal on all loops and over restarts
public record TurnPlace(
    int loop,
    int loops,
    int firstPort,
    int lastPort,
    List<TransportAddress> addresses,
    List<TransportAddress> advertised,
    byte[] secret) {
  public TurnPlace {
    addresses = List.copyOf(addresses);
    advertised = List.copyOf(advertised);
  }

  /// The loop that owns a relay port: pairs of an even and the next odd port go round, so that both
  /// ports of a reservation have one owner and every loop knows each port's.
  public static int owner(int port, int loops) {
    return (port >>> 1) % loops;
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "TurnPlace[" + loop + " of " + loops + "]";
  }
}
