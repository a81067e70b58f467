package dev.parley.room;

/// Who may join a room.
public enum Access {
  /// Only who brings an access token: from an account, an API key or an invite.
  MEMBERS,
  /// Anyone who knows the room's name, as a guest.
  OPEN
}
