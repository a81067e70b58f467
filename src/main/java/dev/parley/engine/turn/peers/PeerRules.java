package dev.parley.engine.turn.peers;

import dev.parley.media.TurnPolicy;
import dev.parley.wire.TransportAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which peers a client may reach through a relay (RFC 8656, section 21.3). Immutable; the order of
/// the rules is in the package note.
public final class PeerRules {
  private final int firstPort;
  private final int lastPort;
  private final Set<TransportAddress> own = new HashSet<>();
  private final Set<TransportAddress> media = new HashSet<>();
  private final Set<TransportAddress> mediaHosts = new HashSet<>();
  private final Set<TransportAddress> guarded = new HashSet<>();
  private final Blocks allow;
  private final Blocks deny;

  private PeerRules(
      TurnPolicy policy, List<TransportAddress> ownRelayAddresses, int firstPort, int lastPort) {
    this.firstPort = firstPort;
    this.lastPort = lastPort;
    this.allow = Blocks.of(policy.allow());
    this.deny = Blocks.of(policy.deny());
    ownRelayAddresses.forEach(address -> own.add(address.withPort(0)));
    policy.guarded().forEach(text -> guarded.add(place(text)));
    policy.media().forEach(text -> media.add(port(text)));
    media.forEach(port -> mediaHosts.add(port.withPort(0)));
  }

  /// @param ownRelayAddresses relayed addresses and what they are bound to; their ports do not
  ///   matter
  /// @param firstPort first relay port of the node
  /// @param lastPort last relay port of the node
  /// @throws PeerRuleRefused where a text of the policy is no rule
  public static PeerRules of(
      TurnPolicy policy, List<TransportAddress> ownRelayAddresses, int firstPort, int lastPort) {
    return new PeerRules(policy, ownRelayAddresses, firstPort, lastPort);
  }

  /// Whether a permission for this address may be installed; its port does not matter.
  public boolean permitsAddress(TransportAddress peer) {
    TransportAddress host = peer.withPort(0);
    return own.contains(host) || mediaHosts.contains(host) || reachable(host);
  }

  /// Whether octets may go to this transport address.
  public boolean permits(TransportAddress peer) {
    return peer.port() != 0 && (media.contains(peer) || ownRelay(peer) || reachable(peer));
  }

  /// Whether it is where a relay of this node may be: never reached through the kernel.
  private boolean ownRelay(TransportAddress peer) {
    return peer.port() >= firstPort && peer.port() <= lastPort && own.contains(peer.withPort(0));
  }

  /// @param peer with port 0 where only addresses are judged
  private boolean reachable(TransportAddress peer) {
    if (!permitted(peer)) {
      return false;
    }
    int port = peer.port();
    return peer.ipv4()
        || !CarriedIpv4.anyForbidden(peer, v4 -> !permitted(TransportAddress.ipv4(v4, port)));
  }

  /// The rules from the second to the last; the first that says something decides.
  private boolean permitted(TransportAddress peer) {
    if (guarded.contains(peer) || guarded.contains(peer.withPort(0))) {
      return false;
    }
    if (allow.hold(peer)) {
      return true;
    }
    return !own.contains(peer.withPort(0))
        && !deny.hold(peer)
        && !(peer.ipv4() ? SpecialIpv4.anyHolds(peer) : SpecialIpv6.anyHolds(peer));
  }

  /// Reads what has a port.
  private static TransportAddress port(String text) {
    TransportAddress place = place(text);
    if (place.port() == 0) {
      throw new PeerRuleRefused(text);
    }
    return place;
  }

  /// Reads `192.0.2.1`, `192.0.2.1:5432`, `2001:db8::1` or `[2001:db8::1]:5432`; port 0 stands for
  /// all ports.
  private static TransportAddress place(String text) {
    boolean bracketed = text.startsWith("[");
    int colon = text.lastIndexOf(':');
    boolean ported = bracketed ? text.indexOf("]:") == colon - 1 : colon == text.indexOf(':');
    if (colon < 0 || !ported && !bracketed) {
      return AddressLiteral.of(text);
    }
    String port = text.substring(colon + 1);
    boolean number = ported && !port.isEmpty() && port.length() <= 5;
    number = number && port.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 0xffff) {
      throw new PeerRuleRefused(text);
    }
    String host = text.substring(bracketed ? 1 : 0, bracketed ? colon - 1 : colon);
    TransportAddress address = AddressLiteral.of(host);
    if (bracketed != host.contains(":")) {
      throw new PeerRuleRefused(text);
    }
    return address.withPort(Integer.parseInt(port));
  }
}
