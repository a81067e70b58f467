package dev.parley.engine.peer;

import dev.parley.engine.congestion.Missing;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.rtcp.RtcpVisitor;
import java.util.List;

/// What becomes of the control packets of a client (RFC 3550, section 6; RFC 4585): each part goes
/// to the stream it is about; what is about none of them is not heard. Confined to the peer's loop.
final class ControlReader implements RtcpVisitor {
  private final IncomingStreams incoming;
  private final OutgoingStreams outgoing;
  private final Departures departures;
  private final int local;
  private long now;
  private long roundTrip = -1;
  private int wall;
  private int referenceSender;
  private int referenceMiddle;
  private long referenceAt;

  /// @param local the SSRC of the server's own reports
  ControlReader(IncomingStreams incoming, OutgoingStreams outgoing, int local) {
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.departures = outgoing.departures();
    this.local = local;
  }

  /// One compound packet follows.
  ///
  /// @param ntpMiddle the wall clock as reports have it
  ControlReader at(long time, int ntpMiddle) {
    now = time;
    wall = ntpMiddle;
    return this;
  }

  @Override
  public void senderReport(int ssrc, long ntp, int rtpTimestamp, int packets, int octets) {
    IncomingStream stream = incoming.find(ssrc);
    if (stream != null) {
      stream.statistics().senderReport(ntp, now);
      if (stream.sink() != null && !stream.left()) {
        stream.sink().senderReport(ntp, rtpTimestamp, now);
      }
    }
  }

  @Override
  public void reportBlock(
      int senderSsrc,
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int highestSequence,
      int jitter,
      int lastSr,
      int delaySinceLastSr) {
    OutgoingStream stream = outgoing.find(ssrc);
    if (stream != null) {
      stream.heard();
      departures.reported(ssrc, cumulativeLost, highestSequence, now);
      long trip = stream.reports().roundTrip(lastSr, delaySinceLastSr, now);
      if (trip != NtpTime.UNKNOWN) {
        roundTrip(trip);
      }
      if (stream.side() != null) {
        int highest = stream.told(highestSequence);
        stream.side().reported(fractionLost, highest, jitter, trip, now);
      }
    }
  }

  @Override
  public void bye(int ssrc) {
    IncomingStream stream = incoming.find(ssrc);
    if (stream != null) {
      stream.end();
    }
  }

  @Override
  public void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
    OutgoingStream stream = outgoing.find(mediaSsrc);
    if (stream != null && stream.side() != null) {
      stream.side().nack(stream.told(pid) & 0xffff, blp, now);
    }
  }

  @Override
  public void pli(int senderSsrc, int mediaSsrc) {
    keyFrameWanted(outgoing.find(mediaSsrc));
  }

  @Override
  public void fir(int senderSsrc, int mediaSsrc, int sequence) {
    OutgoingStream stream = outgoing.find(mediaSsrc);
    if (stream != null && stream.newRequest(sequence)) {
      keyFrameWanted(stream);
    }
  }

  private void keyFrameWanted(OutgoingStream stream) {
    if (stream != null && stream.side() != null) {
      stream.side().keyFrameWanted(now);
    }
  }

  @Override
  public void remb(int senderSsrc, long bitrate, byte[] octets, int ssrcsAt, int ssrcs) {
    departures.remb(bitrate, now);
  }

  /// It is about the transport, whatever SSRC it comes from or names. What it says is lost is sent
  /// again without waiting to be asked for: the question may have been lost as well, and a lost
  /// retransmission is asked for late.
  @Override
  public void transportFeedback(int senderSsrc, int mediaSsrc, byte[] octets, int at, int length) {
    Missing missing = departures.feedback(octets, at, length, now);
    for (int i = 0; missing != null && i < missing.count(); i++) {
      long mark = missing.mark(i);
      OutgoingStream stream = outgoing.carrying((int) (mark >>> 32));
      if (stream != null && stream.side() != null) {
        int number = stream.told((int) mark & 0xffff) & 0xffff;
        stream.side().missing(number, missing.leftAt(i), now);
      }
    }
  }

  @Override
  public void receiverReferenceTime(int senderSsrc, long ntp) {
    referenceSender = senderSsrc;
    referenceMiddle = NtpTime.middle(ntp);
    referenceAt = now;
  }

  @Override
  public void delaySinceLastRr(int senderSsrc, int ssrc, int lastRr, int delaySinceLastRr) {
    long trip = NtpTime.roundTrip(wall, lastRr, delaySinceLastRr);
    if (ssrc != local || trip == NtpTime.UNKNOWN) {
      return;
    }
    roundTrip(trip);
    for (IncomingStream stream : List.copyOf(incoming.all())) {
      if (stream.nack() != null) {
        stream.nack().roundTrip(trip);
      }
      if (stream.sink() != null && !stream.left()) {
        stream.sink().roundTrip(trip);
      }
    }
  }

  private void roundTrip(long trip) {
    roundTrip = roundTrip < 0 ? trip : roundTrip + (trip - roundTrip) / 8;
    departures.roundTrip(trip, now);
  }

  /// The smoothed round trip by reports, nanoseconds; negative where none was measured.
  long roundTrip() {
    return roundTrip;
  }

  /// The client's last reference time that was not answered yet: its middle 32 bits, or 0.
  int referenceMiddle() {
    return referenceMiddle;
  }

  int referenceSender() {
    return referenceSender;
  }

  long referenceAt() {
    return referenceAt;
  }

  void referenceAnswered() {
    referenceMiddle = 0;
  }
}
