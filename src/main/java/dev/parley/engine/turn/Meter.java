package dev.parley.engine.turn;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Counts what one allocation relays and holds it to its bandwidth: a token bucket each way that
/// holds one second's worth.
///
/// Confined to the loop of the allocation, but for [#inwardByAnother]; hot, allocates nothing.
public final class Meter {
  private static final VarHandle PACKETS_BY_OTHERS = counter("packetsByOthers");
  private static final VarHandle OCTETS_BY_OTHERS = counter("octetsByOthers");
  private static final long SECOND = 1_000_000_000L;

  private final long bandwidth;
  private final Way outward = new Way();
  private final Way inward = new Way();
  private volatile long packetsByOthers;
  private volatile long octetsByOthers;

  /// One direction.
  private static final class Way {
    long packets;
    long octets;
    long credit;
    long filledAt;
  }

  /// @param bandwidth octets a second each way, 0 for no limit
  /// @param now both buckets are full from here
  public Meter(long bandwidth, long now) {
    this.bandwidth = bandwidth;
    outward.credit = bandwidth;
    inward.credit = bandwidth;
    outward.filledAt = now;
    inward.filledAt = now;
  }

  /// Counts one packet to a peer; false where it is beyond the bandwidth and must be dropped.
  public boolean outward(int octets, long now) {
    return pass(outward, octets, now);
  }

  /// Counts one packet to the client; false where it is beyond the bandwidth and must be dropped.
  public boolean inward(int octets, long now) {
    return pass(inward, octets, now);
  }

  /// Counts one packet that another loop brings to the client, from any thread; false where the
  /// bandwidth must be held, which only the loop of the allocation can.
  public boolean inwardByAnother(int octets) {
    if (bandwidth > 0) {
      return false;
    }
    // With the results taken, since a call of another shape would be adapted each time.
    long packets = (long) PACKETS_BY_OTHERS.getAndAdd(this, 1L);
    long before = (long) OCTETS_BY_OTHERS.getAndAdd(this, (long) octets);
    return packets >= 0 && before >= 0;
  }

  private static VarHandle counter(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(Meter.class, name, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private boolean pass(Way way, int octets, long now) {
    if (bandwidth > 0) {
      fill(way, now);
      if (way.credit < octets) {
        return false;
      }
      way.credit -= octets;
    }
    way.packets++;
    way.octets += octets;
    return true;
  }

  private void fill(Way way, long now) {
    long elapsed = Math.min(now - way.filledAt, SECOND);
    // Whole octets only; the rest of the time is kept for the next packet.
    long earned = (long) ((double) elapsed * bandwidth / SECOND);
    if (earned > 0) {
      way.credit = Math.min(bandwidth, way.credit + earned);
      way.filledAt = now;
    }
  }

  public long packetsOut() {
    return outward.packets;
  }

  public long octetsOut() {
    return outward.octets;
  }

  public long packetsIn() {
    return inward.packets + packetsByOthers;
  }

  public long octetsIn() {
    return inward.octets + octetsByOthers;
  }
}
