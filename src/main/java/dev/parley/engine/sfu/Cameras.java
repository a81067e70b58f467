package dev.parley.engine.sfu;

import dev.parley.media.TrackKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The cameras of a room in the order in which they are shown where not all can be: those whose
/// people spoke last first, then those that have been there longest. Confined to the loop of the
/// room.
///
/// Whoever has something to say moves up behind those who do already; so the one who falls out of
/// the first few is the one who has been silent longest. Who has come in that way stays for some
/// seconds, whatever the others say. Shared screens are in no such order: they are always shown.
final class Cameras {
  /// Faces that come and go faster disturb more than they tell.
  static final long HOLD = Duration.ofSeconds(4).toNanos();

  private final List<Seat> seats = new ArrayList<>();

  private static final class Seat {
    final PublishedTrack track;
    boolean moved;
    long movedAt;

    Seat(PublishedTrack track) {
      this.track = track;
    }

    boolean talks(Set<String> talking) {
      return !track.muted() && talking.contains(track.publisher().participant());
    }

    void move(long now) {
      moved = true;
      movedAt = now;
    }

    boolean held(long now) {
      return moved && now - movedAt < HOLD;
    }
  }

  /// Whether a track has a place in the order.
  static boolean has(PublishedTrack track) {
    return track.kind() == TrackKind.VIDEO && !screen(track);
  }

  static boolean screen(PublishedTrack track) {
    return track.publication().source().startsWith("screen");
  }

  void add(PublishedTrack track) {
    seats.add(new Seat(track));
  }

  void remove(PublishedTrack track) {
    seats.removeIf(seat -> seat.track == track);
  }

  /// How many there are that show anything.
  int open() {
    return rank(seats.size());
  }

  /// Hands over all, in order.
  void each(Consumer<PublishedTrack> taker) {
    for (Seat seat : seats) {
      taker.accept(seat.track);
    }
  }

  /// Moves those up who speak.
  ///
  /// @param talking participants
  /// @param dominant who has the word, or null: the first of all
  /// @param places how many are shown
  /// @return whether anybody has moved
  boolean talk(Set<String> talking, String dominant, int places, long now) {
    boolean any = false;
    int front = 0;
    for (int i = 0; i < seats.size(); i++) {
      Seat seat = seats.get(i);
      if (!seat.talks(talking)) {
        continue;
      }
      int to = seat.track.publisher().participant().equals(dominant) ? 0 : front;
      if (to < i && !move(i, to, places, now)) {
        continue;
      }
      any |= to < i;
      front++;
    }
    return any;
  }

  /// False where it would have to take the place of one that is held.
  private boolean move(int from, int to, int places, long now) {
    boolean enters = rank(from) >= places && rank(to) < places;
    if (enters && last(places).held(now)) {
      return false;
    }
    Seat seat = seats.remove(from);
    seats.add(to, seat);
    if (enters) {
      seat.move(now);
    }
    return true;
  }

  /// How many before this one show anything.
  private int rank(int of) {
    int rank = 0;
    for (int i = 0; i < of; i++) {
      rank += seats.get(i).track.muted() ? 0 : 1;
    }
    return rank;
  }

  /// The one with the last of the places; there are more than that.
  private Seat last(int places) {
    int left = places;
    for (Seat seat : seats) {
      left -= seat.track.muted() ? 0 : 1;
      if (left == 0) {
        return seat;
      }
    }
    throw new IllegalStateException("fewer cameras than places");
  }
}
