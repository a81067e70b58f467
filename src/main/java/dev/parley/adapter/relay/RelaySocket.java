package dev.parley.adapter.relay;

import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.wire.TransportAddress;

/// The socket of one relayed transport address (RFC 8656, section 3) with its routes; to the engine
/// it looks like any socket.
final class RelaySocket implements UdpSocket, LoopIo.RelayHandler {
  final long relay;
  final TransportAddress relayed;
  final PeerTable peers = new PeerTable();
  private final Relays relays;
  private final TransportAddress local;
  // Read by other loops too.
  private volatile boolean open;
  private UdpSocket socket;

  RelaySocket(Relays relays, long relay, TransportAddress local, TransportAddress relayed) {
    this.relays = relays;
    this.relay = relay;
    this.local = local;
    this.relayed = relayed;
  }

  void bound(UdpSocket bound) {
    socket = bound;
    open = true;
  }

  UdpSocket socket() {
    return socket;
  }

  boolean open() {
    return open;
  }

  @Override
  public TransportAddress local() {
    return local;
  }

  /// Hot: a datagram of a peer.
  @Override
  public void datagram(byte[] octets, int at, int length, long high, long low, int port) {
    Route route = peers.find(high, low, port);
    if (route != null) {
      relays.inward(route, octets, at, length);
    } else {
      relays.unrouted(this, octets, at, length, new TransportAddress(high, low, port));
    }
  }

  /// Hot: a datagram of another relay of this node, or of its media.
  void handedOver(byte[] octets, int at, int length, TransportAddress from) {
    datagram(octets, at, length, from.high(), from.low(), from.port());
  }

  @Override
  public void unreachable(TransportAddress peer, int type, int code, int data) {
    relays.unreachable(this, peer, type, code, data);
  }

  /// The engine sends; to another relay or a media port of this node by way of its loop, since an
  /// engine is never entered while it is at work.
  @Override
  public void send(byte[] octets, int at, int length, TransportAddress peer) {
    if (!relays.passed(this, octets, at, length, peer)) {
      socket.send(octets, at, length, peer);
    }
  }

  @Override
  public void sendWhole(byte[] octets, int at, int length, TransportAddress peer) {
    if (!relays.passed(this, octets, at, length, peer)) {
      socket.sendWhole(octets, at, length, peer);
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      socket.close();
    }
  }
}
