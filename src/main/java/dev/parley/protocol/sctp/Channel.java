package dev.parley.protocol.sctp;

/// One data channel: a pair of streams with the same identifier (RFC 8831, section 6.4).
final class Channel {
  /// How far it is.
  enum State {
    OPEN,
    /// This end sends nothing more on it, and its stream will be reset.
    CLOSING,
    CLOSED
  }

  final int id;
  final ChannelParameters parameters;
  State state = State.OPEN;
  ChannelEnd why;
  // Whether the peer knows of it: it has opened it, acknowledged it, or sent something on it.
  boolean acknowledged;
  // Whether the owner knows that the peer does.
  boolean told;

  // Outgoing.
  int nextSsn;
  OutMessage first;
  OutMessage last;
  boolean scheduled;
  long buffered;
  long lowMark;
  // Whether it has fallen to its low mark and that was not told yet.
  boolean low;
  // Its reset: asked for, and done.
  boolean resetting;
  boolean resetOut;

  // Incoming.
  int expectedSsn;
  Waiting waiting;
  Waiting latest;
  boolean resetIn;

  /// @param parameters null where an opening was refused and its stream is only to be reset
  Channel(int id, ChannelParameters parameters) {
    this.id = id;
    this.parameters = parameters;
  }

  boolean open() {
    return state == State.OPEN;
  }

  /// A whole message that waits in the arrivals for one before it (RFC 9260, section 6.6).
  static final class Waiting {
    final int ssn;
    final int first;
    final int last;
    Waiting next;

    Waiting(int ssn, int first, int last) {
      this.ssn = ssn;
      this.first = first;
      this.last = last;
    }
  }

  /// Keeps the messages that wait in the order of their SSNs; mostly the new one is the last.
  void wait(Waiting message) {
    if (latest == null || Serial.ssnAfter(message.ssn, latest.ssn)) {
      append(message);
      return;
    }
    Waiting before = null;
    Waiting after = waiting;
    while (after != null && Serial.ssnAfter(message.ssn, after.ssn)) {
      before = after;
      after = after.next;
    }
    message.next = after;
    if (before == null) {
      waiting = message;
    } else {
      before.next = message;
    }
    if (after == null) {
      latest = message;
    }
  }

  private void append(Waiting message) {
    if (latest == null) {
      waiting = message;
    } else {
      latest.next = message;
    }
    latest = message;
  }

  /// The first of those that wait, or null; it does not any more.
  void forgetFirst() {
    waiting = waiting.next;
    if (waiting == null) {
      latest = null;
    }
  }

  void forgetWaiting() {
    waiting = null;
    latest = null;
  }
}
