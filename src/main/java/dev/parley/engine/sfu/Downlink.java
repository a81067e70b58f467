package dev.parley.engine.sfu;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.congestion.Allocation;
import dev.parley.media.TrackKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// The way to one member's client: what it is estimated to carry, shared over the video that the
/// member would have. Confined to the loop of the room.
///
/// Audio is never held back: what it took of late is set aside first. Shares are worked out anew
/// twice a second, when the estimate falls, and when a video has something to be sent for the first
/// time.
final class Downlink {
  private static final long EVERY = Duration.ofMillis(500).toNanos();

  private static final long SOON = Duration.ofMillis(30).toNanos();

  /// Of the estimate; the rest is for retransmissions and control.
  private static final double SHARED = 0.95;

  /// What there would be to send is said to be so much more, so that rates may vary.
  private static final double SEARCHED = 1.15;

  private static final long SECOND = 1_000_000_000L;

  private final SfuKit kit;
  private final Supplier<PeerEnd> end;
  private final Collection<Subscription> subscriptions;
  private final Allocation allocation = new Allocation();
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private final List<Demand> demands = new ArrayList<>();
  private boolean sharing;
  private boolean listening;
  private long estimate;
  private long audioOctets;
  private long audioAt;
  private long audio;

  /// @param end the member's peer, null before it is there
  /// @param subscriptions of the member, as they come and go
  Downlink(SfuKit kit, Supplier<PeerEnd> end, Collection<Subscription> subscriptions) {
    this.kit = kit;
    this.end = end;
    this.subscriptions = subscriptions;
  }

  /// The peer has learnt what its path carries.
  void estimated(long bitsPerSecond, long now) {
    if (bitsPerSecond < estimate) {
      share(now);
    }
  }

  /// There is something else to be shared than before: soon, together with what else changes.
  void changed(long now) {
    if (!sharing && end.get() != null) {
      kit.timers().noLaterThan(alarm, Deadline.at(now + SOON));
    }
  }

  /// Grants each video what it is to get by now.
  void share(long now) {
    if (sharing || end.get() == null || end.get().estimate() < 0) {
      return;
    }
    sharing = true;
    try {
      demands.clear();
      double useful = audio(now);
      for (Subscription each : subscriptions) {
        if (each.competes()) {
          Demand demand = each.refreshed();
          demands.add(demand);
          useful += demand.most();
        }
      }
      end.get().useful((long) (SEARCHED * useful), now);
      estimate = end.get().estimate();
      long lasting = end.get().lasting();
      allocation.share(demands, budget(estimate), budget(lasting), now);
    } finally {
      sharing = false;
    }
    if (!demands.isEmpty()) {
      kit.timers().noLaterThan(alarm, Deadline.at(now + EVERY));
    }
  }

  private long budget(long carried) {
    return Math.max(0, (long) (SHARED * carried) - audio);
  }

  /// Bits a second that audio took of late.
  private long audio(long now) {
    if (listening && now - audioAt < EVERY / 2) {
      return audio;
    }
    long octets = 0;
    for (Subscription each : subscriptions) {
      if (each.track() != null && each.track().kind() == TrackKind.AUDIO) {
        octets += each.carried();
      }
    }
    // A subscription that has ended takes its octets with it.
    long grown = Math.max(0, octets - audioOctets);
    audio = listening ? (long) (8.0 * grown * SECOND / (now - audioAt)) : 0;
    listening = true;
    audioOctets = octets;
    audioAt = now;
    return audio;
  }

  private long wake(long now) {
    demands.clear();
    share(now);
    return demands.isEmpty() ? Engine.NEVER : Deadline.at(now + EVERY);
  }

  /// The member is gone.
  void end() {
    kit.timers().cancel(alarm);
  }
}
