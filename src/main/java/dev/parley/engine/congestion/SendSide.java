package dev.parley.engine.congestion;

import dev.parley.engine.Engine;

/// Congestion control of everything that leaves for one peer (draft-ietf-rmcat-gcc-02).
///
/// Confined to the loop of its peer. It is told of every packet that leaves and of every feedback,
/// and answers how much may leave ([#estimate]), when ([#delay]) and what to send so as to find out
/// more ([#padding]). Times are nanoseconds, octets count RTP packets as they leave, with headers
/// and authentication tag, without UDP and IP.
///
/// ```
/// if delay(kind, now) == 0:  sequence = departing(octets, kind, now); protect; transmit
/// else, to be protected now: sequence = numbered(octets, kind); protect; hold; later, when delay(…) == 0:
///                            departed(sequence, now); transmit
/// or hold it unprotected and call departing(…) when it leaves.
/// ```
public final class SendSide {
  private final Bounds bounds;
  private long estimate;
  private int next;

  /// @param now the peer can be sent to from here on
  public SendSide(Bounds bounds, long now) {
    this.bounds = bounds;
    estimate = bounds.start();
  }

  /// A packet leaves now. Hot.
  ///
  /// @param octets of the packet
  /// @return its transport-wide sequence number, 16 bits, to be written where the extension is
  ///   agreed on
  public int departing(int octets, PacketKind kind, long now) {
    int sequence = numbered(octets, kind);
    departed(sequence, now);
    return sequence;
  }

  /// A packet that will leave later, by [#departed], needs its transport-wide sequence number now.
  /// Until then feedback that passes over it means nothing; if it never leaves, nothing needs to be
  /// said.
  public int numbered(int octets, PacketKind kind) {
    return next++ & 0xffff;
  }

  /// A packet that was [#numbered] leaves now. Hot.
  public void departed(int sequence, long now) {}

  /// Transport-wide feedback came. Well-formed octets as `RtcpVisitor.transportFeedback` hands them
  /// over; what makes no sense in them is passed over.
  ///
  /// @param at index of the base sequence number
  /// @param length octets of the feedback control information
  public void feedback(byte[] octets, int at, int length, long now) {}

  /// A receiver estimated maximum bit rate came; heeded while transport-wide feedback does not.
  ///
  /// @param bitsPerSecond the sum over all streams, as the draft means it
  public void remb(long bitsPerSecond, long now) {
    estimate = bounds.clamp(bitsPerSecond);
  }

  /// A report block about one of the streams that leave came (RFC 3550, section 6.4.1); heeded for
  /// loss while transport-wide feedback does not come.
  ///
  /// @param ssrc the stream
  /// @param cumulativeLost 24 bits, signed
  /// @param highestSequence extended, 32 bits
  public void reported(int ssrc, int cumulativeLost, int highestSequence, long now) {}

  /// A round trip was measured, by reports.
  ///
  /// @param nanoseconds not negative
  public void roundTrip(long nanoseconds, long now) {}

  /// What the path to the peer carries, bit/s of RTP packets.
  public long estimate() {
    return estimate;
  }

  /// How much there is to send at most, were the path wide enough: the sum of the best layers
  /// wanted, bit/s. Above it nothing is probed; 0 (the default is unlimited) ends all probing.
  public void useful(long bitsPerSecond, long now) {}

  /// How long a packet has to wait until it may leave: 0 if it may now. Hot.
  ///
  /// @return nanoseconds
  public long delay(PacketKind kind, long now) {
    return 0;
  }

  /// How many octets of padding or of retransmissions without need should leave now for a probe, 0
  /// for none. To be asked after [#tick] and when what waited has left; whoever has sent some asks
  /// again.
  public int padding(long now) {
    return 0;
  }

  /// When it next wants to be ticked, or [Engine#NEVER].
  public long deadline() {
    return Engine.NEVER;
  }

  /// Time has reached [#deadline]; thereafter [#estimate] may be another and [#padding] wants to be
  /// asked.
  public void tick(long now) {}
}
