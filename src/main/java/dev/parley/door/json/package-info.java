/// The JSON door: `/signal/{room}`, WebSocket text frames of one JSON object each (RFC 6455, RFC
/// 8259). It translates between frames and [dev.parley.signal] and decides nothing.
///
/// Two dialects: `parley.v1` and the classic exchange of the WebRTC tutorials (no subprotocol).
package dev.parley.door.json;
