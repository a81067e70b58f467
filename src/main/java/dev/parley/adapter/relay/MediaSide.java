package dev.parley.adapter.relay;

import dev.parley.adapter.EventLoop;
import dev.parley.adapter.Passed;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;

/// What passes between relays and media ports of this node ([OwnMedia]), both ways, as one loop
/// does it. Confined to its loop.
final class MediaSide {
  private final EventLoop loop;
  private final OwnMedia media;
  private final OwnRelays own;
  private final Relays relays;
  private byte[] room = {};

  MediaSide(EventLoop loop, OwnMedia media, OwnRelays own, Relays relays) {
    this.loop = loop;
    this.media = media;
    this.own = own;
    this.relays = relays;
    media.join(loop.index(), this);
  }

  /// The media ports stand: what this loop's are asked to send goes through here.
  void stand() {
    room = new byte[0x1_0000 + 2 * LoopIo.ROOM];
    for (OwnMedia.Port port : media.of(loop.index())) {
      loop.outlets().add(new Outlet(port.address(), loop.outlets().find(port.address())));
    }
  }

  OwnMedia.Port find(TransportAddress peer) {
    return media.find(peer);
  }

  /// The path on which a media port sees a relay.
  static FiveTuple path(OwnMedia.Port port, RelaySocket relay) {
    return new FiveTuple(Transport.UDP, port.address(), relay.relayed);
  }

  /// Hot: data of a client to a media port; the engine of the relays must not be at work.
  void in(int owner, FiveTuple path, byte[] octets, int at, int length) {
    loop.tally().count(Counter.TURN_HANDED_OVER);
    if (owner == loop.index()) {
      received(octets, at, length, path);
    } else {
      loop.neighbours().pass(owner, Passed.MEDIA, path, null, octets, at, length);
    }
  }

  /// Passes what the engine of the relays sends to a media port on to its loop, even to this one;
  /// false where the peer is none.
  boolean passed(RelaySocket from, byte[] octets, int at, int length, TransportAddress peer) {
    OwnMedia.Port port = media.find(peer);
    if (port == null) {
      return false;
    }
    loop.tally().count(Counter.TURN_HANDED_OVER);
    loop.neighbours().pass(port.loop(), Passed.MEDIA, path(port, from), null, octets, at, length);
    return true;
  }

  /// Hot: takes what was relayed to a media port of this loop.
  void received(byte[] octets, int at, int length, FiveTuple path) {
    media.intake(loop.index()).receive(octets, at, length, path);
  }

  /// What a media port sends by: relays of this node get it in memory, the world by the socket.
  private final class Outlet implements UdpSocket {
    private final TransportAddress local;
    private final UdpSocket socket;

    /// @param socket null where the address is only what the world sees
    Outlet(TransportAddress address, UdpSocket socket) {
      this.local = socket == null ? address : socket.local();
      this.socket = socket;
    }

    @Override
    public TransportAddress local() {
      return local;
    }

    @Override
    public void send(byte[] octets, int at, int length, TransportAddress remote) {
      if (handedOver(octets, at, length, remote)) {
        return;
      }
      if (socket == null) {
        loop.tally().count(Counter.SEND_FAILURES);
      } else {
        socket.send(octets, at, length, remote);
      }
    }

    @Override
    public void sendWhole(byte[] octets, int at, int length, TransportAddress remote) {
      if (socket == null || own.owner(remote) != Route.OUTSIDE) {
        send(octets, at, length, remote);
      } else {
        socket.sendWhole(octets, at, length, remote);
      }
    }

    // A port of relays where none is may be a browser's on this host: what it asked for goes by the
    // kernel.
    private boolean handedOver(byte[] octets, int at, int length, TransportAddress remote) {
      int owner = own.owner(remote);
      RelaySocket target = owner == Route.OUTSIDE ? null : relays.at(remote);
      if (target == null) {
        return false;
      }
      // Its octets are the media engine's, which may send them to others too; a relay writes the
      // header of ChannelData before what it relays.
      System.arraycopy(octets, at, room, LoopIo.ROOM, length);
      relays.deliver(target, owner, room, LoopIo.ROOM, length, local, remote);
      return true;
    }

    @Override
    public void close() {
      if (socket != null) {
        socket.close();
      }
    }
  }
}
