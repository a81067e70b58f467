package dev.parley.engine.sfu;

/// Where the last two key frames of a [PacketRing] begin. Confined to the loop of the ring.
///
/// Two, so that while the last one is not whole (a packet is lost and asked for) the one before can
/// still be started from.
final class KeyFrames {
  private final PacketRing ring;
  private long last = PacketRing.NONE;
  private long before = PacketRing.NONE;
  private int lastTimestamp;

  KeyFrames(PacketRing ring) {
    this.ring = ring;
  }

  void note(long sequence, int timestamp) {
    if (last == PacketRing.NONE || timestamp - lastTimestamp > 0) {
      before = last;
      last = sequence;
      lastTimestamp = timestamp;
    } else if (timestamp == lastTimestamp) {
      // Its packets may come out of order, or name the beginning more than once.
      last = Math.min(last, sequence);
    }
  }

  long last() {
    return whole(last) ? last : whole(before) ? before : PacketRing.NONE;
  }

  void forget() {
    last = PacketRing.NONE;
    before = PacketRing.NONE;
  }

  /// Whether every packet is there from the first to the end of the frame, or to the highest.
  private boolean whole(long first) {
    int slot = ring.find(first);
    if (first == PacketRing.NONE || slot == PacketRing.NONE) {
      return false;
    }
    int timestamp = ring.timestamp(slot);
    long next = first;
    while (slot != PacketRing.NONE && ring.timestamp(slot) == timestamp && !ring.marker(slot)) {
      if (next == ring.highest()) {
        return true;
      }
      slot = ring.find(++next);
    }
    return slot != PacketRing.NONE;
  }
}
