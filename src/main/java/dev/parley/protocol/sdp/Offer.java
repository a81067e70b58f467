package dev.parley.protocol.sdp;

/// The server's offer; pending until it is answered or a client's offer comes between.
///
/// @param number counted from 1, for the answer to name
/// @param local the ICE credentials it has: new ones where it restarts ICE, to be good at once
public record Offer(long number, String text, IceParameters local) {}
