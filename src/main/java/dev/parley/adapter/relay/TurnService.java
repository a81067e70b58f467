package dev.parley.adapter.relay;

import dev.parley.adapter.EffectHandler;
import dev.parley.adapter.EventLoop;
import dev.parley.adapter.Framer;
import dev.parley.adapter.Intake;
import dev.parley.adapter.Listener;
import dev.parley.adapter.Service;
import dev.parley.adapter.StreamLayer;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import dev.parley.engine.turn.RelaySide;
import dev.parley.engine.turn.TurnEffect;
import dev.parley.engine.turn.TurnPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The TURN service of an adapter: an engine and a relay table on every loop.
public final class TurnService {
  static final String NAME = "turn";

  private final Map<Integer, RelaySide> sides = new ConcurrentHashMap<>();
  private final Map<Integer, Relays> relays = new ConcurrentHashMap<>();
  private final Servers<?> servers;
  private final Places places;
  private final OwnMedia media;
  private final Directory directory = new Directory();

  private <S extends Engine & RelaySide> TurnService(
      Places places, Servers<S> servers, OwnMedia media) {
    this.places = places;
    this.servers = servers;
    this.media = media;
  }

  /// Where the server of each loop stands.
  @FunctionalInterface
  public interface Places {
    TurnPlace of(int loop);
  }

  /// Makes the engine of one loop.
  ///
  /// @param <S> an engine that hears of its relays
  @FunctionalInterface
  public interface Servers<S extends Engine & RelaySide> {
    S create(TurnPlace place, Effects<TurnEffect> effects, Tally tally);
  }

  /// @param outer layers before the relay table, the outermost first: those that make messages of
  ///   encrypted datagrams
  /// @param streams what stands between connections and frames
  /// @param media the media ports of this node, known or not yet
  public static <S extends Engine & RelaySide> Service<TurnEffect> of(
      List<Listener> listeners,
      Framer framer,
      Places places,
      Servers<S> servers,
      List<Intake.Layer> outer,
      StreamLayer streams,
      OwnMedia media) {
    TurnService service = new TurnService(places, servers, media);
    List<Intake.Layer> layers = new ArrayList<>(outer);
    layers.add(service::table);
    EffectHandler<TurnEffect> effects =
        (effect, loop) -> service.relays.get(loop.index()).carryOut(effect);
    return new Service<>(NAME, listeners, framer, service::server, effects, layers, streams);
  }

  private Engine server(int loop, Effects<TurnEffect> effects, Tally tally) {
    var server = servers.create(places.of(loop), effects, tally);
    sides.put(loop, server);
    return server;
  }

  private Intake table(EventLoop loop, Intake engine) {
    int index = loop.index();
    Relays table = new Relays(loop, engine, sides.get(index), places.of(index), directory, media);
    relays.put(index, table);
    return table;
  }
}
