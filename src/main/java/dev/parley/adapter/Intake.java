package dev.parley.adapter;

import dev.parley.wire.FiveTuple;

/// Takes what arrives on a listener: an engine, or a layer before it that keeps some of it back.
public interface Intake {
  /// Hot: one datagram, or one frame of a stream.
  ///
  /// @param octets valid and mutable during the call only
  void receive(byte[] octets, int at, int length, FiveTuple path);

  /// A stream has ended.
  void closed(FiveTuple path);

  /// Puts a layer of one loop before its engine.
  @FunctionalInterface
  interface Layer {
    /// @param next what the layer hands on to
    Intake before(EventLoop loop, Intake next);
  }
}
