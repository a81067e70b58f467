package dev.parley.engine.sfu;

/// Gives the packets of one subscription their place in one outgoing RtpStream: sequence number,
/// timestamp and picture numbers without a break across mute, drop and switch of source (RFC 3550
/// section 5.1, RFC 7667 section 3.7).
///
/// Confined to the loop of its subscription. A source is one incoming RtpStream under a number the
/// caller chooses; sequence numbers are the extended ones of its [PacketRing]. The rules:
///
/// - [#start] begins with a packet of a new source, or anew after a pause: the sequence goes on by
///   one, the timestamp by the time that passed between the two arrivals, by a frame at least. For
///   video it must be the first packet of a key frame; that is the caller's to know.
/// - [#forward] passes a packet of that source. What the source lost stays a gap, so that the
///   receiver asks for it, and a late packet falls into its place. Packets from before the start
///   and of other sources have no place.
/// - [#drop] takes a packet out and closes the gap. A late one cannot be taken out any more, since
///   its number has already been passed over: it says so and should be forwarded all the same, or
///   the receiver waits for it.
/// - [#recall] finds what an outgoing number was, for retransmission.
///
/// After one of them says true, the rewriter *stands* at that packet, and [#sequence],
/// [#timestamp], [#pictureId] and the others speak of it until the next call.
public final class Rewriter {
  /// No picture id or TL0PICIDX in the packet.
  public static final int NONE = Pictures.NONE;

  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST_ADVANCE = 1L << 30;

  private final int clockRate;
  private final int frame;
  private final Runs runs;
  private final Pictures pictures = new Pictures();
  private final int firstTimestamp;
  private long nextSequence;
  private int source = NONE;
  private long since;
  private long begun;
  private long highest;
  private boolean dropping;
  private int lastTimestamp;
  private long lastArrival;
  private int run;
  private long outgoing;

  /// @param clockRate ticks of the RTP clock a second
  /// @param frame ticks by which the timestamp advances at least on a switch
  /// @param history runs remembered for retransmission, a power of two: a drop or a switch costs
  ///   one
  /// @param firstSequence of the first packet out, 0 to 65535; should be random (RFC 3550 section
  ///   5.1) and below 32768 (RFC 3711 section 3.3.1: an early loss must not confuse rollover)
  /// @param firstTimestamp of the first packet out; should be random
  public Rewriter(int clockRate, int frame, int history, int firstSequence, int firstTimestamp) {
    this.clockRate = clockRate;
    this.frame = frame;
    this.firstTimestamp = firstTimestamp;
    runs = new Runs(history);
    nextSequence = firstSequence;
  }

  /// For video of 90 kHz. 64 runs remember 4 seconds where every second picture is dropped.
  public static Rewriter forVideo(int firstSequence, int firstTimestamp) {
    return new Rewriter(90_000, 3_000, 64, firstSequence, firstTimestamp);
  }

  /// For audio in packets of 20 ms.
  public static Rewriter forAudio(int clockRate, int firstSequence, int firstTimestamp) {
    return new Rewriter(clockRate, clockRate / 50, 8, firstSequence, firstTimestamp);
  }

  /// Begins here: see the class. A packet without picture numbers.
  public void start(int from, long sequence, int timestamp, long arrival) {
    start(from, sequence, timestamp, arrival, NONE, NONE, NONE);
  }

  /// Begins with this packet and stands at it.
  ///
  /// @param arrival when it arrived, which may be some time ago
  /// @param picture its picture id, or [#NONE]
  /// @param tl0 its TL0PICIDX, or [#NONE]
  /// @param frame the frame number of its dependency descriptor, or [#NONE]
  public void start(
      int from, long sequence, int timestamp, long arrival, int picture, int tl0, int frame) {
    int offset = firstTimestamp - timestamp;
    if (!runs.isEmpty()) {
      runs.close(highest + 1);
      nextSequence = runs.behind(runs.last());
      offset = lastTimestamp + advance(arrival) - timestamp;
    }
    pictures.start(picture, tl0, frame);
    source = from;
    since = sequence;
    highest = sequence;
    dropping = false;
    lastTimestamp = timestamp + offset;
    lastArrival = arrival;
    run = runs.open(from, sequence, nextSequence, offset, pictures);
    outgoing = nextSequence;
    begun = nextSequence;
  }

  /// Passes a packet without picture numbers.
  public boolean forward(int from, long sequence, int timestamp, long arrival) {
    return forward(from, sequence, timestamp, arrival, NONE, NONE, NONE);
  }

  /// Passes a packet on and stands at it; false if it has no place.
  public boolean forward(
      int from, long sequence, int timestamp, long arrival, int picture, int tl0, int frame) {
    if (from != source) {
      return false;
    }
    if (sequence <= highest) {
      return late(sequence);
    }
    if (dropping) {
      resume();
    }
    run = runs.last();
    outgoing = runs.outgoing(run, sequence);
    highest = sequence;
    pictures.forwarded(picture, tl0, frame);
    int stamp = timestamp + runs.timestampOffset(run);
    if (stamp != lastTimestamp) {
      lastTimestamp = stamp;
      lastArrival = arrival;
    }
    return true;
  }

  /// Takes a packet out of the stream.
  ///
  /// @param picture the picture id whose gap is to be closed too, or [#NONE]
  /// @return true if that is too late: the rewriter stands at the packet, which should go out
  public boolean drop(int from, long sequence, int picture) {
    if (from != source) {
      return false;
    }
    if (sequence <= highest) {
      return late(sequence);
    }
    runs.close(sequence);
    dropping = true;
    highest = sequence;
    pictures.dropped(picture);
    return false;
  }

  /// Stands at the packet that went out, or should have, under a 16-bit number; false if it is
  /// unknown or forgotten.
  public boolean recall(int number) {
    if (runs.isEmpty()) {
      return false;
    }
    long newest = highestOutgoing();
    long asked = newest - (newest - number & 0xffff);
    int holder = runs.ofOutgoing(asked);
    if (holder == Runs.NONE) {
      return false;
    }
    run = holder;
    outgoing = asked;
    return true;
  }

  /// The extended outgoing sequence number of the packet it stands at: its lowest 16 bits go into
  /// the header, the others are the rollover counter of SRTP.
  public long sequence() {
    return outgoing;
  }

  /// The source of the packet it stands at.
  public int source() {
    return runs.source(run);
  }

  /// Whether the packet it stands at is from before the last start: for video the key frame that
  /// went out then has made it useless.
  public boolean superseded() {
    return outgoing < begun;
  }

  /// The extended incoming sequence number of the packet it stands at.
  public long incoming() {
    return runs.incoming(run, outgoing);
  }

  /// The outgoing timestamp for the incoming one of the packet it stands at.
  public int timestamp(int incoming) {
    return incoming + runs.timestampOffset(run);
  }

  /// The outgoing picture id, 16 bits of which a field of 15 or 7 takes the lowest.
  public int pictureId(int incoming) {
    return incoming + runs.pictureOffset(run) & 0xffff;
  }

  /// Whether picture id, TL0PICIDX and frame number of the packet it stands at stay what they are.
  public boolean keepsPictures() {
    return runs.keepsPictures(run);
  }

  /// The outgoing TL0PICIDX, 8 bits.
  public int tl0PicIdx(int incoming) {
    return incoming + runs.tl0Offset(run) & 0xff;
  }

  /// The outgoing frame number of a dependency descriptor, 16 bits.
  public int frameNumber(int incoming) {
    return incoming + runs.frameOffset(run) & 0xffff;
  }

  /// Whether anything has gone out.
  public boolean started() {
    return !runs.isEmpty();
  }

  /// What turns a timestamp of the current source into an outgoing one, by adding; for sender
  /// reports.
  public int timestampOffset() {
    return runs.isEmpty() ? 0 : runs.timestampOffset(runs.last());
  }

  /// The outgoing timestamp of the newest packet.
  public int lastTimestamp() {
    return lastTimestamp;
  }

  /// When the first packet with [#lastTimestamp] arrived.
  public long lastArrival() {
    return lastArrival;
  }

  private long highestOutgoing() {
    int last = runs.last();
    return dropping ? runs.behind(last) - 1 : runs.outgoing(last, highest);
  }

  private boolean late(long sequence) {
    int holder = sequence < since ? Runs.NONE : runs.ofIncoming(sequence);
    if (holder == Runs.NONE) {
      return false;
    }
    run = holder;
    outgoing = runs.outgoing(holder, sequence);
    return true;
  }

  /// Packets missing between the last dropped one and this one keep their places: they may belong
  /// to what is not dropped.
  private void resume() {
    int last = runs.last();
    int stamps = runs.timestampOffset(last);
    pictures.resume();
    runs.open(source, highest + 1, runs.behind(last), stamps, pictures);
    dropping = false;
  }

  private int advance(long arrival) {
    long passed = Math.max(0, arrival - lastArrival);
    long seconds = passed / SECOND;
    long ticks = seconds * clockRate + passed % SECOND * clockRate / SECOND;
    return (int) Math.clamp(ticks, frame, LONGEST_ADVANCE);
  }
}
