package dev.parley.engine.sfu;

/// From which packet on a [Gate] has let which layers through: the last few changes, for packets
/// that come late. Confined to the loop of its subscription.
final class GateHistory {
  private static final int CHANGES = 8;

  private final long[] from = new long[CHANGES];
  private final int[] timestamp = new int[CHANGES];
  private final byte[] spatial = new byte[CHANGES];
  private final byte[] temporal = new byte[CHANGES];
  private final byte[] target = new byte[CHANGES];
  private int size;

  /// Nothing before counts.
  void begin(long sequence, int stamp, int spatialLayer, int temporalLayer, int decodeTarget) {
    size = 0;
    add(sequence, stamp, spatialLayer, temporalLayer, decodeTarget);
  }

  /// What holds for this packet, the newest, and those behind it.
  void note(long sequence, int stamp, int spatialLayer, int temporalLayer, int decodeTarget) {
    int last = size - 1 & CHANGES - 1;
    if (size == 0
        || spatial[last] != spatialLayer
        || temporal[last] != temporalLayer
        || target[last] != decodeTarget) {
      add(sequence, stamp, spatialLayer, temporalLayer, decodeTarget);
    }
  }

  private void add(
      long sequence, int stamp, int spatialLayer, int temporalLayer, int decodeTarget) {
    int place = size++ & CHANGES - 1;
    from[place] = sequence;
    timestamp[place] = stamp;
    spatial[place] = (byte) spatialLayer;
    temporal[place] = (byte) temporalLayer;
    target[place] = (byte) decodeTarget;
  }

  /// Which change held for a packet: the last one up to it, or one that its own picture made; the
  /// oldest known for what is older.
  int at(long sequence, int stamp) {
    int oldest = Math.max(0, size - CHANGES);
    for (int i = size - 1; i > oldest; i--) {
      int place = i & CHANGES - 1;
      if (sequence >= from[place] || stamp == timestamp[place]) {
        return place;
      }
    }
    return oldest & CHANGES - 1;
  }

  int spatial(int change) {
    return spatial[change];
  }

  int temporal(int change) {
    return temporal[change];
  }

  int target(int change) {
    return target[change];
  }
}
