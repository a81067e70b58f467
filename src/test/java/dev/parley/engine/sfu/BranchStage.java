package dev.parley.engine.sfu;

import dev.parley.engine.cascade.Cascade;
import dev.parley.engine.cascade.Crossing;
import dev.parley.engine.cascade.Label;
import dev.parley.engine.cascade.Note;
import dev.parley.lab.CountedTally;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Branches of one room on several loops with peers without clients, in virtual time. What they
/// pass to each other is handed over when the test says so, or as time passes.
final class BranchStage {
  /// A note on its way.
  record Told(int from, int to, Note note) {}

  final List<RoomStage> loops = new ArrayList<>();
  final List<Cascade> cascades = new ArrayList<>();
  final List<Told> notes = new ArrayList<>();
  final List<ArrayDeque<Runnable>> lanes = new ArrayList<>();
  long carried;

  /// What happens when a loop is told to go on with what it was handed.
  Runnable flushed = () -> {};

  BranchStage(int count) {
    this(count, SfuSettings.defaults());
  }

  BranchStage(int count, SfuSettings settings) {
    for (int i = 0; i < count; i++) {
      RoomStage stage = new RoomStage(settings, new CountedTally(), 7 + i);
      Cascade cascade = new Cascade(i, new Way(i), stage.tally);
      stage.kit.branches(cascade);
      loops.add(stage);
      cascades.add(cascade);
      for (int to = 0; to < count; to++) {
        lanes.add(new ArrayDeque<>());
      }
    }
  }

  private final class Way implements Crossing {
    private final int from;

    Way(int from) {
      this.from = from;
    }

    @Override
    public void tell(int loop, Note note) {
      notes.add(new Told(from, loop, note));
      RoomStage to = loops.get(loop);
      lane(from, loop)
          .add(
              () ->
                  to.engine.branched(
                      () -> cascades.get(loop).told(from, note, to.now()), to.now()));
    }

    @Override
    public boolean carry(int loop, Label label, byte[] octets, int at, int length) {
      byte[] copy = Arrays.copyOfRange(octets, at, at + length);
      RoomStage to = loops.get(loop);
      carried++;
      lane(from, loop)
          .add(
              () -> {
                to.engine.turn(to.now());
                cascades.get(loop).carried(label, copy, 0, copy.length, to.now());
              });
      return true;
    }

    @Override
    public void flush() {
      flushed.run();
    }
  }

  /// What is on its way from one loop to another, in order.
  ArrayDeque<Runnable> lane(int from, int to) {
    return lanes.get(from * loops.size() + to);
  }

  /// Hands over all that is on its way, and what follows from it.
  void cross() {
    boolean any = true;
    while (any) {
      any = false;
      for (ArrayDeque<Runnable> lane : lanes) {
        for (Runnable next = lane.poll(); next != null; next = lane.poll()) {
          next.run();
          any = true;
        }
      }
      loops.forEach(stage -> stage.engine.drained(stage.now()));
    }
  }

  void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 10) {
      loops.forEach(stage -> stage.pass(Duration.ofMillis(10)));
      cross();
    }
  }

  /// The room has branches on these loops from now on, the first leads; others forget it.
  void spread(Integer... on) {
    IntStream.range(0, loops.size()).forEach(loop -> order(loop, List.of(on)));
    cross();
  }

  /// One loop learns of it.
  void order(int loop, List<Integer> on) {
    int lead = on.isEmpty() ? loop : on.getFirst();
    loops.get(loop).order(new SfuCommand.Spread(RoomStage.ROOM, loop, on, lead));
  }

  RoomStage on(int loop) {
    return loops.get(loop);
  }

  /// The tracks that are to be had on a loop.
  List<String> tracks(int loop) {
    Router room = on(loop).rooms.room(RoomStage.ROOM);
    return room == null ? List.of() : room.tracks().stream().sorted().toList();
  }

  /// Facts of one kind that any loop has told.
  <E extends SfuEvent> List<E> told(Class<E> kind) {
    return loops.stream()
        .flatMap(stage -> stage.told.stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /// Notes of one kind so far.
  <N extends Note> List<N> notes(Class<N> kind) {
    return notes.stream().map(Told::note).filter(kind::isInstance).map(kind::cast).toList();
  }

  boolean isEmpty() {
    return loops.stream().allMatch(stage -> stage.engine.isEmpty())
        && cascades.stream().allMatch(Cascade::isEmpty);
  }
}
