package dev.parley.room;

import dev.parley.identity.Grant;
import java.util.List;
import java.util.Optional;

/// The rooms of this server: each call is a transaction of its own, committed when it returns.
public interface Rooms {
  /// Decides whether someone may enter and opens the room where it must be made. Checks the
  /// credentials before it touches the database.
  ///
  /// @param room the room's name
  /// @param token an access token, or null for a guest
  /// @param name the wished display name of a guest, or null
  /// @throws RoomRefused with the reason; nothing was made or changed then
  Admission admit(String room, String token, String name) throws RoomRefused;

  /// Whether [#admit] would find or make the room that a grant names: where it is missing, the
  /// settings or the grant have to let its bearer make it. Makes nothing.
  boolean opens(Grant grant);

  /// Makes a room.
  ///
  /// @throws RoomRefused where the name is taken or not valid, or a setting is out of range
  RoomView create(String room, RoomChange settings) throws RoomRefused;

  Optional<RoomView> find(String room);

  /// All rooms by name.
  List<RoomView> list();

  /// Changes settings of a room.
  ///
  /// @throws RoomRefused where there is no such room or a setting is out of range
  RoomView change(String room, RoomChange change) throws RoomRefused;

  /// Deletes a room; one that does not exist is left so.
  ///
  /// @return whether there was one
  boolean delete(String room);
}
