package dev.parley.engine.congestion;

/// What a departing packet is to the pacer and to the estimate.
public enum PacketKind {
  /// Never waits: its rate is small and its delay is heard.
  AUDIO,
  /// Waits for its turn.
  VIDEO,
  /// Waits for its turn, before new video: the frame it belongs to is late already.
  RETRANSMISSION,
  /// Sent because [SendSide#padding] asked for it; never waits.
  PADDING;

  boolean paced() {
    return this == VIDEO || this == RETRANSMISSION;
  }
}
