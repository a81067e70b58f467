package dev.parley.engine.congestion;

/// Packets sent at a rate above the estimate, and what their arrival tells of the path: one probe
/// cluster. Confined to the loop of its peer; used again for the next one.
final class ProbeCluster {
  private static final long TIME = 25 * RateWindow.MILLISECOND;

  /// Packets of others that come in between are few and uneven.
  private static final long LONG_TIME = 50 * RateWindow.MILLISECOND;

  private static final int LEAST_OCTETS = 3_000;
  private static final int LEAST_PACKETS = 5;

  /// Nobody has sent what was asked for.
  private static final long PATIENCE = 200 * RateWindow.MILLISECOND;

  /// No feedback.
  private static final long ANSWER = RateWindow.SECOND;

  private static final double ARRIVED = 0.7;

  /// Left slower than this share of the rate: it was media alone.
  private static final double LEFT = 0.6;

  /// Arrived slower than this share of the rate sent: the path was full, and its rate is known.
  private static final double FULL = 0.94;

  private static final double USED = 0.95;

  /// What came of chance bursts beyond the rate tried does not count beyond this.
  private static final double MORE = 1.05;

  private static final long SHORTEST = RateWindow.MILLISECOND;

  private boolean sending;
  private boolean awaiting;
  private int id;
  private double rate;
  private long begun;
  private int goal;
  private int sentOctets;
  private int sentPackets;
  private long lastNumber;
  private int octets;
  private int packets;
  private long firstSent;
  private long lastSent;
  private long firstArrival;
  private long lastArrival;
  private int lastSentOctets;
  private int firstArrivedOctets;
  private boolean full;
  private boolean unsent;

  /// @param longer to be surer of what it finds
  void begin(double bitsPerSecond, boolean longer, long now) {
    sending = true;
    awaiting = false;
    unsent = false;
    id = id % 255 + 1;
    rate = bitsPerSecond;
    begun = now;
    goal =
        (int)
            Math.max(
                LEAST_OCTETS, bitsPerSecond / 8 * (longer ? LONG_TIME : TIME) / RateWindow.SECOND);
    sentOctets = 0;
    sentPackets = 0;
    octets = 0;
    packets = 0;
  }

  /// What packets that leave now are marked with, 0 for none.
  int id() {
    return sending ? id : 0;
  }

  boolean sending() {
    return sending;
  }

  /// Whether it is being sent or its answer is awaited.
  boolean busy() {
    return sending || awaiting;
  }

  /// bit/s.
  double rate() {
    return rate;
  }

  /// Nanoseconds it takes to send.
  long time() {
    return (long) (8.0 * goal / rate * RateWindow.SECOND);
  }

  /// A packet left with its mark.
  void departed(long number, int size, long now) {
    sentOctets += size;
    sentPackets++;
    lastNumber = number;
    if (sentOctets >= goal && sentPackets >= LEAST_PACKETS) {
      sending = false;
      awaiting = true;
    }
  }

  /// Octets that should have left by now.
  int due(long now) {
    double elapsed = (now - begun) / (double) RateWindow.SECOND;
    double ahead = (double) goal / LEAST_PACKETS;
    double due = Math.min(rate / 8 * elapsed + ahead, Math.max(goal, sentOctets + ahead));
    return Math.max(0, (int) (due - sentOctets));
  }

  /// When the next octets will be due.
  long nextDue() {
    return begun + (long) (8.0 * sentOctets / rate * RateWindow.SECOND);
  }

  /// Gives up what takes too long.
  ///
  /// @return whether it did
  boolean expire(long now) {
    boolean late =
        sending && now - begun > time() + PATIENCE || awaiting && now - begun > ANSWER + time();
    if (late) {
      unsent = sending;
      sending = false;
      awaiting = false;
    }
    return late;
  }

  /// Whether what was asked for did not leave, or far too slowly: nobody pads.
  boolean unsent() {
    return unsent;
  }

  /// A packet with a mark has arrived.
  void arrived(int mark, long sent, long arrival, int size) {
    if (mark != id || !busy()) {
      return;
    }
    if (packets == 0 || arrival - firstArrival < 0) {
      firstArrival = arrival;
      firstArrivedOctets = size;
    }
    if (packets == 0 || arrival - lastArrival > 0) {
      lastArrival = arrival;
    }
    if (packets == 0 || sent - firstSent < 0) {
      firstSent = sent;
    }
    if (packets == 0 || sent - lastSent >= 0) {
      lastSent = sent;
      lastSentOctets = size;
    }
    packets++;
    octets += size;
  }

  /// Feedback has told of all packets before this one.
  ///
  /// @return what the path carries, bit/s; 0 if that is not known yet; negative if it will not be
  double result(long covered) {
    if (!awaiting || covered <= lastNumber) {
      return 0;
    }
    awaiting = false;
    if (packets < ARRIVED * sentPackets) {
      return -1;
    }
    long arrivalTime = Math.max(SHORTEST, lastArrival - firstArrival);
    long sendTime = Math.max(SHORTEST, lastSent - firstSent);
    double in = 8.0 * (octets - lastSentOctets) * RateWindow.SECOND / sendTime;
    double out = 8.0 * (octets - firstArrivedOctets) * RateWindow.SECOND / arrivalTime;
    unsent = in < LEFT * rate;
    // Media that leaves in bursts may make it faster than it was to be.
    full = out < FULL * Math.min(in, rate);
    // What arrives much faster than it left was held up and let go on the way.
    return out > 2 * in ? -1 : full ? USED * out : Math.min(Math.min(in, out), MORE * rate);
  }

  /// Whether the last result is the rate of a path that was full.
  boolean full() {
    return full;
  }
}
