/// The conversation with one participant, and the live side of a room.
///
/// [dev.parley.signal.Meeting] and [dev.parley.signal.Session] are sans-I/O: requests, answers of
/// the database and time go in, [dev.parley.signal.Effect]s come out. [dev.parley.signal.Signaling]
/// runs them: it owns the locks, the clock and the calls of [dev.parley.room.Rooms]. Doors give it
/// a [dev.parley.signal.Line] per socket and translate. SDP and candidates are never looked into.
package dev.parley.signal;
