package dev.parley.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// An event that was given up for one URL, put aside until somebody tries it again or deletes it.
@Entity
@Table(name = "webhook_dead_letter")
class HookDeadLetter {
  @Id private UUID id;
  private String url;
  private String room;
  private long place;
  private String event;

  @Enumerated(EnumType.STRING)
  private HookKind kind;

  private Instant at;

  @Column(name = "died_at")
  private Instant diedAt;

  private int tries;
  private String cause;

  /// Whether it is to be tried once more.
  private boolean again;

  private String holder;

  @Column(name = "held_until")
  private Instant heldUntil;

  protected HookDeadLetter() {}

  HookDeadLetter(HookLane lane, HookEvent event, int tries, String cause, Instant now) {
    this.id = UUID.randomUUID();
    this.url = lane.url();
    this.room = lane.room();
    this.place = event.place();
    this.event = event.id();
    this.kind = event.kind();
    this.at = event.at();
    this.diedAt = now;
    this.tries = tries;
    this.cause = cause;
    this.heldUntil = Instant.EPOCH;
  }

  UUID id() {
    return id;
  }

  String url() {
    return url;
  }

  String room() {
    return room;
  }

  long place() {
    return place;
  }

  void again() {
    again = true;
  }

  void hold(String who, Instant until) {
    holder = who;
    heldUntil = until;
  }

  boolean heldBy(String who) {
    return who.equals(holder);
  }

  /// It failed once more.
  void failed(String why) {
    tries++;
    cause = why;
    again = false;
    holder = null;
    heldUntil = Instant.EPOCH;
  }

  DeadLetter view() {
    return new DeadLetter(id, url, room, event, kind.label(), at, diedAt, tries, cause, again);
  }
}
