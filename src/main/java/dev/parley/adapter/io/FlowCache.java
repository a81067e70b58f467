package dev.parley.adapter.io;

import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.security.SecureRandom;

/// The 5-tuples lately seen on one UDP socket: a direct-mapped cache from the raw source address to
/// the interned value, so that steady traffic allocates nothing.
///
/// A miss replaces what is in the slot; engines compare 5-tuples by value, so an evicted one costs
/// one allocation and nothing else. The hash is keyed by the process, so nobody can aim at a slot.
public final class FlowCache {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long KEY_HIGH = RANDOM.nextLong();
  private static final long KEY_LOW = RANDOM.nextLong();
  private static final long KEY_PORT = RANDOM.nextLong() | 1;

  private final TransportAddress local;
  private final FiveTuple[] slots;

  /// @param slots a power of two; 8,192 is right for a listener, a relay needs few
  public FlowCache(TransportAddress local, int slots) {
    if (Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException("slots must be a power of two: " + slots);
    }
    this.local = local;
    this.slots = new FiveTuple[slots];
  }

  /// Hot: the 5-tuple of a source, words as in [TransportAddress].
  public FiveTuple find(long high, long low, int port) {
    int slot = hash(high, low, port) & slots.length - 1;
    FiveTuple path = slots[slot];
    if (path != null) {
      TransportAddress remote = path.remote();
      if (remote.low() == low && remote.port() == port && remote.high() == high) {
        return path;
      }
    }
    return slots[slot] = new FiveTuple(Transport.UDP, local, new TransportAddress(high, low, port));
  }

  /// The keyed hash of an address; all its bits may be used.
  public static int hash(long high, long low, int port) {
    long folded = fold(high ^ KEY_HIGH, low ^ KEY_LOW);
    long mixed = fold(folded ^ port, KEY_PORT);
    return (int) (mixed ^ mixed >>> 32);
  }

  // The 128-bit product folded: every bit of both factors reaches every bit of the result.
  private static long fold(long a, long b) {
    return a * b ^ Math.multiplyHigh(a, b);
  }
}
