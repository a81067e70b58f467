package dev.parley.engine.sfu;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.media.HoldReason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// Which cameras of a room its members get where there are more than [SfuSettings#lastN]. Confined
/// to the loop of the room.
///
/// A member that is subscribed to everything and has not said what it shows gets the first of
/// [Cameras]. What it has asked for comes before that and counts; one that has said of any camera
/// that it does not show it is turning pages and gets just what it shows. While the loop is
/// overloaded the limit is lower, and holds for what was asked for too.
///
/// A room that has no more cameras than that is not touched.
final class Seating {
  /// What changes together is looked at together.
  private static final long SOON = Duration.ofMillis(20).toNanos();

  private final SfuKit kit;
  private final Collection<Member> members;
  private final Cameras cameras = new Cameras();
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private boolean limited;

  /// @param members of the room, as they come and go
  Seating(SfuKit kit, Collection<Member> members) {
    this.kit = kit;
    this.members = members;
  }

  void up(PublishedTrack track) {
    if (Cameras.has(track)) {
      cameras.add(track);
      changed();
    }
  }

  void down(PublishedTrack track) {
    cameras.remove(track);
    changed();
  }

  /// Cameras or limits are not what they were: soon.
  void changed() {
    if (!members.isEmpty() && (limited || crowded())) {
      kit.timers().noLaterThan(alarm, Deadline.at(kit.now() + SOON));
    }
  }

  /// Whether not all cameras can be shown.
  boolean crowded() {
    return cameras.open() > shown();
  }

  private int shown() {
    return Math.min(lastN(), kit.overload().videos());
  }

  private int lastN() {
    int most = kit.settings().lastN();
    return most == 0 ? Integer.MAX_VALUE : most;
  }

  /// Whether a new subscription waits until it is known who is shown.
  boolean waits(PublishedTrack track) {
    return Cameras.has(track) && crowded();
  }

  /// A tenth of a second in which somebody may speak is over.
  void talk(Speakers speakers, long now) {
    if (crowded() && cameras.talk(speakers.talking(), speakers.dominant(), shown(), now)) {
      changed();
    }
  }

  /// Gives one member what it is to have.
  void seat(Member member, long now) {
    if (limited || crowded()) {
      limited = true;
      new Row(member).seat(now);
    }
  }

  private long wake(long now) {
    boolean still = crowded();
    for (Member member : List.copyOf(members)) {
      try {
        seat(member, now);
      } catch (RuntimeException bug) {
        member.fail(bug);
      }
    }
    limited = still;
    return Engine.NEVER;
  }

  /// Nobody is left.
  void end() {
    kit.timers().cancel(alarm);
  }

  /// The cameras as one member may have them.
  private final class Row {
    private final Member member;
    private int open;
    private int asked;
    private boolean pages;
    private int left;
    private int rest;
    private int usually;

    Row(Member member) {
      this.member = member;
    }

    void seat(long now) {
      cameras.each(this::count);
      left = kit.overload().videos();
      rest = unasked(shown());
      usually = unasked(lastN());
      cameras.each(track -> seat(track, now));
    }

    /// Of so many, how many it may have that it has not asked for.
    private int unasked(int most) {
      return open <= most ? most : pages ? 0 : Math.max(0, most - asked);
    }

    private void count(PublishedTrack track) {
      Subscription to = member.to(track);
      if (to != null && !track.muted()) {
        open++;
        pages |= !to.demand().preference().visible();
        asked += to.demand().asked() && to.useful() ? 1 : 0;
      }
    }

    private void seat(PublishedTrack track, long now) {
      Subscription to = member.to(track);
      if (to == null || track.muted()) {
        return;
      }
      to.aside(to.useful() ? held(to.demand().asked()) : null, now);
    }

    /// Why the next of those there is use for is not shown, or null: it is.
    private HoldReason held(boolean wanted) {
      boolean otherwise = wanted || usually-- > 0;
      boolean shown = (wanted ? left-- : rest--) > 0;
      return shown ? null : otherwise ? HoldReason.OVERLOAD : HoldReason.LAST_N;
    }
  }
}
