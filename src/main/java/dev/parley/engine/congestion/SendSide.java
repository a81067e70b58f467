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
  private static final long SECOND = RateWindow.SECOND;

  /// What leaves, over so long.
  private static final long SPAN = SECOND / 2;

  /// Less than this share of the estimate leaves: the source, not the path, keeps the rate down.
  private static final double LIMITED = 0.7;

  /// Less than this share of what leaves arrives: it is the path after all.
  private static final double ARRIVES = 0.85;

  /// The round trip while nothing has been measured, nanoseconds.
  public static final long NOT_MEASURED = SECOND / 10;

  private static final long LONGEST_TRIP = 3 * SECOND;

  /// What leaves is not answered: it is taken to be lost (draft-ietf-rmcat-gcc-02, section 4.1).
  private static final long SILENCE = SECOND;

  private static final double SILENT_CUT = 0.8;
  private static final long TICK = SECOND / 4;

  /// No video has left for so long: either there is none, or none fits.
  private static final long STARVED = 5 * SECOND;

  /// Nothing has left for so long: nothing is to be found out.
  private static final long IDLE = 2 * SECOND;

  private final Bounds bounds;
  private final SentLog log = new SentLog();
  private final RateWindow sent = new RateWindow();
  private final Pacer pacer = new Pacer();
  private final long[] octetsOf = new long[PacketKind.values().length];
  private final DelayControl delays;
  private final LossControl losses;
  private final ReportControl reports;
  private final Probing probing;
  private final FeedbackWalk walk;
  private boolean transportWide;
  private boolean departed;
  private long heard;
  private long pictured;
  private long ticked;
  private long silenced;
  private boolean measured;
  private long roundTrip = NOT_MEASURED;
  private long estimate;
  private double uncut;

  /// @param now the peer can be sent to from here on
  public SendSide(Bounds bounds, long now) {
    this.bounds = bounds;
    delays = new DelayControl(bounds, now);
    losses = new LossControl(bounds);
    reports = new ReportControl(bounds, now);
    probing = new Probing(delays);
    walk = new FeedbackWalk(log, delays, losses, probing);
    ticked = now;
    heard = now;
    pictured = now;
    silenced = now;
    estimate = bounds.start();
    pacer.rate(estimate, 0);
  }

  /// The same for a packet that nobody wants to hear of again.
  public int departing(int octets, PacketKind kind, long now) {
    return departing(octets, kind, Missing.NO_MARK, now);
  }

  /// A packet leaves now. Hot.
  ///
  /// @param octets of the packet
  /// @param mark what [#missing] calls it where it does not arrive, or [Missing#NO_MARK]
  /// @return its transport-wide sequence number, 16 bits, to be written where the extension is
  ///   agreed on
  public int departing(int octets, PacketKind kind, long mark, long now) {
    int sequence = numbered(octets, kind, mark);
    if (kind == PacketKind.VIDEO) {
      pictured = now;
    }
    departed(sequence, now);
    return sequence;
  }

  /// A packet that will leave later, by [#departed], needs its transport-wide sequence number now.
  /// Until then feedback that passes over it means nothing; if it never leaves, nothing needs to be
  /// said.
  public int numbered(int octets, PacketKind kind) {
    return numbered(octets, kind, Missing.NO_MARK);
  }

  private int numbered(int octets, PacketKind kind, long mark) {
    octetsOf[kind.ordinal()] += octets;
    return (int) log.add(octets, mark) & 0xffff;
  }

  /// A packet that was [#numbered] leaves now. Hot.
  public void departed(int sequence, long now) {
    long before = log.latest();
    long number = log.departed(sequence, probing.mark(), now);
    if (number < 0) {
      return;
    }
    int octets = log.octets(number);
    if (!departed) {
      departed = true;
      heard = now;
    } else if (now - before > SPAN) {
      // Silence is counted from here: there was nothing to answer.
      heard = now;
    }
    sent.add(octets, now);
    pacer.departed(octets, now);
    if (probing.departed(number, octets, now)) {
      pacer.rate(estimate, 0);
    }
  }

  /// Transport-wide feedback came. Well-formed octets as `RtcpVisitor.transportFeedback` hands them
  /// over; what makes no sense in them is passed over.
  ///
  /// @param at index of the base sequence number
  /// @param length octets of the feedback control information
  public void feedback(byte[] octets, int at, int length, long now) {
    if (!walk.take(octets, at, length, now) || !transportWide && walk.received() == 0) {
      return;
    }
    if (!transportWide) {
      transportWide = true;
      log.expectFeedback();
    }
    heard = now;
    if (walk.newer()) {
      roundTrip(now - walk.left(), now);
    }
    update(now);
    probing.answered(walk.covered(), now);
    settle();
  }

  /// What the latest [#feedback] says has not arrived, told once.
  public Missing missing() {
    return walk.missing();
  }

  private void update(long now) {
    Aimd aimd = delays.aimd();
    double before = aimd.rate();
    double leaves = sent.rate(SPAN, now);
    boolean limited = leaves < LIMITED * before && delays.arrives() > ARRIVES * leaves;
    switch (losses.add(walk.received(), walk.lost(), now)) {
      case FULL -> {
        uncut = before;
        aimd.cut(delays.delivered(), limited, false, now);
      }
      case OWN -> {
        // What is lost in a queue that is full is lost whatever is sent, until it has drained.
        if (delays.empty()) {
          aimd.atLeast(uncut, now);
        }
      }
      case NOTHING -> {}
    }
    boolean blind = probing.blind(estimate, now - pictured > STARVED);
    double allowed = aimd.rate();
    delays.update(limited, blind, leaves, walk.sentSince(), losses, roundTrip, now);
    if (aimd.rate() < allowed) {
      // A queue has grown beside the loss: what was cut for that is not taken back with the rest.
      uncut = Math.min(uncut, aimd.rate());
    }
    if (aimd.rate() < before) {
      probing.cut(aimd.rate(), now);
    }
  }

  private void settle() {
    double rate =
        transportWide ? Math.min(delays.aimd().rate(), losses.bound()) : reports.estimate();
    estimate = bounds.clamp((long) rate);
    pacer.rate(estimate, probing.rate());
  }

  /// A receiver estimated maximum bit rate came; heeded while transport-wide feedback does not.
  ///
  /// @param bitsPerSecond the sum over all streams, as the draft means it
  public void remb(long bitsPerSecond, long now) {
    reports.remb(bitsPerSecond);
    settle();
  }

  /// A report block about one of the streams that leave came (RFC 3550, section 6.4.1); heeded for
  /// loss while transport-wide feedback does not come.
  ///
  /// @param ssrc the stream
  /// @param cumulativeLost 24 bits, signed
  /// @param highestSequence extended, 32 bits
  public void reported(int ssrc, int cumulativeLost, int highestSequence, long now) {
    reports.reported(ssrc, cumulativeLost, highestSequence, sent.rate(SPAN, now), now);
    settle();
  }

  /// A round trip was measured, by reports.
  ///
  /// @param nanoseconds not negative
  public void roundTrip(long nanoseconds, long now) {
    long trip = Math.clamp(nanoseconds, 0, LONGEST_TRIP);
    roundTrip = measured ? roundTrip + (trip - roundTrip) / 8 : trip;
    measured = true;
  }

  /// What the path to the peer carries, bit/s of RTP packets.
  public long estimate() {
    return estimate;
  }

  /// What the path to the peer carries, bit/s of RTP packets, also while [#estimate] is lower for a
  /// moment so that a queue is emptied. What has to go on whatever happens is measured by this.
  public long lasting() {
    if (!transportWide) {
      return estimate;
    }
    return Math.max(estimate, bounds.clamp((long) Math.min(delays.lasting(), losses.bound())));
  }

  /// Share of the packets lost lately, 0 to 1, by transport-wide feedback.
  public double loss() {
    return losses.share();
  }

  /// Octets of one kind so far.
  public long octets(PacketKind kind) {
    return octetsOf[kind.ordinal()];
  }

  /// The smoothed round trip, nanoseconds.
  public long roundTrip() {
    return roundTrip;
  }

  /// How long packets wait on the way beyond the shortest way of the last seconds, nanoseconds, by
  /// transport-wide feedback.
  public long queueDelay() {
    return delays.queue();
  }

  /// How much there is to send at most, were the path wide enough: the sum of the best layers
  /// wanted, bit/s. Above it nothing is probed; 0 (the default is unlimited) ends all probing.
  public void useful(long bitsPerSecond, long now) {
    probing.useful(bitsPerSecond);
  }

  /// How long a packet has to wait until it may leave: 0 if it may now. Hot.
  ///
  /// @return nanoseconds
  public long delay(PacketKind kind, long now) {
    return kind.paced() ? pacer.delay(now) : 0;
  }

  /// How many octets of padding or of retransmissions without need should leave now for a probe, 0
  /// for none. To be asked after [#tick] and [#feedback], when what waited has left; whoever has
  /// sent some asks again. Packets of 200 to 1,200 octets, no more than asked for by half of one.
  public int padding(long now) {
    boolean expired = probing.expired(now);
    boolean calm = now - log.latest() < IDLE && !(transportWide && losses.high());
    if (probing.begin(estimate, calm, now) || expired) {
      pacer.rate(estimate, probing.rate());
    }
    return probing.due(now);
  }

  /// When it next wants to be ticked, or [Engine#NEVER].
  public long deadline() {
    if (!departed || ticked - log.latest() > IDLE) {
      return Engine.NEVER;
    }
    return probing.deadline(estimate, ticked + TICK);
  }

  /// Time has reached [#deadline]; thereafter [#estimate] may be another and [#padding] wants to be
  /// asked.
  public void tick(long now) {
    ticked = now;
    if (transportWide && silent(now)) {
      silenced = now;
      delays.aimd().atMost(SILENT_CUT * delays.aimd().rate(), now);
      probing.cut(delays.aimd().rate(), now);
      settle();
    }
  }

  private boolean silent(long now) {
    return log.latest() - heard > SILENCE + roundTrip && now - silenced > SECOND / 2;
  }
}
