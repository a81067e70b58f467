package dev.parley.protocol.sctp;

/// What an association has counted, and where it stands.
///
/// @param packetsIn packets taken
/// @param packetsOut packets transmitted
/// @param refused packets, chunks or messages dropped because they are none the protocol allows
/// @param messagesIn messages told the owner
/// @param messagesOut messages acknowledged by the peer or given up
/// @param retransmissions DATA chunks sent again
/// @param abandoned messages given up (RFC 3758)
/// @param congestionWindow octets
/// @param smoothedRoundTrip nanoseconds, 0 while not measured
public record SctpCounts(
    long packetsIn,
    long packetsOut,
    long refused,
    long messagesIn,
    long messagesOut,
    long retransmissions,
    long abandoned,
    int congestionWindow,
    long smoothedRoundTrip) {}
