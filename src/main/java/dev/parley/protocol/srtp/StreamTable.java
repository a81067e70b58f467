package dev.parley.protocol.srtp;

/// The streams of a direction by SSRC, found without garbage. Confined to one thread.
///
/// Open addressing with linear probing, at most half full.
public final class StreamTable<T> {
  private static final int SMALLEST = 8;

  /// 2^32 divided by the golden ratio: spreads SSRCs that differ in few bits.
  private static final int SPREAD = 0x9e37_79b9;

  private int[] ssrcs = new int[SMALLEST];
  private Object[] streams = new Object[SMALLEST];
  private int size;

  public int size() {
    return size;
  }

  /// The stream of an SSRC, or null.
  public T find(int ssrc) {
    return at(place(ssrc));
  }

  /// Adds or replaces the stream of an SSRC.
  public void put(int ssrc, T stream) {
    int place = place(ssrc);
    if (streams[place] == null) {
      size++;
    }
    ssrcs[place] = ssrc;
    streams[place] = stream;
    if (2 * size > streams.length) {
      rebuild(2 * streams.length);
    }
  }

  /// Whether there was a stream to take out.
  public boolean remove(int ssrc) {
    int place = place(ssrc);
    if (streams[place] == null) {
      return false;
    }
    streams[place] = null;
    // The run of entries behind it may have stepped over this place.
    rebuild(streams.length);
    return true;
  }

  @SuppressWarnings("unchecked")
  private T at(int place) {
    return (T) streams[place];
  }

  private int place(int ssrc) {
    int mask = streams.length - 1;
    int spread = ssrc * SPREAD;
    int place = (spread ^ spread >>> 16) & mask;
    while (streams[place] != null && ssrcs[place] != ssrc) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void rebuild(int capacity) {
    int[] oldSsrcs = ssrcs;
    Object[] oldStreams = streams;
    ssrcs = new int[capacity];
    streams = new Object[capacity];
    size = 0;
    for (int i = 0; i < oldStreams.length; i++) {
      if (oldStreams[i] != null) {
        int place = place(oldSsrcs[i]);
        ssrcs[place] = oldSsrcs[i];
        streams[place] = oldStreams[i];
        size++;
      }
    }
  }
}
