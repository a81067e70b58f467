package dev.parley.engine.sfu;

import dev.parley.media.OverloadStep;
import dev.parley.wire.FiveTuple;

/// What the selective forwarding unit orders of the adapter.
public sealed interface SfuEffect {
  /// End the client's stream connection (ICE-TCP, RFC 6544): the peer that used it is gone or uses
  /// it no longer.
  record CloseStream(FiveTuple path) implements SfuEffect {}

  /// Tell that the loop does without more or less from now on because of what it has to do.
  record Overload(OverloadStep step) implements SfuEffect {}
}
