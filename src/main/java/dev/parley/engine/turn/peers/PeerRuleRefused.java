package dev.parley.engine.turn.peers;

/// Text that is no rule about peers.
public final class PeerRuleRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// @param text what was written; an administrator's words, nobody's address
  PeerRuleRefused(String text) {
    super("neither an address nor a CIDR block: " + text);
  }
}
