/// Webhooks in the format of LiveKit's: facts of rooms as `livekit.WebhookEvent` in JSON.
/// Translates and decides nothing; when an event is written and sent, others decide.
///
/// ## Assumptions
///
/// - `participant_joined` is sent when someone has joined by signaling, before its media connects.
/// - `participant_connection_aborted` takes the place of `participant_left` for one who could never
///   be told that it was in.
package dev.parley.door.livekit.hook;
