package dev.parley.adapter.relay;

import dev.parley.adapter.EventLoop;
import dev.parley.adapter.Intake;
import dev.parley.adapter.Service;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The media ports of this node and their loops: what is relayed to one of them, and what is sent
/// from one of them to a relay of this node, is handed over in memory and never reaches the kernel.
///
/// Empty until [#stand], so that everything goes by the kernel before. Read by all loops.
public final class OwnMedia {
  private final Map<Integer, EventLoop> loops = new ConcurrentHashMap<>();
  private final Map<Integer, Intake> intakes = new ConcurrentHashMap<>();
  private final Map<Integer, MediaSide> sides = new ConcurrentHashMap<>();
  private volatile Map<TransportAddress, Port> ports = Map.of();
  private volatile String service = "";

  /// One of them.
  ///
  /// @param address as clients know it: bound, or what the world sees instead (1:1 NAT)
  record Port(TransportAddress address, int loop) {}

  /// The same service, whose intakes take also what is relayed to its UDP listeners; each loop has
  /// listeners of its own.
  public <E> Service<E> around(Service<E> media) {
    service = media.name();
    List<Intake.Layer> layers = new ArrayList<>();
    layers.add(this::meet);
    layers.addAll(media.layers());
    return new Service<>(
        media.name(),
        media.listeners(),
        media.framer(),
        media.engines(),
        media.effects(),
        layers,
        media.streams());
  }

  private Intake meet(EventLoop loop, Intake outermost) {
    loops.put(loop.index(), loop);
    intakes.put(loop.index(), outermost);
    return outermost;
  }

  /// Has the media ports that are bound now stand for themselves; once, by whoever has started the
  /// loops.
  ///
  /// @param advertised what the world sees instead of local addresses of the family, ports 0
  /// @return where media may be sent to from now on, bound or advertised
  public Collection<TransportAddress> stand(List<TransportAddress> advertised) {
    Map<TransportAddress, Port> standing = new HashMap<>();
    for (EventLoop loop : loops.values()) {
      for (TransportAddress local : loop.listening(service, Transport.UDP)) {
        add(standing, local, loop.index());
        advertised.stream()
            .filter(seen -> seen.ipv4() == local.ipv4())
            .forEach(seen -> add(standing, seen.withPort(local.port()), loop.index()));
      }
    }
    ports = Map.copyOf(standing);
    sides.forEach((loop, side) -> loops.get(loop).execute(side::stand));
    return ports.keySet();
  }

  private static void add(Map<TransportAddress, Port> to, TransportAddress address, int loop) {
    // Nobody sends to a wildcard address.
    boolean any =
        address.high() == 0 && (address.low() == 0 || address.ipv4() && address.ipv4Bits() == 0);
    if (!any) {
      to.putIfAbsent(address, new Port(address, loop));
    }
  }

  /// A loop that has relays; before it runs.
  void join(int loop, MediaSide side) {
    sides.put(loop, side);
  }

  /// The media port of this transport address, or null.
  Port find(TransportAddress address) {
    return ports.get(address);
  }

  /// Those of one loop.
  List<Port> of(int loop) {
    return ports.values().stream().filter(port -> port.loop() == loop).toList();
  }

  /// Where a loop's media goes in.
  Intake intake(int loop) {
    return intakes.get(loop);
  }
}
