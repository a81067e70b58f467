package dev.parley.engine.turn;

import java.util.BitSet;
import java.util.random.RandomGenerator;

/// The relay ports of one address that belong to one loop (RFC 8656, section 7.2): which are free.
///
/// Confined to the loop. Ports are chosen at random, so that outsiders cannot guess the next (RFC
/// 6056); one that was freed rests until no other is free, so that datagrams for its former owner
/// die out first. Two bits a port, whatever is taken.
final class RelayPorts {
  /// No such port is free.
  static final int NONE = -1;

  /// Random draws before the set is searched in order: enough while it is half empty.
  private static final int DRAWS = 8;

  private final int loop;
  private final int loops;
  private final int firstPair;
  private final int slots;
  private final RandomGenerator random;
  private final BitSet fresh;
  private final BitSet resting;
  private int owned;
  private int lastFreed = NONE;

  /// @param first first port of the node, odd or even
  /// @param last last port of the node, inclusive
  RelayPorts(int loop, int loops, int first, int last, RandomGenerator random) {
    this.loop = loop;
    this.loops = loops;
    this.random = random;
    // The first pair of this loop at or after the pair of the first port.
    int pair = first >>> 1;
    this.firstPair = pair + Math.floorMod(loop - pair, loops);
    int lastPair = last >>> 1;
    this.slots = firstPair > lastPair ? 0 : 2 * ((lastPair - firstPair) / loops + 1);
    this.fresh = new BitSet(slots);
    this.resting = new BitSet(slots);
    for (int slot = 0; slot < slots; slot++) {
      int port = port(slot);
      if (port >= first && port <= last) {
        fresh.set(slot);
        owned++;
      }
    }
  }

  /// What a client asked of its port (EVEN-PORT, RFC 8656, section 18.7).
  enum Kind {
    ANY(1, 1),
    EVEN(2, 1),
    /// Even, and the next one with it: EVEN-PORT with the R bit.
    PAIR(2, 2);

    private final int step;
    private final int ports;

    Kind(int step, int ports) {
      this.step = step;
      this.ports = ports;
    }

    /// How many are taken at once.
    int ports() {
      return ports;
    }
  }

  /// Takes a port, with a pair its even one, or [#NONE].
  int take(Kind kind) {
    int slot = find(fresh, kind);
    if (slot < 0) {
      rested();
      slot = find(fresh, kind);
    }
    if (slot < 0) {
      return NONE;
    }
    fresh.clear(slot, slot + kind.ports);
    return port(slot);
  }

  /// Gives one port back.
  void free(int port) {
    int slot = slot(port);
    if (slot < 0 || slot >= slots || fresh.get(slot) || resting.get(slot)) {
      throw new IllegalArgumentException("port " + port + " is not taken");
    }
    // What was freed before it has rested the longer.
    resting.set(slot);
    lastFreed = slot;
  }

  /// How many ports are taken.
  int taken() {
    return owned - fresh.cardinality() - resting.cardinality();
  }

  /// What rested is free again, but for the youngest where others do.
  private void rested() {
    boolean spare = lastFreed >= 0 && resting.cardinality() > 1 && resting.get(lastFreed);
    fresh.or(resting);
    resting.clear();
    if (spare) {
      fresh.clear(lastFreed);
      resting.set(lastFreed);
    } else {
      lastFreed = NONE;
    }
  }

  private int find(BitSet free, Kind kind) {
    int groups = slots / kind.step;
    if (groups == 0 || free.isEmpty()) {
      return NONE;
    }
    int group = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      group = random.nextInt(groups);
      if (fits(free, kind.step * group, kind)) {
        return kind.step * group;
      }
    }
    int found = search(free, kind.step * group, slots, kind);
    return found >= 0 ? found : search(free, 0, kind.step * group, kind);
  }

  private static int search(BitSet free, int from, int to, Kind kind) {
    for (int slot = free.nextSetBit(from); slot >= 0 && slot < to; ) {
      if (slot % kind.step == 0 && fits(free, slot, kind)) {
        return slot;
      }
      slot = free.nextSetBit(slot + 1);
    }
    return NONE;
  }

  private static boolean fits(BitSet free, int slot, Kind kind) {
    return free.get(slot) && (kind != Kind.PAIR || free.get(slot + 1));
  }

  private int port(int slot) {
    return (firstPair + (slot >>> 1) * loops) << 1 | slot & 1;
  }

  private int slot(int port) {
    int pair = port >>> 1;
    return pair % loops != loop ? NONE : (pair - firstPair) / loops << 1 | port & 1;
  }
}
