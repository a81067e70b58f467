package dev.parley.media;

/// Why the selective forwarding unit refuses what a client asks for.
public enum SfuRefusal {
  /// Not SDP, or more of it than any client needs.
  SDP_MALFORMED,
  /// SDP that cannot be: sections moved, no ICE, no DTLS fingerprint, no common codec or profile.
  SDP_UNACCEPTABLE,
  /// The answer to no offer, or to one that was given up.
  STALE,
  /// The participant may not publish.
  PUBLISH_NOT_ALLOWED,
  /// The room requires encryption from end to end, and a track is declared as without.
  ENCRYPTION_REQUIRED,
  /// The room allows no encryption from end to end, and a track is declared as encrypted.
  ENCRYPTION_NOT_ALLOWED,
  /// More tracks than a participant, room or node may have.
  TOO_MANY_TRACKS,
  /// More streams than a participant may have.
  TOO_MANY_STREAMS,
  /// More data channels than a participant may have.
  TOO_MANY_CHANNELS,
  /// A data message that is longer than any may be.
  MESSAGE_TOO_LONG,
  /// More octets a second than a participant may send.
  TOO_MUCH,
  /// More peers than the node may have.
  TOO_MANY_PEERS,
  /// The loop that the peer would be on has too much to do; those inside go on.
  OVERLOADED,
  /// The node is closing or out of resources.
  UNAVAILABLE
}
