package dev.parley.engine.sfu;

import java.time.Duration;

/// Starts a late joiner from what the [PacketRing] holds: from the last whole key frame onward,
/// faster than it came, until it has caught up with what arrives. One per subscription, confined to
/// its loop.
///
/// The trade: a picture at once, without a round trip to the publisher and without a key frame that
/// every other receiver must carry, for a burst of what was sent since the last one. So it is done
/// only where that is little and recent, by [#begin]'s limits; else the caller asks the publisher
/// ([KeyFrameRequests#askForNewcomer]) and starts with the key frame that comes. Streams whose key
/// frames are seconds apart, as browsers' are, can be started from the ring mostly when several
/// receivers join within a second or two: just when a request for each would hurt.
///
/// While it [#running]s, the caller sends slot after slot by [#next], as fast as its pacing allows:
/// the first by [Rewriter#start], the others by [Rewriter#forward], both with the packet's own time
/// of arrival. A packet that arrives meanwhile is not sent where [#holds] says that it will have
/// its turn.
public final class FastStart {
  /// What [#next] says when it has caught up.
  public static final int NONE = PacketRing.NONE;

  /// A reasonable limit for [#begin]: what a receiver plays faster to catch up.
  public static final Duration OLDEST = Duration.ofSeconds(2);

  /// A reasonable limit for [#begin]: some 300 KB.
  public static final int PACKETS = 256;

  private PacketRing ring;
  private long first;
  private long next;
  private int timestamp;

  /// Begins at the ring's last whole key frame.
  ///
  /// @param oldest how long ago it may have arrived, in nanoseconds
  /// @param packets how many there may be from there to the newest
  /// @return false if there is none within the limits
  public boolean begin(PacketRing from, long oldest, int packets, long now) {
    ring = null;
    first = from.lastKeyFrame();
    if (first == PacketRing.NONE || from.highest() - first >= packets) {
      return false;
    }
    if (from.find(first, oldest, now) == PacketRing.NONE) {
      return false;
    }
    ring = from;
    next = first;
    return true;
  }

  /// The slot to send next, or [#NONE] if all there is was sent: from now on packets go as they
  /// come. Of packets that are missing or were overwritten nothing is said.
  public int next() {
    while (ring != null && next <= ring.highest()) {
      int slot = ring.find(next++);
      if (slot != PacketRing.NONE) {
        timestamp = ring.timestamp(slot);
        return slot;
      }
    }
    ring = null;
    return NONE;
  }

  /// The next slot if it is of the same picture as the last one, else [#NONE]: who stops before it
  /// has caught up need not leave half a picture.
  public int rest() {
    int slot = ring != null && next <= ring.highest() ? ring.find(next) : NONE;
    return slot != NONE && ring.timestamp(slot) == timestamp ? next() : NONE;
  }

  /// Whether it has not caught up yet.
  public boolean running() {
    return ring != null;
  }

  /// Whether a packet that arrives will come by [#next], or has come by it as the first; one that
  /// does not, because it is late, goes at once.
  public boolean holds(long sequence) {
    return ring != null && (sequence >= next || sequence == first);
  }

  /// Ends before it has caught up: the subscription has ended or goes to another source.
  public void stop() {
    ring = null;
  }
}
