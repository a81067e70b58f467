package dev.parley.protocol.rtcp;

import dev.parley.wire.Octets;

/// Writes transport-wide feedback from arrivals
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1; layout at
/// [TransportFeedback]).
///
/// Confined to one thread; one for each transport, whose feedback packets it counts. A feedback
/// ends where the next delta does not fit 16 bits and where the room ends; the next call goes on.
public final class TransportFeedbackWriter {
  private static final int ONE_BIT = 14;
  private static final int TWO_BITS = 7;
  private static final int MAX_RUN = 0x1fff;

  private final TransportArrivals arrivals;
  private final byte[] symbols;
  private final short[] deltas;
  private int feedbackCount;
  private long reference;
  private int statuses;
  private int octetsUsed;

  /// @param capacity of the arrivals remembered, see [TransportArrivals]
  public TransportFeedbackWriter(int capacity) {
    arrivals = new TransportArrivals(capacity);
    symbols = new byte[capacity];
    deltas = new short[capacity];
  }

  /// Where arrivals are noted.
  public TransportArrivals arrivals() {
    return arrivals;
  }

  /// Appends one feedback packet on what is pending; call again while [TransportArrivals#pending].
  ///
  /// @return false where nothing is pending, or where not even one arrival fits
  public boolean write(RtcpWriter out, int senderSsrc, int mediaSsrc) {
    int budget = (out.room() & ~3) - FeedbackReader.FCI;
    if (!arrivals.pending() || budget < TransportFeedback.HEADER) {
      return false;
    }
    int fci = out.end() + FeedbackReader.FCI;
    gather();
    chunks(out.octets(), fci, budget);
    if (!anyReceived()) {
      return false;
    }
    deltas(out.octets(), fci);
    Octets.put16(out.octets(), fci, (int) arrivals.first());
    Octets.put16(out.octets(), fci + 2, statuses);
    Octets.put32(out.octets(), fci + 4, (int) reference << 8 | feedbackCount);
    out.transportFeedback(senderSsrc, mediaSsrc, octetsUsed);
    feedbackCount = feedbackCount + 1 & 0xff;
    arrivals.told(statuses);
    return true;
  }

  /// Makes statuses and deltas of what is pending, up to the last arrival whose delta fits.
  private void gather() {
    long first = arrivals.first();
    int pending = arrivals.statuses();
    boolean begun = false;
    long before = 0;
    statuses = 0;
    for (int i = 0; i < pending; i++) {
      symbols[i] = 0;
      if (arrivals.received(first + i)) {
        long at = arrivals.at(first + i);
        if (!begun) {
          begun = true;
          reference = Math.floorDiv(at, TransportFeedback.TICKS_PER_REFERENCE);
          before = reference * TransportFeedback.TICKS_PER_REFERENCE;
        }
        long delta = at - before;
        if (delta != (short) delta) {
          return;
        }
        deltas[i] = (short) delta;
        symbols[i] =
            (byte)
                (delta >= 0 && delta <= 0xff ? TransportFeedback.SMALL : TransportFeedback.LARGE);
        before = at;
        statuses = i + 1;
      }
    }
  }

  /// Writes chunks while they and their deltas fit; cuts the statuses to those written.
  private void chunks(byte[] octets, int fci, int budget) {
    octetsUsed = TransportFeedback.HEADER;
    int chunk = fci + TransportFeedback.HEADER;
    int i = 0;
    while (i < statuses) {
      int covered = covered(i);
      int fitting = fitting(i, covered, budget - octetsUsed - 2);
      if (fitting < covered) {
        statuses = i + fitting;
      }
      if (fitting > 0) {
        Octets.put16(octets, chunk, chunk(i, fitting));
        chunk += 2;
        octetsUsed += 2 + deltaOctets(i, fitting);
      }
      i += covered;
    }
  }

  /// How many statuses the best chunk takes from here: the longest run, or a vector that is longer.
  private int covered(int from) {
    return Math.max(run(from, statuses), vector(from));
  }

  private int run(int from, int to) {
    int last = Math.min(to, from + MAX_RUN);
    int i = from + 1;
    while (i < last && symbols[i] == symbols[from]) {
      i++;
    }
    return i - from;
  }

  private int vector(int from) {
    int left = statuses - from;
    int one = Math.min(ONE_BIT, left);
    return oneBit(from, one) ? one : Math.min(TWO_BITS, left);
  }

  private boolean oneBit(int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (symbols[i] == TransportFeedback.LARGE) {
        return false;
      }
    }
    return true;
  }

  private int fitting(int from, int count, int room) {
    int left = room;
    for (int i = 0; i < count; i++) {
      left -= symbols[from + i];
      if (left < 0) {
        return i;
      }
    }
    return count;
  }

  /// The octets of a delta are as many as its symbol says: none, one or two.
  private int deltaOctets(int from, int count) {
    int sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += symbols[i];
    }
    return sum;
  }

  private int chunk(int from, int count) {
    if (run(from, from + count) == count) {
      return symbols[from] << 13 | count;
    }
    // A vector that is not full is the last: the count tells the reader where to stop.
    boolean one = count > TWO_BITS;
    int bits = one ? 1 : 2;
    int capacity = one ? ONE_BIT : TWO_BITS;
    int chunk = one ? 0x8000 : 0xc000;
    for (int i = 0; i < count; i++) {
      chunk |= symbols[from + i] << bits * (capacity - 1 - i);
    }
    return chunk;
  }

  private boolean anyReceived() {
    return deltaOctets(0, statuses) > 0;
  }

  private void deltas(byte[] octets, int fci) {
    int at = fci + octetsUsed - deltaOctets(0, statuses);
    for (int i = 0; i < statuses; i++) {
      if (symbols[i] == TransportFeedback.SMALL) {
        Octets.put8(octets, at, deltas[i]);
      } else if (symbols[i] == TransportFeedback.LARGE) {
        Octets.put16(octets, at, deltas[i]);
      }
      at += symbols[i];
    }
  }
}
