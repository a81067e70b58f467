/// The server API of the LiveKit protocol: `POST /twirp/livekit.RoomService/<Method>` with protobuf
/// or its JSON, over which applications administer rooms and those in them. Translates between
/// these messages, [dev.parley.room.Rooms] and [dev.parley.signal.Steward], and decides nothing.
///
/// [TwirpServlet] alone knows the container; all else takes a [Call] and makes an [Answer].
///
/// ## Assumptions
///
/// - A token without `video.room` is for every room, as at the REST door; one with a room is for
///   that room in all methods.
/// - A missing grant is `permission_denied` (403), a missing or bad token `unauthenticated` (401).
/// - `CreateRoom` makes a room that waits 300 s for the first one and outlives its last participant
///   by 20 s, and that takes as many as a room may, where the request says nothing. Of a room that
///   is there it changes what the request says. `egress`, `agents` and `room_preset` are refused,
///   since nothing would come of them; playout delays, `sync_streams`, `tags` and `node_id` are
///   taken and mean nothing.
/// - `ListRooms` lists all rooms, those in which nobody is too.
/// - `UpdateParticipant` leaves `hidden`, `recorder` and `agent` as they are.
/// - `MutePublishedTrack` does not unmute (`failed_precondition`): nobody is made to be heard or
///   seen by others.
/// - JSON answers have the names of the proto files and fields of default value, as those of Go
///   servers of Twirp have.
package dev.parley.door.livekit.api;
