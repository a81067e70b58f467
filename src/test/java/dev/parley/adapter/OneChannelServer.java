package dev.parley.adapter;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.turn.Meter;
import dev.parley.engine.turn.RelaySide;
import dev.parley.engine.turn.TurnEffect;
import dev.parley.engine.turn.TurnPlace;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The least server that works a relay table: a message of a client says which relay port it wants
/// and which peer port its channel 0x4000 goes to; whatever has no route is told back to the client
/// as it came.
///
/// ```
/// 0x00 'R' 0 0 cookie, relay port, peer port, n   open and route; the peer is at 127.0.0.n, 0 for 1
/// 0x00 'D' 0 0                                    take the route down
/// 0x00 'C' 0 0                                    close the relay
/// 0x00 'S' 0 0 octets                             send to the peer without the route
/// ```
final class OneChannelServer implements Engine, RelaySide {
  static final int CHANNEL = 0x4000;

  final List<String> icmp = new CopyOnWriteArrayList<>();
  private final TurnPlace place;
  private final Effects<TurnEffect> effects;
  private final Map<Long, Order> orders = new HashMap<>();
  private final long bandwidth;

  private record Order(FiveTuple client, TransportAddress relay, TransportAddress peer) {}

  OneChannelServer(TurnPlace place, Effects<TurnEffect> effects, long bandwidth) {
    this.place = place;
    this.effects = effects;
    this.bandwidth = bandwidth;
  }

  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    switch (octets[at + 1]) {
      case 'R' -> {
        TransportAddress peer =
            TransportAddress.ipv4(
                0x7f000000 | Math.max(1, octets[at + 12]), Octets.u16(octets, at + 10));
        open(Octets.u16(octets, at + 8), peer, path);
      }
      case 'D' -> effects.effect(new TurnEffect.RouteDown(0, path, CHANNEL));
      case 'C' -> close(path);
      default -> send(octets, at + 4, length - 4, path);
    }
  }

  private void open(int port, TransportAddress peer, FiveTuple path) {
    TransportAddress local = TransportAddress.ipv4(0x7f000001, port);
    orders.put((long) port, new Order(path, local, peer));
    effects.effect(new TurnEffect.OpenRelay(port, Transport.UDP, local, local));
  }

  private void close(FiveTuple path) {
    orders.forEach(
        (relay, order) -> {
          if (order.client.equals(path)) {
            effects.effect(new TurnEffect.CloseRelay(relay));
          }
        });
    orders.values().removeIf(order -> order.client.equals(path));
    tell(path, "closed");
  }

  private void send(byte[] octets, int at, int length, FiveTuple path) {
    for (Order order : orders.values()) {
      if (order.client.equals(path)) {
        effects.transmit(octets, at, length, new FiveTuple(Transport.UDP, order.relay, order.peer));
      }
    }
  }

  @Override
  public void opened(long relay, long now) {
    Order order = orders.get(relay);
    Meter meter = new Meter(bandwidth, now);
    effects.effect(new TurnEffect.RouteUp(relay, order.client, CHANNEL, order.peer, meter));
    tell(order.client, "opened");
  }

  @Override
  public void refused(long relay, boolean taken, long now) {
    tell(orders.remove(relay).client, taken ? "taken" : "refused");
  }

  private void tell(FiveTuple client, String word) {
    // Framed as ChannelData, so that streams carry it too.
    byte[] text = word.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] frame = new byte[4 + (text.length + 3 & ~3)];
    Octets.put16(frame, 0, 0x4fff);
    Octets.put16(frame, 2, text.length);
    System.arraycopy(text, 0, frame, 4, text.length);
    effects.transmit(frame, 0, frame.length, client);
  }

  @Override
  public void fromPeer(
      long relay, byte[] octets, int at, int length, TransportAddress peer, long now) {
    effects.transmit(octets, at, length, orders.get(relay).client);
  }

  @Override
  public void icmp(long relay, TransportAddress peer, int type, int code, int data, long now) {
    icmp.add(peer.literal() + " " + type + " " + code);
  }

  @Override
  public void connected(int connection, long now) {}

  @Override
  public void connectFailed(int connection, long now) {}

  @Override
  public int accepted(long relay, TransportAddress peer, long now) {
    return -1;
  }

  @Override
  public void disconnected(int connection, long now) {}

  @Override
  public void tick(long now) {}

  @Override
  public long deadline() {
    return NEVER;
  }
}
