package dev.parley.adapter;

import dev.parley.adapter.io.Counters;
import dev.parley.media.Counter;
import java.util.ArrayList;
import java.util.List;

/// The loops of one adapter as one of them sees them: what it passes to others and takes from them.
/// Confined to its loop.
public final class Neighbours implements Reader {
  private final EventLoop loop;
  private final Counters counters;
  private final List<EventLoop> touched = new ArrayList<>();
  private List<EventLoop> all = List.of();
  private final Reader[] takers = new Reader[Passed.values().length];

  Neighbours(EventLoop loop, Counters counters) {
    this.loop = loop;
    this.counters = counters;
  }

  /// All loops by number, this one among them; before the first of them runs.
  void meet(List<EventLoop> loops) {
    all = List.copyOf(loops);
  }

  /// How many loops there are.
  public int count() {
    return all.size();
  }

  /// Hot: passes a message to another loop or back to this one, whose reader takes it in a turn of
  /// its own; false, and counted, where that loop can take no more.
  ///
  /// @param to read by the other thread, as `from` is: immutable values
  public boolean pass(
      int number, Passed kind, Object to, Object from, byte[] octets, int at, int length) {
    EventLoop other = all.get(number);
    boolean taken = other.inbox().pass(kind, to, from, octets, at, length);
    counters.count(taken ? Counter.LOOP_PASSED : Counter.LOOP_PASS_FAILURES);
    if (taken && !touched.contains(other)) {
      touched.add(other);
    }
    return taken;
  }

  /// Wakes those that were passed something: at the end of a turn, however many messages that were,
  /// or sooner where the turn goes on for long.
  public void rouse() {
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).inbox().rouse();
    }
    touched.clear();
  }

  /// Who takes what is passed to this loop, but for what has a reader of its own.
  public void reader(Reader reader) {
    for (int i = 0; i < takers.length; i++) {
      takers[i] = takers[i] == null ? reader : takers[i];
    }
  }

  /// Who takes what is passed to this loop of one kind.
  public void reader(Passed kind, Reader reader) {
    takers[kind.ordinal()] = reader;
  }

  @Override
  public void passed(Passed kind, Object to, Object from, byte[] octets, int at, int length) {
    Reader taker = takers[kind.ordinal()];
    if (taker == null) {
      return;
    }
    try {
      taker.passed(kind, to, from, octets, at, length);
    } catch (Throwable t) {
      loop.failed("passed", t);
    }
  }
}
