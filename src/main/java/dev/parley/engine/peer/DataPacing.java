package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;

/// How much data may leave beside media, so that media does not starve behind it. Confined to the
/// peer's loop.
///
/// SCTP fills the queues on the way until something is lost, and media's congestion control, which
/// watches how long packets wait there, gives way to it. So where media flows, data is the one that
/// gives way: its rate grows while media's packets hardly wait, and shrinks when they do, as that
/// of LEDBAT (RFC 6817). Where none flows, SCTP's own congestion control is all there is.
final class DataPacing {
  /// What the media of a peer says of its path.
  interface Media {
    /// Whether packets have left lately.
    boolean flows(long now);

    /// How long they wait on the way, nanoseconds; negative where nothing is known.
    long queueDelay();

    /// What the path carries of them, bit/s.
    long estimate();
  }

  private static final long SECOND = 1_000_000_000L;

  /// Packets that had to wait leave in groups, which cost less than one by one.
  private static final long GROUP = 5_000_000L;

  /// The rate is looked at so often: some round trips of a near path, less than one of a far one.
  private static final long LOOK = 100_000_000L;

  /// Media that waits for longer is in trouble: half of what its own control bears (LEDBAT's target
  /// is 100 ms, which a conversation hears).
  private static final long BEARABLE = 25_000_000L;

  /// Octets a second that data always has: a line of chat, a few pointers.
  private static final double LEAST = 16_000;

  private static final double MOST = 125_000_000;
  private static final double GROWTH = 1.15;
  private static final double SHRINKAGE = 0.7;

  /// A packet of SCTP with its surroundings.
  private static final int PACKET = 1_200;

  private final Media media;
  private double rate;
  private double credit;
  private long filled;
  private long looked;
  private long spent;
  private boolean paced;
  private boolean waits;

  DataPacing(Media media) {
    this.media = media;
  }

  /// Octets that may leave now.
  int allowance(long now) {
    if (!media.flows(now)) {
      paced = false;
      return Integer.MAX_VALUE;
    }
    fill(now);
    waits = credit < PACKET;
    return waits ? 0 : (int) credit;
  }

  private void fill(long now) {
    if (!paced) {
      paced = true;
      rate = Math.max(LEAST, media.estimate() / 8.0 / 2);
      credit = 2 * PACKET;
      filled = now;
      looked = now;
      spent = 0;
    }
    if (now - looked >= LOOK) {
      look(now);
    }
    credit = Math.min(most(), credit + rate * (now - filled) / SECOND);
    filled = now;
  }

  /// What a pause may save up: two groups.
  private double most() {
    return Math.max(2 * PACKET, rate * 2 * GROUP / SECOND);
  }

  private void look(long now) {
    boolean used = spent > rate / 2 * (now - looked) / SECOND;
    if (media.queueDelay() > BEARABLE) {
      rate = Math.max(LEAST, rate * SHRINKAGE);
    } else if (used) {
      rate = Math.min(MOST, rate * GROWTH);
    }
    looked = now;
    spent = 0;
  }

  /// So many octets leave.
  void left(int octets) {
    if (paced) {
      credit -= octets;
      spent += octets;
    }
  }

  /// When what waits may leave, or [Engine#NEVER] where nothing waits.
  long deadline() {
    return waits
        ? Deadline.at(filled + Math.max(GROUP, (long) (PACKET / rate * SECOND)))
        : Engine.NEVER;
  }

  /// What waited is about to leave, or to ask again.
  void tried() {
    waits = false;
  }
}
