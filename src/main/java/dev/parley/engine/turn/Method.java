package dev.parley.engine.turn;

import dev.parley.protocol.stun.StunRefused;

/// What is done with the requests of one STUN method.
interface Method {
  /// Answers a request now, or later.
  ///
  /// @throws StunRefused where an attribute has not its format: the caller answers 400
  void take(Request request) throws StunRefused;
}
