package dev.parley.engine;

import dev.parley.media.MediaEvent;
import dev.parley.wire.FiveTuple;

/// What an [Engine] orders: the adapter carries it out over sockets, a test records it.
///
/// @param <E> the engine's sealed control effects
public interface Effects<E> {
  /// Hot: sends one message. The octets are copied or sent before this returns, so the buffer may
  /// be reused at once.
  ///
  /// @param octets the buffer
  /// @param at index of the message's first octet
  /// @param length octets of the message
  /// @param path the 5-tuple to send on; one whose stream has ended is counted and dropped
  void transmit(byte[] octets, int at, int length, FiveTuple path);

  /// Rare: a control effect, queued and carried out after the engine's handler has returned, never
  /// re-entrant.
  void effect(E effect);

  /// Rare: tells the enterprise half a fact, at once; whoever takes it returns quickly.
  void tell(MediaEvent event);
}
