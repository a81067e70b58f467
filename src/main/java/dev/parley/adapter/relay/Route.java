package dev.parley.adapter.relay;

import dev.parley.engine.turn.Meter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;

/// One row of the relay table: a channel between a client and a peer (RFC 8656, section 12), over
/// which data passes without the engine.
final class Route {
  /// The peer is out on the network.
  static final int OUTSIDE = -1;

  final RelaySocket relay;
  final FiveTuple client;
  final int channel;
  final TransportAddress peer;
  final Meter meter;

  /// The loop whose relay or media port the peer's address is, or [#OUTSIDE].
  final int owner;

  /// The path on which that media port sees the relay, or null where it is none.
  final FiveTuple media;

  /// That relay; looked up again when it has closed.
  RelaySocket target;

  Route(
      RelaySocket relay,
      FiveTuple client,
      int channel,
      TransportAddress peer,
      Meter meter,
      int owner,
      FiveTuple media) {
    this.relay = relay;
    this.client = client;
    this.channel = channel;
    this.peer = peer;
    this.meter = meter;
    this.owner = owner;
    this.media = media;
  }
}
