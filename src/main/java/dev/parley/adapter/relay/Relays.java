package dev.parley.adapter.relay;

import dev.parley.adapter.EventLoop;
import dev.parley.adapter.Intake;
import dev.parley.adapter.Passed;
import dev.parley.adapter.io.Bind;
import dev.parley.engine.Tally;
import dev.parley.engine.turn.RelaySide;
import dev.parley.engine.turn.TurnEffect;
import dev.parley.engine.turn.TurnPlace;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The relay table of one loop (architecture, section 3): what has a route goes from socket to row
/// to socket, everything else to the engine.
///
/// Confined to its loop.
final class Relays implements Intake {
  /// A key frame of video in one burst.
  private static final int SOCKET_OCTETS = 1024 * 1024;

  private static final int CHANNEL_HEADER = 4;

  private final EventLoop loop;
  private final Intake engine;
  private final RelaySide side;
  private final Tally tally;
  private final OwnRelays own;
  private final MediaSide media;
  private final Elsewhere elsewhere;
  private final TcpRelays tcp;
  private final Map<FiveTuple, ChannelTable> clients = new HashMap<>();
  private final Map<Long, RelaySocket> sockets = new HashMap<>();
  private final Directory directory;
  private final byte[] padded = new byte[0x1_0000 + 8];

  /// @param directory one for all loops
  /// @param media one for all loops
  Relays(
      EventLoop loop,
      Intake engine,
      RelaySide side,
      TurnPlace place,
      Directory directory,
      OwnMedia media) {
    this.loop = loop;
    this.engine = engine;
    this.side = side;
    this.tally = loop.tally();
    this.own = new OwnRelays(place);
    this.media = new MediaSide(loop, media, own, this);
    this.directory = directory;
    this.elsewhere = new Elsewhere(loop);
    this.tcp = new TcpRelays(new TcpRelayLoop(loop, elsewhere), side);
    loop.neighbours().reader(this::take);
    loop.outlets().elsewhere(elsewhere);
  }

  /// Hot: what comes from a client.
  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path) {
    if (!elsewhere.passed(octets, at, length, path)) {
      receiveHere(octets, at, length, path);
    }
  }

  private void receiveHere(byte[] octets, int at, int length, FiveTuple path) {
    if ((octets[at] & 0xc0) == 0x40 && length >= CHANNEL_HEADER) {
      Route route = route(path, Octets.u16(octets, at));
      int data = Octets.u16(octets, at + 2);
      // What follows the data is padding, which datagrams may have and streams must.
      if (route != null && data <= length - CHANNEL_HEADER) {
        outward(route, octets, at + CHANNEL_HEADER, data);
        return;
      }
    }
    engine.receive(octets, at, length, path);
  }

  private Route route(FiveTuple path, int channel) {
    ChannelTable client = clients.get(path);
    return client == null ? null : client.find(channel);
  }

  private void outward(Route route, byte[] octets, int at, int length) {
    if (!route.meter.outward(length, loop.now())) {
      tally.count(Counter.TURN_BANDWIDTH_DROPS);
      return;
    }
    tally.count(Counter.TURN_PACKETS_OUT);
    tally.add(Counter.TURN_OCTETS_OUT, length);
    if (route.owner == Route.OUTSIDE) {
      route.relay.socket().send(octets, at, length, route.peer);
    } else if (route.media != null) {
      media.in(route.owner, route.media, octets, at, length);
    } else {
      handOver(route, octets, at, length);
    }
  }

  private void handOver(Route route, byte[] octets, int at, int length) {
    RelaySocket target = route.target;
    if (target == null || !target.open()) {
      target = route.target = directory.find(route.peer);
    }
    if (target == null) {
      tally.count(Counter.TURN_DROPPED);
      return;
    }
    deliver(target, route.owner, octets, at, length, route.relay.relayed, route.peer);
  }

  /// Hot: the relay of this node, of any loop, that has this relayed transport address, or null.
  RelaySocket at(TransportAddress relayed) {
    return directory.find(relayed);
  }

  /// Hot: gives a relay of this node what another one or a media port has for it.
  ///
  /// @param octets with room before them
  /// @param owner the loop of the relay
  void deliver(
      RelaySocket target,
      int owner,
      byte[] octets,
      int at,
      int length,
      TransportAddress from,
      TransportAddress relayed) {
    tally.count(Counter.TURN_HANDED_OVER);
    if (owner == loop.index()) {
      target.handedOver(octets, at, length, from);
    } else if (!broughtFor(target, octets, at, length, from)) {
      loop.neighbours().pass(owner, Passed.RELAYED, relayed, from, octets, at, length);
    }
  }

  // A client on UDP is reached by every loop, since each has a socket on the address it knows. To
  // wake the loop of its relay would cost more than all the rest. What must be policed is policed
  // there.
  private boolean broughtFor(
      RelaySocket target, byte[] octets, int at, int length, TransportAddress from) {
    Route back = target.peers.find(from.high(), from.low(), from.port());
    if (back == null
        || back.client.transport() != Transport.UDP
        || !back.meter.inwardByAnother(length)) {
      return false;
    }
    tally.count(Counter.TURN_PACKETS_IN);
    tally.add(Counter.TURN_OCTETS_IN, length);
    channelData(back, octets, at, length);
    return true;
  }

  /// Hot: data of a peer, to the client as ChannelData in the room before it (RFC 8656, section
  /// 12.4).
  void inward(Route route, byte[] octets, int at, int length) {
    if (!route.meter.inward(length, loop.now())) {
      tally.count(Counter.TURN_BANDWIDTH_DROPS);
      return;
    }
    tally.count(Counter.TURN_PACKETS_IN);
    tally.add(Counter.TURN_OCTETS_IN, length);
    channelData(route, octets, at, length);
  }

  private void channelData(Route route, byte[] octets, int at, int length) {
    int header = at - CHANNEL_HEADER;
    Octets.put16(octets, header, route.channel);
    Octets.put16(octets, header + 2, length);
    if (route.client.transport().stream() && (length & 3) != 0) {
      transmitPadded(route, octets, header, CHANNEL_HEADER + length);
    } else {
      loop.transmit(octets, header, CHANNEL_HEADER + length, route.client);
    }
  }

  private void transmitPadded(Route route, byte[] octets, int at, int length) {
    System.arraycopy(octets, at, padded, 0, length);
    Octets.put32(padded, length, 0);
    loop.transmit(padded, 0, length + 3 & ~3, route.client);
  }

  /// Data of a peer without a route: the engine looks for a permission.
  void unrouted(RelaySocket relay, byte[] octets, int at, int length, TransportAddress peer) {
    loop.run(
        TurnService.NAME, () -> side.fromPeer(relay.relay, octets, at, length, peer, loop.now()));
  }

  void unreachable(RelaySocket relay, TransportAddress peer, int type, int code, int data) {
    loop.run(TurnService.NAME, () -> side.icmp(relay.relay, peer, type, code, data, loop.now()));
  }

  /// Passes what the engine sends to a relay or media port of this node on to its loop, even to
  /// this one; false where the peer is outside.
  boolean passed(RelaySocket from, byte[] octets, int at, int length, TransportAddress peer) {
    if (media.passed(from, octets, at, length, peer)) {
      return true;
    }
    int owner = own.owner(peer);
    if (owner == Route.OUTSIDE) {
      return false;
    }
    tally.count(Counter.TURN_HANDED_OVER);
    loop.neighbours().pass(owner, Passed.RELAYED, peer, from.relayed, octets, at, length);
    return true;
  }

  // Each loop casts what its twin on another loop has put in.
  @SuppressWarnings("unchecked")
  private void take(Passed kind, Object to, Object from, byte[] octets, int at, int length) {
    switch (kind) {
      case RELAYED -> {
        RelaySocket target = directory.find((TransportAddress) to);
        if (target != null) {
          target.handedOver(octets, at, length, (TransportAddress) from);
        }
      }
      case MEDIA -> media.received(octets, at, length, (FiveTuple) to);
      case RECEIVED -> {
        elsewhere.cameFrom((FiveTuple) to, (Integer) from);
        receiveHere(octets, at, length, (FiveTuple) to);
      }
      case TRANSMIT -> loop.transmit(octets, at, length, (FiveTuple) to);
      case CLOSED -> {
        elsewhere.forget((FiveTuple) to);
        engine.closed((FiveTuple) to);
      }
      case WORK -> ((Consumer<TcpRelays>) to).accept(tcp);
      case TAKEN_BACK -> elsewhere.takenBack((FiveTuple) to);
    }
  }

  @Override
  public void closed(FiveTuple path) {
    if (!elsewhere.closed(path)) {
      engine.closed(path);
    }
  }

  /// Carries out what the engine orders; nothing here is hot.
  void carryOut(TurnEffect effect) {
    if (tcp.carryOut(effect)) {
      return;
    }
    switch (effect) {
      case TurnEffect.OpenRelay open -> open(open);
      case TurnEffect.CloseRelay(long relay) -> close(relay);
      case TurnEffect.RouteUp up -> up(up);
      case TurnEffect.RouteDown(long relay, FiveTuple client, int channel) -> down(client, channel);
      case TurnEffect.SendWhole(long relay, TransportAddress peer, byte[] octets) ->
          sendWhole(relay, peer, octets);
      case TurnEffect.PassOn(FiveTuple path, int other, byte[] message) ->
          elsewhere.passOn(path, other, message);
      case TurnEffect.TakeBack(FiveTuple path) -> elsewhere.takeBack(path);
      case TurnEffect.CloseClient(FiveTuple path) -> loop.end(path);
      case TurnEffect.Connect _, TurnEffect.Bridge _, TurnEffect.Disconnect _ ->
          throw new IllegalStateException("TCP relays carry out " + effect);
    }
  }

  private void open(TurnEffect.OpenRelay order) {
    RelaySocket relay = new RelaySocket(this, order.relay(), order.local(), order.relayed());
    Bind bind =
        new Bind(
            order.local().socketAddress().getAddress(),
            order.local().port(),
            Bind.Sharing.ALONE,
            SOCKET_OCTETS);
    try {
      relay.bound(loop.io().relay(bind, relay));
    } catch (IOException e) {
      side.refused(order.relay(), Bind.taken(e), loop.now());
      return;
    }
    loop.outlets().add(relay);
    sockets.put(order.relay(), relay);
    directory.add(relay);
    side.opened(order.relay(), loop.now());
  }

  private void close(long id) {
    RelaySocket relay = sockets.remove(id);
    if (relay == null) {
      return;
    }
    for (Route route : relay.peers.slots()) {
      if (route != null) {
        down(route.client, route.channel);
      }
    }
    directory.remove(relay);
    loop.outlets().close(relay);
  }

  private void up(TurnEffect.RouteUp order) {
    RelaySocket relay = sockets.get(order.relay());
    if (relay == null) {
      return;
    }
    OwnMedia.Port port = media.find(order.peer());
    Route route =
        new Route(
            relay,
            order.client(),
            order.channel(),
            order.peer(),
            order.meter(),
            port == null ? own.owner(order.peer()) : port.loop(),
            port == null ? null : MediaSide.path(port, relay));
    clients.computeIfAbsent(order.client(), path -> new ChannelTable()).put(route);
    relay.peers.put(route);
  }

  private void down(FiveTuple client, int channel) {
    ChannelTable channels = clients.get(client);
    Route route = channels == null ? null : channels.remove(channel);
    if (route == null) {
      return;
    }
    route.relay.peers.remove(route.peer);
    if (channels.isEmpty()) {
      clients.remove(client);
    }
  }

  private void sendWhole(long id, TransportAddress peer, byte[] octets) {
    RelaySocket relay = sockets.get(id);
    if (relay != null) {
      relay.sendWhole(octets, 0, octets.length, peer);
    }
  }
}
