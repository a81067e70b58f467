package dev.parley.adapter.sfu;

import dev.parley.adapter.EventLoop;
import dev.parley.adapter.IceTcpFramer;
import dev.parley.adapter.Intake;
import dev.parley.adapter.Listener;
import dev.parley.adapter.Passed;
import dev.parley.adapter.Service;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import dev.parley.engine.cascade.BranchEngine;
import dev.parley.engine.cascade.Crossing;
import dev.parley.engine.cascade.Label;
import dev.parley.engine.cascade.Note;
import dev.parley.engine.sfu.SfuEffect;
import dev.parley.media.MediaEvent;
import dev.parley.media.OverloadStep;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The service of the selective forwarding unit: an engine on every loop, each with a UDP and TCP
/// port of its own, so that a client's packets come to the loop it lives on. Engines whose rooms
/// have branches on several loops meet by what loops pass to each other.
public final class SfuService {
  private static final String NAME = "sfu";

  private final Map<Integer, EventLoop> loops = new ConcurrentHashMap<>();
  private final Map<Integer, BranchEngine> branches = new ConcurrentHashMap<>();

  private SfuService() {}

  /// What an engine is told of the loop it runs on; [#soon] may be called from any thread.
  ///
  /// @param index the loop's number
  public record Place(
      int index, Map<Integer, EventLoop> loops, Map<Integer, BranchEngine> branches) {
    /// Where this loop listens for media; known once its listeners are bound, to be asked on the
    /// loop.
    public List<TransportAddress> listening(Transport transport) {
      return loops.get(index).listening(NAME, transport);
    }

    /// Has the loop's thread run an input of the engine: the way back for work done elsewhere.
    public void soon(Runnable input) {
      EventLoop loop = loops.get(index);
      loop.execute(() -> loop.run(NAME, input));
    }

    /// The way to the engines of the other loops; to be used on the loop.
    public Crossing crossing() {
      return new Crossing() {
        @Override
        public void tell(int other, Note note) {
          EventLoop loop = loops.get(other);
          loop.execute(
              () -> loop.run(NAME, () -> branches.get(other).told(index, note, loop.now())));
        }

        @Override
        public boolean carry(int other, Label label, byte[] octets, int at, int length) {
          return loops
              .get(index)
              .neighbours()
              .pass(other, Passed.CARRIED, label, null, octets, at, length);
        }

        @Override
        public void flush() {
          loops.get(index).neighbours().rouse();
        }
      };
    }
  }

  /// Makes the engine of one loop.
  @FunctionalInterface
  public interface Engines {
    Engine create(Place place, Effects<SfuEffect> effects, Tally tally);
  }

  /// @param listeners UDP and TCP, loop n on port + n
  public static Service<SfuEffect> of(List<Listener> listeners, Engines engines) {
    SfuService service = new SfuService();
    return new Service<>(
        NAME,
        listeners,
        new IceTcpFramer(),
        service.engines(engines),
        SfuService::carryOut,
        List.of(service::meet));
  }

  private Service.EngineFactory<SfuEffect> engines(Engines engines) {
    return (loop, effects, tally) -> {
      Engine engine = engines.create(new Place(loop, loops, branches), effects, tally);
      if (engine instanceof BranchEngine branch) {
        branches.put(loop, branch);
      }
      return engine;
    };
  }

  private static void carryOut(SfuEffect effect, EventLoop loop) {
    switch (effect) {
      case SfuEffect.CloseStream(FiveTuple path) -> loop.end(path);
      case SfuEffect.Overload(OverloadStep step) ->
          loop.tell(new MediaEvent.Overload(loop.index(), step));
    }
  }

  private Intake meet(EventLoop loop, Intake engine) {
    loops.put(loop.index(), loop);
    BranchEngine branch = branches.get(loop.index());
    if (branch != null) {
      loop.neighbours()
          .reader(
              Passed.CARRIED,
              (_, label, _, octets, at, length) ->
                  branch.carried((Label) label, octets, at, length, loop.now()));
    }
    return engine;
  }
}
