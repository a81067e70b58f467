package dev.parley.engine.peer;

import dev.parley.media.PeerPolicy;
import dev.parley.media.SfuRefusal;

/// How much a client sends, and whether it may. Confined to the peer's loop.
final class Allowance {
  private final PeerSide side;
  private final RateLimit rate;
  private PeerPolicy policy;
  private boolean told;

  Allowance(PeerSide side, PeerPolicy policy) {
    this.side = side;
    this.policy = policy;
    this.rate = new RateLimit(policy.limits().bitrate());
  }

  void policy(PeerPolicy other) {
    policy = other;
    rate.bitrate(other.limits().bitrate());
  }

  /// Counts one authentic packet; hot. False where the client has gone too far.
  boolean within(int length, long now) {
    return rate.received(length, now);
  }

  /// Whether one more stream may be had; told once where not.
  boolean another(int streams) {
    boolean good = streams < policy.limits().streams();
    if (!good && !told) {
      told = true;
      side.refused(
          0,
          SfuRefusal.TOO_MANY_STREAMS,
          "A participant may send " + policy.limits().streams() + " streams at a time.");
    }
    return good;
  }
}
