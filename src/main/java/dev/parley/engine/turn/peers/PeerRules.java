package dev.parley.engine.turn.peers;

import dev.parley.media.TurnPolicy;
import dev.parley.wire.TransportAddress;
import java.util.List;

/// Which peers a client may reach (RFC 8656, section 21.4). Immutable.
public final class PeerRules {
  private PeerRules() {}

  /// @param ownRelayAddresses relayed addresses and what they are bound to, ports 0
  /// @param firstPort first relay port of the node
  /// @param lastPort last relay port of the node
  public static PeerRules of(
      TurnPolicy policy, List<TransportAddress> ownRelayAddresses, int firstPort, int lastPort) {
    return new PeerRules();
  }

  /// Whether a permission for this address may be installed; its port does not matter.
  public boolean permitsAddress(TransportAddress peer) {
    return true;
  }

  /// Whether octets may go to this transport address.
  public boolean permits(TransportAddress peer) {
    return peer.port() != 0;
  }
}
