package dev.parley.protocol.sctp;

/// What a SACK does to the chunks outstanding (RFC 9260, sections 6.2.1 and 7.2.4).
final class SackHandling {
  /// Reports that miss a chunk until it is sent again.
  private static final int REPORTS = 3;

  private final Outstanding outstanding;
  private final Congestion congestion;
  private final RoundTrip roundTrip;
  private int measureFrom;
  private int octets;
  private int newest;
  private int reported;
  private boolean any;

  SackHandling(Outstanding outstanding, Congestion congestion, RoundTrip roundTrip) {
    this.outstanding = outstanding;
    this.congestion = congestion;
    this.roundTrip = roundTrip;
    this.measureFrom = outstanding.acked() + 1;
  }

  /// What came of a SACK.
  enum Outcome {
    /// It is older than one before it.
    STALE,
    /// It tells of chunks that were never sent.
    IMPOSSIBLE,
    TAKEN,
    /// The cumulative TSN has advanced.
    ADVANCED
  }

  /// Takes the cumulative TSN alone, as a SHUTDOWN has it.
  Outcome cumulative(int cumulative, int packet, long now) {
    Outcome outcome = begin(cumulative, now);
    if (outcome == Outcome.ADVANCED) {
      end(true, outstanding.flight() + octets, packet);
    }
    return outcome;
  }

  /// @param chunk index of a SACK that was checked
  /// @param packet octets of a full one
  Outcome sack(byte[] packetOctets, int chunk, int packet, long now) {
    int flight = outstanding.flight();
    int cumulative = SackChunk.cumulative(packetOctets, chunk);
    Outcome outcome = begin(cumulative, now);
    if (outcome == Outcome.STALE || outcome == Outcome.IMPOSSIBLE) {
      return outcome;
    }
    gaps(packetOctets, chunk, cumulative, now);
    boolean advanced = outcome == Outcome.ADVANCED;
    miss(cumulative, advanced);
    end(advanced, flight, packet);
    return outcome;
  }

  private Outcome begin(int cumulative, long now) {
    octets = 0;
    any = false;
    // As a distance, since half the circle away is neither before nor after.
    int distance = cumulative - outstanding.acked();
    if (distance < 0) {
      return Outcome.STALE;
    }
    if (distance > outstanding.highest() - outstanding.acked()) {
      return Outcome.IMPOSSIBLE;
    }
    if (distance == 0) {
      return Outcome.TAKEN;
    }
    for (int tsn = outstanding.acked() + 1; tsn != cumulative + 1; tsn++) {
      acknowledge(outstanding.of(tsn), now);
    }
    outstanding.advance(cumulative);
    return Outcome.ADVANCED;
  }

  private void acknowledge(SentChunk chunk, long now) {
    if (chunk.state == SentChunk.State.ACKED || chunk.state == SentChunk.State.ABANDONED) {
      return;
    }
    octets += chunk.size();
    newest = chunk.tsn;
    any = true;
    // Once in a round trip is enough, and only what was sent once tells anything.
    if (chunk.transmissions == 1 && !Serial.after(measureFrom, chunk.tsn)) {
      roundTrip.measured(now - chunk.sentAt);
      measureFrom = outstanding.highest() + 1;
    }
    outstanding.state(chunk, SentChunk.State.ACKED);
  }

  private void gaps(byte[] packetOctets, int chunk, int cumulative, long now) {
    int count = SackChunk.gaps(packetOctets, chunk);
    int before = 0;
    reported = cumulative;
    for (int gap = 0; gap < count; gap++) {
      int start = SackChunk.start(packetOctets, chunk, gap);
      int end = SackChunk.end(packetOctets, chunk, gap);
      // Blocks that overlap, run backwards or tell of what was never sent tell nothing.
      if (start <= before || end < start || Serial.after(cumulative + end, outstanding.highest())) {
        return;
      }
      for (int tsn = cumulative + start; tsn != cumulative + end + 1; tsn++) {
        acknowledge(outstanding.of(tsn), now);
      }
      reported = cumulative + end;
      before = end;
    }
  }

  // Highest TSN Newly Acknowledged: only what was sent before it was overtaken.
  private void miss(int cumulative, boolean advanced) {
    if (!any && !(congestion.recovering() && advanced)) {
      return;
    }
    int until = congestion.recovering() && advanced ? reported : newest;
    for (int tsn = cumulative + 1; Serial.after(until, tsn); tsn++) {
      SentChunk chunk = outstanding.of(tsn);
      if (chunk.state == SentChunk.State.IN_FLIGHT && ++chunk.missing >= REPORTS) {
        lost(chunk);
      }
    }
  }

  private void lost(SentChunk chunk) {
    if (chunk.fastDone) {
      return;
    }
    chunk.fastDone = true;
    outstanding.state(chunk, SentChunk.State.MARKED);
    fast |= congestion.lost(outstanding.highest());
  }

  private boolean fast;

  /// Whether a recovery has begun, whose first packet goes out whatever the window says (section
  /// 7.2.4, 3); once.
  boolean takeFast() {
    boolean taken = fast;
    fast = false;
    return taken;
  }

  private void end(boolean advanced, int flightBefore, int packet) {
    boolean used = flightBefore + packet > congestion.window();
    congestion.acknowledged(octets, advanced, used);
    congestion.reached(outstanding.acked());
    if (outstanding.empty()) {
      congestion.empty();
    }
  }
}
