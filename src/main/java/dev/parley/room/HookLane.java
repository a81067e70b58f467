package dev.parley.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/// How far one room's events have got to one URL. Whoever holds the lease delivers its next event,
/// and nobody else: so there is one at a time.
@Entity
@Table(name = "webhook_lane")
@IdClass(HookLane.Key.class)
class HookLane {
  /// A URL and a room; a class with an empty constructor because JPA wants one.
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private String url;
    private String room;

    Key() {}

    Key(String url, String room) {
      this.url = url;
      this.room = room;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && url.equals(key.url) && room.equals(key.room);
    }

    @Override
    public int hashCode() {
      return url.hashCode() * 31 + room.hashCode();
    }
  }

  @Id private String url;
  @Id private String room;

  /// Place of the last event that was delivered or given up.
  private long done;

  /// Whether there may be events after that.
  private boolean pending;

  /// How often the next one was tried in vain.
  private int tries;

  @Column(name = "next_at")
  private Instant nextAt;

  /// When the next one failed first; or null.
  @Column(name = "failing_at")
  private Instant failingAt;

  /// Why the last try failed; or null.
  private String cause;

  private String holder;

  @Column(name = "held_until")
  private Instant heldUntil;

  protected HookLane() {}

  /// @param done the place before its first event
  HookLane(String url, String room, long done, Instant now) {
    this.url = url;
    this.room = room;
    this.done = done;
    this.nextAt = now;
    this.heldUntil = Instant.EPOCH;
  }

  String url() {
    return url;
  }

  String room() {
    return room;
  }

  long done() {
    return done;
  }

  int tries() {
    return tries;
  }

  boolean heldBy(String who) {
    return who.equals(holder);
  }

  /// There is more.
  void fill() {
    pending = true;
  }

  void hold(String who, Instant until) {
    holder = who;
    heldUntil = until;
  }

  void release() {
    holder = null;
    heldUntil = Instant.EPOCH;
  }

  /// Others come first.
  void letGo(Instant now) {
    nextAt = now;
    release();
  }

  /// All up to a place is behind us.
  void advance(long place) {
    if (place > done) {
      done = place;
      tries = 0;
      failingAt = null;
      cause = null;
    }
  }

  void empty() {
    pending = false;
  }

  /// The next one failed.
  void fail(Instant now, Duration pause, String why) {
    tries++;
    cause = why;
    failingAt = failingAt == null ? now : failingAt;
    nextAt = now.plus(pause);
  }
}
