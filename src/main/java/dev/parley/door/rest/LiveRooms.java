package dev.parley.door.rest;

import dev.parley.room.RoomView;
import java.util.List;

/// What goes on in rooms right now, as far as the REST door must know or tell.
public interface LiveRooms {
  /// Who is in a room: values that JSON-B writes.
  List<?> present(String room);

  /// A room was deleted; who is in it must leave.
  void closed(String room);

  /// The settings of a room changed.
  void changed(RoomView room);
}
