package dev.parley.engine.peer;

/// The flows for which packets wait, each in its turn: deficit round robin (Shreedhar and Varghese,
/// 1996), so that each gets the same share in octets whatever the others bring. Confined to the
/// peer's loop.
final class Turns {
  /// Octets of a turn: a packet of a common size, so that a small flow waits for one packet of each
  /// of the others.
  private static final int TURN = 1_500;

  private Flow first;
  private Flow last;
  private int octets;
  private int packets;

  void add(Flow flow, Held held) {
    if (flow.isEmpty()) {
      flow.credit = TURN;
      append(flow);
    }
    flow.add(held);
    octets += held.size();
    packets++;
  }

  /// Whose first packet is to leave next, or null.
  Flow next() {
    while (first != null && first.credit < first.first().size()) {
      Flow had = first;
      had.credit += TURN;
      remove(had);
      append(had);
    }
    return first;
  }

  /// The flow with most octets waiting, or null.
  Flow longest() {
    Flow longest = first;
    for (Flow flow = first; flow != null; flow = flow.next) {
      longest = flow.octets() > longest.octets() ? flow : longest;
    }
    return longest;
  }

  /// Takes a flow's first packet out; there is one.
  ///
  /// @param leaves whether it leaves, which is what the turn is counted by
  Held poll(Flow flow, boolean leaves) {
    Held taken = flow.poll();
    octets -= taken.size();
    packets--;
    if (leaves) {
      flow.credit -= taken.size();
    }
    if (flow.isEmpty()) {
      remove(flow);
    }
    return taken;
  }

  boolean isEmpty() {
    return first == null;
  }

  int octets() {
    return octets;
  }

  int packets() {
    return packets;
  }

  private void append(Flow flow) {
    if (first == null) {
      first = flow;
    } else {
      last.next = flow;
    }
    last = flow;
  }

  private void remove(Flow flow) {
    Flow before = null;
    for (Flow one = first; one != flow; one = one.next) {
      before = one;
    }
    if (before == null) {
      first = flow.next;
    } else {
      before.next = flow.next;
    }
    last = last == flow ? before : last;
    flow.next = null;
  }
}
