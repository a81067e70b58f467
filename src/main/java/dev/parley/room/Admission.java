package dev.parley.room;

import dev.parley.identity.Grant;

/// The answer to someone at the door of a room: who it is, what is allowed, and the room as it
/// stands.
///
/// @param grant what the token allows, or what a guest of an open room is allowed
/// @param room the room, made at this moment where the token allowed it
/// @param guest whether nobody vouched for the identity
/// @param moderator whether it may lock, admit, remove and configure
public record Admission(Grant grant, RoomView room, boolean guest, boolean moderator) {}
