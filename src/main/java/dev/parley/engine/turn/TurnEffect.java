package dev.parley.engine.turn;

import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;

/// What the TURN server orders of the adapter; the adapter answers through [RelaySide].
public sealed interface TurnEffect {
  /// Bind a relay socket; answered by [RelaySide#opened] or [RelaySide#refused].
  ///
  /// @param relay names it from now on; never used again on this loop
  /// @param transport UDP, or TCP for a listener (RFC 6062)
  /// @param local address and port to bind
  /// @param relayed the same as the world sees it (1:1 NAT), the address of its relayed transport
  ///   address
  record OpenRelay(
      long relay, Transport transport, TransportAddress local, TransportAddress relayed)
      implements TurnEffect {}

  /// Close a relay socket with all its routes, and whatever was connected through it.
  record CloseRelay(long relay) implements TurnEffect {}

  /// From now on ChannelData between a client and a peer goes straight through, both ways, without
  /// this engine. Ordered only while both the binding and the permission live.
  ///
  /// @param meter counts and polices what passes; one an allocation
  record RouteUp(long relay, FiveTuple client, int channel, TransportAddress peer, Meter meter)
      implements TurnEffect {}

  /// The route is gone: binding or permission has expired, or the client has moved.
  record RouteDown(long relay, FiveTuple client, int channel) implements TurnEffect {}

  /// Send one datagram that must not be fragmented (DONT-FRAGMENT, RFC 8656, section 18.9).
  record SendWhole(long relay, TransportAddress peer, byte[] octets) implements TurnEffect {}

  /// Everything on this path belongs to another loop from now on, this message first: an allocation
  /// whose port or mobility ticket is that loop's.
  record PassOn(FiveTuple path, int loop, byte[] message) implements TurnEffect {}

  /// What other loops pass to this one on a path need not be passed any more.
  record TakeBack(FiveTuple path) implements TurnEffect {}

  /// End the client's stream: its allocation was taken from it.
  record CloseClient(FiveTuple path) implements TurnEffect {}

  /// Connect to a peer from a TCP relay (RFC 6062, section 5.2); answered by [RelaySide#connected]
  /// or [RelaySide#connectFailed]. Nothing is read from it before [Bridge].
  ///
  /// @param connection the CONNECTION-ID; never used again on this loop while it lives
  record Connect(long relay, int connection, TransportAddress peer) implements TurnEffect {}

  /// Join a client's data connection and a peer's: from now on octets pass both ways uninterpreted
  /// (RFC 6062, section 5.4). What the engine transmitted on the client's path before goes first.
  record Bridge(int connection, FiveTuple client) implements TurnEffect {}

  /// Close a peer connection, and the client's data connection it is bridged to.
  record Disconnect(int connection) implements TurnEffect {}
}
