package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// Which TSNs of the peer have come (RFC 9260, section 6.2), and the chunks that came before one
/// with a lower TSN, in a ring by their TSNs.
final class Arrivals {
  /// How far beyond the cumulative TSN a chunk is kept; what is farther is as good as lost.
  static final int MOST_AHEAD = 8192;

  /// What a chunk costs beside its octets, so that many tiny ones are bounded, too.
  static final int CHARGE = 64;

  private static final int FEWEST = 16;
  private static final int DUPLICATES = 16;

  private Fragment[] ring = new Fragment[FEWEST];
  private final int[] duplicates = new int[DUPLICATES];
  private int duplicated;
  private int cumulative;
  private int highest;
  private int held;

  /// @param cumulative the TSN before the peer's first
  Arrivals(int cumulative) {
    this.cumulative = cumulative;
    this.highest = cumulative;
  }

  int cumulative() {
    return cumulative;
  }

  /// Octets and charges of what is kept.
  int held() {
    return held;
  }

  boolean gap() {
    return highest != cumulative;
  }

  /// Whether a TSN has come before.
  boolean known(int tsn) {
    return !Serial.after(tsn, cumulative) || of(tsn) != null;
  }

  /// The chunk with a TSN, or null where it has not come or is not kept any more.
  Fragment of(int tsn) {
    boolean kept = Serial.after(tsn, cumulative) && !Serial.after(tsn, highest);
    return kept ? ring[tsn & ring.length - 1] : null;
  }

  /// The next chunk in order has come and was not kept here.
  void pass() {
    cumulative++;
    if (Serial.after(cumulative, highest)) {
      highest = cumulative;
    }
  }

  /// Takes out the next chunk in order, or null where it has not come: it counts as passed.
  Fragment takeNext() {
    Fragment next = of(cumulative + 1);
    if (next != null) {
      ring[cumulative + 1 & ring.length - 1] = null;
      held -= CHARGE;
      free(next);
    }
    pass();
    if (!gap() && ring.length > 8 * FEWEST) {
      ring = new Fragment[FEWEST];
    }
    return next;
  }

  private void free(Fragment fragment) {
    held -= fragment.told() ? 0 : fragment.octets.length;
  }

  /// The octets of a chunk are told and are not needed any more.
  void told(Fragment fragment) {
    free(fragment);
    fragment.octets = null;
  }

  /// All up to a TSN has come or never will; nothing between is kept.
  void jump(int to) {
    cumulative = to;
    highest = to;
  }

  /// Keeps a chunk that is new and ahead, by [#MOST_AHEAD] at most.
  void keep(int tsn, Fragment fragment) {
    while (tsn - cumulative >= ring.length) {
      grow();
    }
    ring[tsn & ring.length - 1] = fragment;
    held += CHARGE + fragment.octets.length;
    if (Serial.after(tsn, highest)) {
      highest = tsn;
    }
    fragment.other = tsn;
  }

  private void grow() {
    Fragment[] old = ring;
    ring = new Fragment[2 * old.length];
    for (int tsn = cumulative + 1; !Serial.after(tsn, highest); tsn++) {
      ring[tsn & ring.length - 1] = old[tsn & old.length - 1];
    }
  }

  /// Joins a chunk with its neighbours of the same message.
  ///
  /// @return the TSN of the first one where the message is whole, otherwise the cumulative TSN
  int join(int tsn) {
    Fragment fragment = of(tsn);
    int first = tsn;
    int last = tsn;
    Fragment left = fragment.begins() ? null : of(tsn - 1);
    if (left != null && !left.ends() && left.with(fragment)) {
      first = left.other;
    }
    Fragment right = fragment.ends() ? null : of(tsn + 1);
    if (right != null && !right.begins() && right.with(fragment)) {
      last = right.other;
    }
    of(first).other = last;
    of(last).other = first;
    return of(first).begins() && of(last).ends() ? first : cumulative;
  }

  void duplicate(int tsn) {
    if (duplicated < DUPLICATES) {
      duplicates[duplicated++] = tsn;
    }
  }

  /// Writes a SACK into half of the room at most; what does not fit is told by a later one.
  void write(PacketWriter out, int window) {
    int most = (out.room() / 2 - SackChunk.HEADER) / 4 - duplicated;
    int gaps = 0;
    int at = out.chunk(ChunkType.SACK, 0, SackChunk.HEADER - PacketReader.CHUNK_HEADER);
    for (int tsn = cumulative + 2; gaps < most && !Serial.after(tsn, highest); tsn++) {
      if (of(tsn) == null) {
        continue;
      }
      int start = tsn;
      while (!Serial.after(tsn + 1, highest) && of(tsn + 1) != null) {
        tsn++;
      }
      int block = out.more(4);
      Octets.put16(out.octets(), block, start - cumulative);
      Octets.put16(out.octets(), block + 2, tsn - cumulative);
      gaps++;
    }
    for (int i = 0; i < duplicated; i++) {
      Octets.put32(out.octets(), out.more(4), duplicates[i]);
    }
    byte[] octets = out.octets();
    Octets.put32(octets, at, cumulative);
    Octets.put32(octets, at + 4, window);
    Octets.put16(octets, at + 8, gaps);
    Octets.put16(octets, at + 10, duplicated);
    duplicated = 0;
  }
}
