package dev.parley.engine.peer;

/// A packet that waits for its turn: in the clear, and complete but for what [Departures] writes as
/// it leaves. Confined to the loop.
final class Held {
  /// More than any packet on the paths there are.
  static final int SIZE = 1600;

  final byte[] octets = new byte[SIZE];
  Held next;
  int header;
  int payload;
  int sequenceAt;
  int timeAt;
  long since;

  /// Its octets, before it is protected.
  int size() {
    return header + payload;
  }
}
