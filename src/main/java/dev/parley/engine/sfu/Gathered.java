package dev.parley.engine.sfu;

/// Packets of one track that came together: most often the parts of one frame. Confined to the
/// loop.
final class Gathered {
  /// The parts of most frames; a larger one goes in pieces.
  private static final int MOST = 32;

  private final Layer[] layer = new Layer[MOST];
  private final int[] slot = new int[MOST];
  private final boolean[] begins = new boolean[MOST];
  private final byte[] padding = new byte[MOST];
  private int size;
  private int carried;

  void add(Layer from, int at, boolean beginning) {
    if (layer[size] != from) {
      layer[size] = from;
    }
    slot[size] = at;
    begins[size] = beginning;
    padding[size] = 0;
    size++;
  }

  boolean full() {
    return size == MOST;
  }

  int size() {
    return size;
  }

  /// Encoders cut a frame into parts that differ by an octet. Those that lack one are to get an
  /// octet of padding (RFC 3550, section 5.1), since the kernel sends equal packets as one.
  void even() {
    for (int first = 0; first < size; ) {
      int next = endOfFrame(first);
      int longest = 0;
      for (int i = first; i < next; i++) {
        longest = Math.max(longest, length(i));
      }
      for (int i = first; i < next && next - first > 1; i++) {
        padding[i] = (byte) (length(i) == longest - 1 && roomBehind(i) ? 1 : 0);
      }
      first = next;
    }
  }

  private int endOfFrame(int first) {
    int timestamp = layer[first].ring().timestamp(slot[first]);
    int next = first + 1;
    while (next < size
        && layer[next] == layer[first]
        && layer[next].ring().timestamp(slot[next]) == timestamp) {
      next++;
    }
    return next;
  }

  private int length(int i) {
    return layer[i].ring().payloadLength(slot[i]);
  }

  private boolean roomBehind(int i) {
    PacketRing ring = layer[i].ring();
    return length(i) > 0 && ring.headerLength(slot[i]) + length(i) < ring.room();
  }

  /// Hands all to one receiver.
  void forward(Subscription to, long now) {
    for (int i = 0; i < size; i++) {
      to.forward(layer[i], slot[i], begins[i], padding[i], now);
    }
  }

  /// Hands to other branches what they have not had yet.
  ///
  /// @return whether there was anything
  boolean carry(Legs to, long now) {
    boolean any = carried < size;
    while (carried < size) {
      int next = carried++;
      to.forward(layer[next], slot[next], begins[next], now);
    }
    return any;
  }

  /// References stay: the next packets come from the same layer.
  void clear() {
    size = 0;
    carried = 0;
  }
}
