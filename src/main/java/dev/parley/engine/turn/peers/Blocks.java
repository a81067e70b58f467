package dev.parley.engine.turn.peers;

import dev.parley.wire.TransportAddress;
import java.util.List;

/// A list of [Cidr] blocks as an administrator gives it. Immutable.
final class Blocks {
  private final Cidr[] blocks;

  private Blocks(Cidr[] blocks) {
    this.blocks = blocks;
  }

  /// @throws PeerRuleRefused where one of them is none
  static Blocks of(List<String> texts) {
    Cidr[] blocks = new Cidr[texts.size()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Cidr.of(texts.get(i));
    }
    return new Blocks(blocks);
  }

  boolean hold(TransportAddress address) {
    for (Cidr block : blocks) {
      if (block.holds(address)) {
        return true;
      }
    }
    return false;
  }
}
