package dev.parley.engine.turn;

import dev.parley.engine.turn.peers.PeerRules;
import dev.parley.media.TurnPolicy;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.util.List;

/// The [TurnPolicy] that one loop follows, and what follows from it. Confined to the loop.
final class Rulebook {
  private final List<TransportAddress> relays;
  private final int firstPort;
  private final int lastPort;
  private TurnPolicy policy;
  private PeerRules peers;
  private List<TransportAddress> alternates;

  /// @param relays addresses of relays as bound and as seen, ports 0
  Rulebook(TurnPolicy policy, List<TransportAddress> relays, TurnPlace place) {
    this.relays = relays;
    this.firstPort = place.firstPort();
    this.lastPort = place.lastPort();
    follow(policy);
  }

  void follow(TurnPolicy newer) {
    peers = PeerRules.of(newer, relays, firstPort, lastPort);
    alternates = newer.alternates().stream().map(Rulebook::address).toList();
    policy = newer;
  }

  TurnPolicy policy() {
    return policy;
  }

  PeerRules peers() {
    return peers;
  }

  boolean knows(String realm) {
    return policy.realms().stream().anyMatch(known -> known.name().equals(realm));
  }

  /// A server of the same family to go to instead (RFC 8489, section 14.15), or null.
  TransportAddress alternate(TransportAddress client) {
    return alternates.stream()
        .filter(address -> address.ipv4() == client.ipv4())
        .findFirst()
        .orElse(null);
  }

  /// A literal `192.0.2.1:3478` or `[2001:db8::1]:3478`; never resolved.
  private static TransportAddress address(String literal) {
    int colon = literal.lastIndexOf(':');
    String host = literal.substring(0, colon).replace("[", "").replace("]", "");
    int port = Integer.parseInt(literal.substring(colon + 1));
    return TransportAddress.of(InetAddress.ofLiteral(host), port);
  }
}
