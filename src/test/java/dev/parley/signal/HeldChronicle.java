package dev.parley.signal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A chronicle whose database takes its time: facts are written when a test says so.
final class HeldChronicle implements Chronicle {
  private record Held(Fact fact, Runnable written) {}

  private final ArrayDeque<Held> held = new ArrayDeque<>();

  /// All that came, in order.
  final List<Fact> facts = new CopyOnWriteArrayList<>();

  @Override
  public boolean kept() {
    return true;
  }

  @Override
  public void write(Fact fact, Runnable written) {
    facts.add(fact);
    held.add(new Held(fact, written));
  }

  /// The next fact is written.
  Fact writes() {
    var next = held.remove();
    next.written().run();
    return next.fact();
  }

  /// All of them are.
  void writesAll() {
    while (!held.isEmpty()) {
      writes();
    }
  }

  /// What happened, as words.
  List<String> words() {
    return facts.stream().map(HeldChronicle::word).toList();
  }

  private static String word(Fact fact) {
    return switch (fact) {
      case Fact.Joined it -> "joined " + it.who().identity();
      case Fact.Left it -> (it.reached() ? "left " : "aborted ") + it.who().identity();
      case Fact.Published it -> "published " + it.track().id();
      case Fact.Unpublished it -> "unpublished " + it.track();
      case Fact.Ended _ -> "ended";
    };
  }
}
