package dev.parley.adapter.secure;

import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The handshakes under way on one loop: limited in number, in all and per source, and in time.
///
/// @param <T> the handshakes
final class HalfOpen<T> {
  private final int most;
  private final int mostPerSource;
  private final long nanos;
  // In the order they began, so the overdue ones stand first.
  private final Map<T, Begun> begun = new LinkedHashMap<>();
  private final Map<TransportAddress, Integer> perSource = new HashMap<>();

  HalfOpen(int most, int mostPerSource, long nanos) {
    this.most = most;
    this.mostPerSource = mostPerSource;
    this.nanos = nanos;
  }

  /// Whether one more of this source may begin.
  boolean admits(TransportAddress remote) {
    return begun.size() < most && perSource.getOrDefault(remote.source(), 0) < mostPerSource;
  }

  void begin(T handshake, TransportAddress remote, long now) {
    TransportAddress source = remote.source();
    begun.put(handshake, new Begun(source, now));
    perSource.merge(source, 1, Integer::sum);
  }

  /// Forgets one that has ended in whatever way; nothing happens if it is not under way.
  void end(T handshake) {
    Begun ended = begun.remove(handshake);
    if (ended != null) {
      perSource.computeIfPresent(ended.source(), (source, n) -> n == 1 ? null : n - 1);
    }
  }

  /// Those that should have ended by now; they stay until [#end].
  List<T> overdue(long now) {
    List<T> overdue = new ArrayList<>();
    Iterator<Map.Entry<T, Begun>> oldest = begun.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<T, Begun> one = oldest.next();
      if (now - one.getValue().at() < nanos) {
        break;
      }
      overdue.add(one.getKey());
    }
    return overdue;
  }

  int size() {
    return begun.size();
  }

  private record Begun(TransportAddress source, long at) {}
}
