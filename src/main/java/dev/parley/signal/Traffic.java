package dev.parley.signal;

/// What the metrics page shows of signaling, at one moment.
///
/// @param sockets open sockets, joined or not
/// @param meetings rooms with someone in them, or empty for less than their timeout
/// @param participants who has joined
/// @param relayed offers, answers and candidates relayed since the start
/// @param refused requests answered with an error since the start
public record Traffic(long sockets, long meetings, long participants, long relayed, long refused) {}
