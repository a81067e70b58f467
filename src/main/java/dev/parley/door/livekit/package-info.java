/// The door for SDKs of the LiveKit client protocol: `/rtc`, WebSocket frames of one message each,
/// protobuf or its JSON. It translates between messages and [dev.parley.signal] and decides
/// nothing.
///
/// One [dev.parley.door.livekit.Caller] per socket: [dev.parley.door.livekit.Wishes] turns messages
/// into requests, [dev.parley.door.livekit.Tellings] notices into messages; what both have to know
/// of the other's words is in [dev.parley.door.livekit.Standing], which lives as long as the socket
/// and is filled anew when a participant comes back on another.
///
/// ## Assumptions
///
/// - Clients' candidates are not looked at: the server is ICE-lite and learns addresses by checks
///   (RFC 8445, section 2.5). The server's own are all in its descriptions.
/// - A track that is published in a second codec is published in its first one only; data tracks
///   are not there.
/// - Rooms have the names that [dev.parley.room] allows.
/// - Whoever subscribes is decided by tokens and moderators: a publisher's own list
///   (`subscription_permission`) is taken and not followed.
package dev.parley.door.livekit;
