package dev.parley.boot;

import dev.parley.engine.turn.Alternates;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// What NAT behaviour discovery (RFC 5780) needs of this machine: two addresses of a family, each
/// with the usual port and a second one. Where a family has one address only it is not offered.
///
/// @param second where to listen besides the usual port
record NatDiscovery(List<InetAddress> second, int secondPort, Alternates alternates) {
  static NatDiscovery of(LocalAddresses addresses, int port, int secondPort) {
    List<InetAddress> second = new ArrayList<>();
    List<Alternates.Family> families = new ArrayList<>();
    if (port != 0 && secondPort != 0 && port != secondPort) {
      for (boolean ipv4 : new boolean[] {true, false}) {
        List<InetAddress> pair = addresses.pair(ipv4);
        if (pair.size() == 2) {
          second.addAll(pair);
          families.add(
              new Alternates.Family(
                  TransportAddress.of(pair.get(0), port),
                  TransportAddress.of(pair.get(1), secondPort)));
        }
      }
    }
    return new NatDiscovery(List.copyOf(second), secondPort, new Alternates(families));
  }
}
