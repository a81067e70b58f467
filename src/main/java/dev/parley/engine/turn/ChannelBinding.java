package dev.parley.engine.turn;

import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;

/// One channel of an allocation bound to one peer (RFC 8656, section 12). Confined to the loop.
final class ChannelBinding {
  /// Nanoseconds that one lives without being refreshed: 600 s (RFC 8656, section 12).
  static final long LIFETIME = 600_000_000_000L;

  /// First channel number there is (RFC 8656, section 12).
  static final int FIRST = 0x4000;

  /// Last channel number there is: that of RFC 5766, since RFC 8656 has cut the range to 0x4FFF and
  /// clients of the older text still draw from all of it.
  static final int LAST = 0x7fff;

  private final int channel;
  private final FiveTuple relayPath;
  private long until;
  private boolean routed;

  /// @param relayPath from the relay's local address to the peer
  ChannelBinding(int channel, FiveTuple relayPath) {
    this.channel = channel;
    this.relayPath = relayPath;
  }

  int channel() {
    return channel;
  }

  TransportAddress peer() {
    return relayPath.remote();
  }

  /// The path from the relay to the peer, made once.
  FiveTuple relayPath() {
    return relayPath;
  }

  void refresh(long until) {
    this.until = until;
  }

  /// When it ends.
  long until() {
    return until;
  }

  boolean lives(long now) {
    return until - now > 0;
  }

  /// Whether the adapter relays it without the engine.
  boolean routed() {
    return routed;
  }

  void routed(boolean up) {
    routed = up;
  }
}
