package dev.parley.engine.sfu;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import dev.parley.engine.peer.PacketOut;
import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.media.OverloadStep;
import dev.parley.media.SfuCommand;
import dev.parley.wire.FiveTuple;
import java.util.function.Consumer;

/// The selective forwarding unit of one event loop (RFC 7667, section 3.7): its rooms, its peers
/// and the paths that lead to them. Confined to that loop.
///
/// A bug that one peer's input or order meets costs that peer ([Member#fail]), never the loop.
public final class SfuEngine implements Engine {
  private final SfuKit kit;
  private final Rooms rooms;
  private final Paths paths;
  private final Consumer<OverloadStep> steps;

  /// @param tally of the loop
  public SfuEngine(Effects<SfuEffect> effects, Tally tally, SfuSettings settings, SfuTools tools) {
    this(effects, tally, settings, tools, Branches.NONE);
  }

  /// @param branches brings the tracks of rooms to other loops and theirs here
  public SfuEngine(
      Effects<SfuEffect> effects,
      Tally tally,
      SfuSettings settings,
      SfuTools tools,
      Branches branches) {
    kit = new SfuKit(settings, tally, effects::tell, tools.random(), tools.wall());
    LivePeers peers = new LivePeers(kit, effects, tools, tally);
    rooms = new Rooms(kit, peers);
    paths = peers.paths();
    kit.branches(branches);
    steps = step -> effects.effect(new SfuEffect.Overload(step));
  }

  SfuEngine(SfuKit kit, Rooms rooms, Paths paths) {
    this.kit = kit;
    this.rooms = rooms;
    this.paths = paths;
    steps = step -> {};
  }

  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    if (path.transport().stream()) {
      message(octets, at + PacketOut.LENGTH, length - PacketOut.LENGTH, path, now);
    } else {
      message(octets, at, length, path, now);
    }
  }

  private void message(byte[] octets, int at, int length, FiveTuple path, long now) {
    if (length == 0) {
      return;
    }
    kit.now(now);
    Member member = paths.find(octets, at, length, path);
    if (member == null) {
      kit.count(Counter.SFU_DROPPED);
      return;
    }
    try {
      member.end().receive(octets, at, length, path, now);
    } catch (RuntimeException bug) {
      member.fail(bug);
    }
    member.touch();
    kit.settle();
  }

  @Override
  public void drained(long now) {
    kit.now(now);
    kit.forward();
    kit.settle();
  }

  @Override
  public void closed(FiveTuple path, long now) {
    kit.now(now);
    Member member = paths.closed(path);
    if (member != null) {
      try {
        member.end().closed(path, now);
      } catch (RuntimeException bug) {
        member.fail(bug);
      }
      member.touch();
      kit.settle();
    }
  }

  /// What follows for others waits until all orders have been taken: a client whose offer comes
  /// with the order to have it is answered before it is offered anything.
  @Override
  public void command(MediaCommand command, long now) {
    if (command instanceof SfuCommand order) {
      kit.now(now);
      rooms.command(order, now);
    }
  }

  /// Hot: a packet of another branch of a room is about to be put into a layer.
  public void turn(long now) {
    kit.now(now);
  }

  /// Something comes from another branch of a room: its input is run as one of this engine, which
  /// does what follows when it is [#drained].
  public void branched(Runnable input, long now) {
    kit.now(now);
    try {
      input.run();
    } catch (RuntimeException bug) {
      kit.count(Counter.ENGINE_FAILURES);
    }
  }

  @Override
  public void tick(long now) {
    kit.now(now);
    kit.timers().tick(now);
    kit.settle();
  }

  /// What it does without is told to the adapter, step by step.
  @Override
  public void load(double busy, long late, long now) {
    kit.now(now);
    OverloadStep before = kit.overload().step();
    if (kit.overload().load(busy, late, now)) {
      rooms.overload();
      if (kit.overload().step() != before) {
        stepped(before, kit.overload().step());
      }
    }
  }

  private void stepped(OverloadStep before, OverloadStep step) {
    int change = step.compareTo(before);
    if (change > 0) {
      kit.count(
          switch (step) {
            case NONE, SMALLER -> Counter.SFU_OVERLOAD_SMALLER;
            case FEWER -> Counter.SFU_OVERLOAD_FEWER;
            case FULL -> Counter.SFU_OVERLOAD_FULL;
          });
    } else {
      kit.count(Counter.SFU_OVERLOAD_LOWERED, -change);
    }
    rooms.strained();
    steps.accept(step);
  }

  @Override
  public long deadline() {
    return kit.timers().deadline();
  }

  /// Whether nothing is left: no room, no path, nobody to wake.
  boolean isEmpty() {
    return rooms.isEmpty() && paths.isEmpty() && kit.timers().size() == 0;
  }
}
