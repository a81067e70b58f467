package dev.parley.signal;

import dev.parley.media.SfuCommand;

/// The way to the selective forwarding unit; boot implements it. What that tells comes back through
/// [Signaling#told].
public interface MediaPort {
  /// Whether orders are followed.
  boolean available();

  /// Hands an order over and returns at once; called in order for each room, under a lock.
  void order(SfuCommand command);
}
