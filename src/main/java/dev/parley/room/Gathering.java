package dev.parley.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A room in which somebody is, from its start to its end as webhooks tell them.
@Entity
@Table(name = "gathering")
class Gathering {
  @Id private String room;

  /// Whose the room is, and who ends it after a crash.
  private String node;

  private String info;

  @Column(name = "began_at")
  private Instant beganAt;

  protected Gathering() {}

  Gathering(String room, String node, String info, Instant beganAt) {
    this.room = room;
    this.node = node;
    this.info = info;
    this.beganAt = beganAt;
  }

  String room() {
    return room;
  }

  void node(String now) {
    node = now;
  }

  String info() {
    return info;
  }
}
