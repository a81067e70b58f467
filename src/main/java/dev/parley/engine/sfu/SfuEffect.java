package dev.parley.engine.sfu;

import dev.parley.wire.FiveTuple;

/// What the selective forwarding unit orders of the adapter.
public sealed interface SfuEffect {
  /// End the client's stream connection (ICE-TCP, RFC 6544): the peer that used it is gone or uses
  /// it no longer.
  record CloseStream(FiveTuple path) implements SfuEffect {}
}
