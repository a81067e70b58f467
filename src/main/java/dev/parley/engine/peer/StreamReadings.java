package dev.parley.engine.peer;

/// What is read where the streams of one [Peer] keep it. Confined to the peer's loop.
record StreamReadings(IncomingStreams incoming, Departures departures, Reports reports)
    implements PeerReadings {
  @Override
  public long estimate() {
    return departures.estimate();
  }

  @Override
  public long lasting() {
    return departures.lasting();
  }

  @Override
  public long roundTrip() {
    return reports.roundTrip();
  }

  @Override
  public long queueDelay() {
    return departures.queueDelay();
  }

  @Override
  public ReceptionStatistics reception(int ssrc) {
    IncomingStream stream = incoming.find(ssrc);
    return stream == null || stream.left() ? null : stream.statistics();
  }
}
