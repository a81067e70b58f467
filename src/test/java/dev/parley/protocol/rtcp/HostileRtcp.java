package dev.parley.protocol.rtcp;

import dev.parley.wire.Octets;

/// Reads hostile octets in every way the codec offers; whatever it throws is a bug.
final class HostileRtcp implements RtcpVisitor {
  private final TransportFeedback feedback = new TransportFeedback();
  private final int end;
  private long steps;

  private HostileRtcp(int end) {
    this.end = end;
  }

  /// Reads a whole array, which is the only memory there is.
  static RtcpRefusal read(byte[] octets) {
    HostileRtcp visitor = new HostileRtcp(octets.length);
    RtcpRefusal refusal = RtcpReader.read(octets, 0, octets.length, visitor);
    // 17 sequence numbers from four octets are the most that anything is worth.
    visitor.require(visitor.steps <= 5L * octets.length, "steps " + visitor.steps);
    new TransportFeedback().read(octets, 0, octets.length);
    RtcpReader.looksLike(octets, 0, octets.length);
    return refusal;
  }

  private void require(boolean sane, String what) {
    if (!sane) {
      throw new AssertionError(what);
    }
  }

  private void run(int at, int length) {
    require(at >= 0 && length >= 0 && at + length <= end, "octets from " + at + ", " + length);
  }

  @Override
  public void senderReport(int ssrc, long ntp, int rtp, int packets, int octets) {
    steps++;
  }

  @Override
  public void reportBlock(
      int sender, int ssrc, int fraction, int lost, int highest, int jitter, int lsr, int dlsr) {
    steps++;
    require(fraction >= 0 && fraction <= 255, "fraction " + fraction);
    require(lost >= -0x800000 && lost <= 0x7fffff, "lost " + lost);
    require(NtpTime.roundTrip(jitter, lsr, dlsr) <= NtpTime.MAX_ROUND_TRIP, "round trip");
  }

  @Override
  public void sdesCname(int ssrc, byte[] octets, int at, int length) {
    steps++;
    run(at, length);
    require(length <= 255, "a name of " + length);
  }

  @Override
  public void bye(int ssrc) {
    steps++;
  }

  @Override
  public void lost(int sender, int media, int sequence) {
    steps++;
    require(sequence >= 0 && sequence <= 0xffff, "sequence " + sequence);
  }

  @Override
  public void remb(int sender, long bitrate, byte[] octets, int ssrcsAt, int ssrcs) {
    steps++;
    require(bitrate >= 0, "rate " + bitrate);
    run(ssrcsAt, 4 * ssrcs);
    for (int i = 0; i < ssrcs; i++) {
      Octets.u32(octets, ssrcsAt + 4 * i);
    }
  }

  @Override
  public void transportFeedback(int sender, int media, byte[] octets, int at, int length) {
    run(at, length);
    require(feedback.read(octets, at, length) == RtcpRefusal.NONE, "told, then refused");
    int received = 0;
    long ticks = 0;
    while (feedback.nextReceived()) {
      steps++;
      received++;
      ticks = feedback.ticks();
    }
    feedback.read(octets, at, length);
    int statuses = 0;
    while (feedback.next()) {
      statuses++;
      received -= feedback.received() ? 1 : 0;
    }
    require(statuses == feedback.statusCount(), statuses + " statuses");
    require(received == 0 && (ticks == feedback.ticks() || ticks == 0), "two ways, two results");
  }
}
