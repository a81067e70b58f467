/// What this house says of rooms, participants and tracks, in the messages of the LiveKit protocol.
/// Translates and decides nothing.
///
/// ## Assumptions
///
/// - A participant who has joined is ACTIVE; JOINED is for those whose media is still on its way,
///   which only the door that brought them knows.
/// - Rooms have names here and hardly ids: `RM_` and a few octets of the key in the database.
/// - What the messages have and this house does not know (regions, codecs with their own `cid`s) is
///   left out, as proto3 defaults.
package dev.parley.door.livekit.message;
