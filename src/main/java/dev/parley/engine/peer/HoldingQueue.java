package dev.parley.engine.peer;

/// Packets that wait, in their order. Confined to the peer's loop.
final class HoldingQueue {
  private Held first;
  private Held last;
  private int octets;

  void add(Held held) {
    octets += held.header + held.payload;
    if (first == null) {
      first = held;
    } else {
      last.next = held;
    }
    last = held;
  }

  /// The first, or null.
  Held first() {
    return first;
  }

  /// Takes the first out; there is one.
  Held poll() {
    Held taken = first;
    first = taken.next;
    taken.next = null;
    octets -= taken.header + taken.payload;
    return taken;
  }

  boolean isEmpty() {
    return first == null;
  }

  int octets() {
    return octets;
  }
}
