package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.rtcp.RtcpReader;
import dev.parley.protocol.rtcp.RtcpRefusal;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.protocol.srtp.SrtpSender;
import dev.parley.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// The RTCP of one peer: regular reports, what is missing, when packets arrived, key frame requests
/// (RFC 3550, section 6; RFC 4585; RFC 5506). Confined to the peer's loop.
final class Reports {
  private static final long EVERY = 1_000_000_000L;

  /// Octets a second: 5 % of two megabits (RFC 3550, section 6.2).
  private static final double BANDWIDTH = 12_500;

  /// Of a compound packet before it is protected: fits every path.
  private static final int LONGEST = 1152;

  /// Headers of UDP and IP, and what SRTCP appends.
  private static final int AROUND = 48;

  /// A sender report with the description of its source, at most.
  private static final int SENDER_REPORT = 28 + 12 + 256;

  /// Octets of a sender report before the middle 32 bits of its NTP timestamp.
  private static final int NTP_MIDDLE = 10;

  private final PeerKit kit;
  private final PeerIce ice;
  private final IncomingStreams incoming;
  private final OutgoingStreams outgoing;
  private final ArrivalFeedback arrivals;
  private final ControlReader reader;
  private final RtcpWriter writer;
  private final int local;
  private final byte[] cname;
  private SrtpSender sender;
  private SrtpReceiver receiver;
  private ReportTimer timer;
  private boolean reduced;
  private int sent;

  Reports(
      PeerKit kit,
      PeerIce ice,
      IncomingStreams incoming,
      OutgoingStreams outgoing,
      ArrivalFeedback arrivals) {
    this.kit = kit;
    this.ice = ice;
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.arrivals = arrivals;
    this.local = kit.random().nextInt();
    this.reader = new ControlReader(incoming, outgoing, local);
    this.writer = kit.scratch().writer;
    this.cname = Integer.toHexString(kit.random().nextInt()).getBytes(StandardCharsets.US_ASCII);
  }

  void keyed(SrtpSender protects, SrtpReceiver unprotects, long now) {
    sender = protects;
    receiver = unprotects;
    if (timer == null) {
      // Chance, not a secret: the loop's own generator hashes for every number.
      var chance = new SplittableRandom(kit.random().nextLong());
      timer = new ReportTimer(chance, EVERY, BANDWIDTH, now);
    }
  }

  /// The round trip that reports tell, nanoseconds; negative where none was measured.
  long roundTrip() {
    return reader.roundTrip();
  }

  /// Whether feedback may go without a report before it (RFC 5506).
  void reduced(boolean agreed) {
    reduced = agreed;
  }

  /// One SRTCP packet; false where it is not the client's.
  boolean receive(byte[] octets, int at, int length, long now) {
    byte[] plain = kit.scratch().plain;
    if (receiver == null || length > plain.length) {
      kit.tally().count(Counter.SRTP_REFUSED);
      return false;
    }
    int size = receiver.unprotectRtcp(octets, at, length, plain, 0);
    if (size < 0) {
      kit.tally().count(Counter.SRTP_REFUSED);
      return false;
    }
    int wall = NtpTime.middle(NtpTime.of(kit.wall().getAsLong()));
    if (RtcpReader.read(plain, 0, size, reader.at(now, wall)) != RtcpRefusal.NONE) {
      kit.tally().count(Counter.INPUT_MALFORMED);
    }
    return true;
  }

  long deadline() {
    if (timer == null) {
      return Engine.NEVER;
    }
    long feedback = Deadline.earlier(arrivals.deadline(), incoming.deadline());
    return Deadline.earlier(Deadline.at(timer.deadline()), feedback);
  }

  void tick(long now) {
    if (timer == null) {
      return;
    }
    if (Deadline.due(incoming.deadline(), now)) {
      askAgain(now);
    }
    if (Deadline.due(arrivals.deadline(), now)) {
      tellArrivals();
    }
    if (timer.due(now)) {
      report(now);
    }
  }

  /// Asks for a key frame at once.
  void requestKeyFrame(int ssrc) {
    if (sender != null) {
      beginFeedback();
      writer.pli(local, ssrc);
      flush();
    }
  }

  private void askAgain(long now) {
    int[] lost = kit.scratch().lost;
    beginFeedback();
    int begun = writer.length();
    for (IncomingStream stream : incoming.all()) {
      int due = stream.nack() == null || stream.left() ? 0 : stream.nack().due(lost, now);
      int written = writer.nack(local, stream.ssrc(), lost, 0, due);
      while (written < due) {
        flush();
        beginFeedback();
        written += writer.nack(local, stream.ssrc(), lost, written, due);
      }
    }
    if (writer.length() > begun) {
      flush();
    }
    incoming.reschedule();
  }

  private void tellArrivals() {
    beginFeedback();
    while (arrivals.write(writer, local, incoming.newest())) {
      flush();
      beginFeedback();
    }
  }

  private RtcpWriter begin() {
    return writer.begin(kit.scratch().control, 0, LONGEST);
  }

  private void beginFeedback() {
    begin();
    if (!reduced) {
      writer.receiverReport(local);
      writer.cname(local, cname);
    }
  }

  /// The regular report: on all that is received, then of all that is sent.
  private void report(long now) {
    sent = 0;
    begin().receiverReport(local);
    for (IncomingStream stream : List.copyOf(incoming.all())) {
      if (!stream.left() && stream.heardSinceReport()) {
        block(stream, now);
      }
    }
    writer.cname(local, cname);
    long wall = kit.wall().getAsLong();
    if (!incoming.all().isEmpty()) {
      writer.receiverReferenceTime(local, NtpTime.of(wall));
    }
    answerReference(now);
    for (OutgoingStream stream : outgoing.all()) {
      senderReport(stream, wall, now);
    }
    flush();
    timer.sent(sent, now);
  }

  private void block(IncomingStream stream, long now) {
    ReceptionStatistics statistics = stream.statistics();
    statistics.report();
    while (!block(stream.ssrc(), statistics, now)) {
      if (writer.room() < 128) {
        writer.cname(local, cname);
        flush();
        begin();
      }
      writer.receiverReport(local);
    }
  }

  private boolean block(int ssrc, ReceptionStatistics statistics, long now) {
    return writer.room() >= 128
        && writer.reportBlock(
            ssrc,
            statistics.fractionLost(),
            statistics.cumulativeLost(),
            statistics.highestSequence(),
            statistics.jitter(),
            statistics.lastSr(),
            statistics.delaySinceLastSr(now));
  }

  private void answerReference(long now) {
    if (reader.referenceMiddle() != 0) {
      int delay = NtpTime.delay(now - reader.referenceAt());
      writer.delaySinceLastRr(local, reader.referenceSender(), reader.referenceMiddle(), delay);
      reader.referenceAnswered();
    }
  }

  private void senderReport(OutgoingStream stream, long wall, long now) {
    if (stream.side() == null) {
      return;
    }
    if (writer.room() < SENDER_REPORT) {
      flush();
      begin();
    }
    int begun = writer.length();
    if (stream.side().report(writer, wall, now)) {
      stream.reports().sent(Octets.u32(kit.scratch().control, begun + NTP_MIDDLE), now);
      writer.cname(stream.ssrc(), stream.cname());
    }
  }

  /// Says that all streams end (RFC 3550, section 6.6).
  void bye() {
    if (sender == null) {
      return;
    }
    begin().receiverReport(local);
    writer.cname(local, cname);
    for (OutgoingStream stream : outgoing.all()) {
      writer.bye(stream.ssrc());
    }
    writer.bye(local);
    flush();
  }

  private void flush() {
    int length = writer.length();
    if (length == 0 || sender == null) {
      return;
    }
    byte[] out = kit.scratch().out;
    int size = sender.protectRtcp(kit.scratch().control, 0, length, out, Scratch.AT);
    if (size > 0) {
      sent += size + AROUND;
      ice.send(out, Scratch.AT, size);
    }
  }

  void release() {
    sender = null;
    receiver = null;
    timer = null;
  }
}
