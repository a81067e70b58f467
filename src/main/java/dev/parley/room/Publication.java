package dev.parley.room;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/// A track that is up.
@Entity
@Table(name = "publication")
class Publication {
  @Id private String track;
  private String participant;
  private String info;
  private long place;

  protected Publication() {}

  Publication(String track, String participant, String info, long place) {
    this.track = track;
    this.participant = participant;
    this.info = info;
    this.place = place;
  }

  String track() {
    return track;
  }

  String participant() {
    return participant;
  }

  String info() {
    return info;
  }
}
