package dev.parley.engine.peer;

/// How the path of one [Peer] and the streams on it do, read when asked. Confined to the peer's
/// loop.
public interface PeerReadings {
  /// What the path to the client carries, as far as is known: bit/s of RTP packets.
  long estimate();

  /// The same without what is left out for a moment to empty a queue on the way.
  long lasting();

  /// The smoothed round trip by reports, nanoseconds; negative where none was measured.
  long roundTrip();

  /// What packets wait on the way to the client beyond the shortest way of late, nanoseconds;
  /// negative where nothing is known.
  long queueDelay();

  /// What arrived of a stream of the client's, or null where it is not known (any more).
  ReceptionStatistics reception(int ssrc);
}
