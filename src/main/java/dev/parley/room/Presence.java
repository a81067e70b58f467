package dev.parley.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A participant who is in.
@Entity
@Table(name = "presence")
class Presence {
  @Id private String participant;
  private String room;
  private String info;

  /// Where its coming stands in the room's order.
  private long place;

  @Column(name = "came_at")
  private Instant cameAt;

  protected Presence() {}

  Presence(String participant, String room, String info, long place, Instant cameAt) {
    this.participant = participant;
    this.room = room;
    this.info = info;
    this.place = place;
    this.cameAt = cameAt;
  }

  String participant() {
    return participant;
  }

  String info() {
    return info;
  }
}
