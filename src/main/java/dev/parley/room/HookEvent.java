package dev.parley.room;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/// An event as it is sent, at its place in the room's order.
@Entity
@Table(name = "webhook_event")
@IdClass(HookEvent.Key.class)
class HookEvent {
  /// A room and a place; a class with an empty constructor because JPA wants one.
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private String room;
    private long place;

    Key() {}

    Key(String room, long place) {
      this.room = room;
      this.place = place;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && place == key.place && room.equals(key.room);
    }

    @Override
    public int hashCode() {
      return room.hashCode() * 31 + Long.hashCode(place);
    }
  }

  @Id private String room;
  @Id private long place;
  private String id;

  @Enumerated(EnumType.STRING)
  private HookKind kind;

  private Instant at;
  private String body;

  protected HookEvent() {}

  HookEvent(String room, long place, String id, HookKind kind, Instant at, String body) {
    this.room = room;
    this.place = place;
    this.id = id;
    this.kind = kind;
    this.at = at;
    this.body = body;
  }

  long place() {
    return place;
  }

  String id() {
    return id;
  }

  HookKind kind() {
    return kind;
  }

  Instant at() {
    return at;
  }

  String body() {
    return body;
  }
}
