/// The conversation with one participant, and the live side of a room.
///
/// [dev.parley.signal.Meeting] and [dev.parley.signal.Session] are sans-I/O: requests, answers of
/// the database and time go in, [dev.parley.signal.Effect]s come out. [dev.parley.signal.Signaling]
/// runs them: it owns the locks, the clock and the calls of [dev.parley.room.Rooms]. Doors give it
/// a [dev.parley.signal.Line] per socket and translate. SDP and candidates are never looked into.
///
/// Media goes from peer to peer or through the server ([dev.parley.signal.TopologyChoice]). For the
/// server's part [dev.parley.signal.Forwarding] gives orders to [dev.parley.signal.MediaPort], and
/// [dev.parley.signal.Tidings] takes what comes back, in a turn of the meeting like every input. A
/// door without sockets enters an [dev.parley.signal.Agent].
package dev.parley.signal;
