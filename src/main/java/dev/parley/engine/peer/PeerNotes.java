package dev.parley.engine.peer;

import dev.parley.wire.FiveTuple;

/// What a [Peer] tells whoever hands it its datagrams and its time. Called on the loop, from inside
/// the peer's inputs unless said otherwise.
public interface PeerNotes {
  /// A check of this path was authenticated: what comes on it is this peer's from now on, whosever
  /// it was before.
  void routed(FiveTuple path, Peer peer);

  /// The path is not this peer's any more; where it has become another's meanwhile, nothing
  /// changes.
  void unrouted(FiveTuple path, Peer peer);

  /// Something was done outside of an input, because the DTLS handshake went on: the peer's
  /// deadline may have moved.
  void stirred(Peer peer);
}
