package dev.parley.engine;

import java.util.Arrays;

/// Who is to be woken when: a binary heap of deadlines. Confined to one loop.
///
/// A deadline that moves into the future is left where it is: its owner is woken early, says when
/// it really wants to be woken, and sinks again. So a refresh costs nothing here.
///
/// Who wants to be woken at a time that a [#tick] has been through is woken by the next one: a
/// deadline that has been served never stands again, which a loop takes for an engine that spins.
public final class Timers {
  /// Somebody who wants to be woken.
  public interface Sleeper {
    /// Does what is due.
    ///
    /// @return when to be woken next, later than `now`, or [Engine#NEVER]
    long wake(long now);
  }

  /// One sleeper's place in the heap.
  public static final class Alarm {
    private final Sleeper sleeper;
    private int slot = -1;
    private long at;

    public Alarm(Sleeper sleeper) {
      this.sleeper = sleeper;
    }
  }

  private Alarm[] heap = new Alarm[16];
  private int size;
  private boolean begun;
  private long ticked;

  /// Wakes the sleeper at this time or earlier.
  public void noLaterThan(Alarm alarm, long time) {
    long at = begun && time - ticked <= 0 ? ticked + 1 : time;
    if (alarm.slot < 0) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      alarm.at = at;
      alarm.slot = size;
      heap[size] = alarm;
      rise(alarm, size++);
    } else if (at - alarm.at < 0) {
      alarm.at = at;
      rise(alarm, alarm.slot);
    }
  }

  /// Does not wake the sleeper any more.
  public void cancel(Alarm alarm) {
    int slot = alarm.slot;
    if (slot < 0) {
      return;
    }
    alarm.slot = -1;
    Alarm last = heap[--size];
    heap[size] = null;
    if (last != alarm) {
      rise(last, slot);
      sink(last, last.slot);
    }
    if (heap.length > 64 && size < heap.length / 4) {
      heap = Arrays.copyOf(heap, heap.length / 2);
    }
  }

  /// Wakes everybody whose time has come.
  public void tick(long now) {
    begun = true;
    ticked = now;
    while (size > 0 && now - heap[0].at >= 0) {
      Alarm first = heap[0];
      cancel(first);
      long next = first.sleeper.wake(now);
      if (next != Engine.NEVER) {
        noLaterThan(first, next);
      }
    }
  }

  /// When the first is to be woken, or [Engine#NEVER].
  public long deadline() {
    return size == 0 ? Engine.NEVER : Deadline.at(heap[0].at);
  }

  /// How many want to be woken.
  public int size() {
    return size;
  }

  private void rise(Alarm alarm, int from) {
    int slot = from;
    while (slot > 0 && alarm.at - heap[(slot - 1) / 2].at < 0) {
      put(heap[(slot - 1) / 2], slot);
      slot = (slot - 1) / 2;
    }
    put(alarm, slot);
  }

  private void sink(Alarm alarm, int from) {
    int slot = from;
    for (int child = 2 * slot + 1; child < size; child = 2 * slot + 1) {
      if (child + 1 < size && heap[child + 1].at - heap[child].at < 0) {
        child++;
      }
      if (alarm.at - heap[child].at <= 0) {
        break;
      }
      put(heap[child], slot);
      slot = child;
    }
    put(alarm, slot);
  }

  private void put(Alarm alarm, int slot) {
    heap[slot] = alarm;
    alarm.slot = slot;
  }
}
