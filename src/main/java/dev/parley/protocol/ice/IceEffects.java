package dev.parley.protocol.ice;

import dev.parley.wire.FiveTuple;

/// What an [IceLite] agent orders and tells; its owner carries it out.
public interface IceEffects {
  /// Sends one STUN message. The octets are valid during the call only; two octets of room stand
  /// before `at`, for the length that RFC 4571 puts before a message on a stream.
  void transmit(byte[] octets, int at, int length, FiveTuple path);

  /// Tells a fact, last in the agent's handler: the agent may be asked and told anything from here.
  void happened(IceEvent event);
}
