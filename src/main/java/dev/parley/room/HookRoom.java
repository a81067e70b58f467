package dev.parley.room;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/// The order of one room's events: whoever holds its row's lock appends, and nobody else until the
/// commit, so places have no holes and become visible in order.
@Entity
@Table(name = "webhook_room")
class HookRoom {
  @Id private String room;
  private long last;

  protected HookRoom() {}

  HookRoom(String room) {
    this.room = room;
  }

  String room() {
    return room;
  }

  long last() {
    return last;
  }

  long next() {
    return ++last;
  }
}
