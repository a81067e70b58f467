package dev.parley.signal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The numbered notices of one session that a resume can repeat, within bounds.
final class Retained {
  /// A notice with its number, counting from 1.
  record Numbered(long seq, Notice notice) {}

  private final ArrayDeque<Numbered> kept = new ArrayDeque<>(4);
  private final int mostNotices;
  private final int mostBytes;
  private long last;
  private long weight;

  Retained(int mostNotices, int mostBytes) {
    this.mostNotices = mostNotices;
    this.mostBytes = mostBytes;
  }

  /// Numbers a notice and keeps it; the oldest make room.
  long keep(Notice notice) {
    kept.addLast(new Numbered(++last, notice));
    weight += notice.weight();
    while (kept.size() > mostNotices || weight > mostBytes && kept.size() > 1) {
      drop();
    }
    return last;
  }

  long last() {
    return last;
  }

  /// Forgets what the client says it has seen.
  void seen(long seq) {
    while (!kept.isEmpty() && kept.peekFirst().seq() <= seq) {
      drop();
    }
  }

  /// Whether everything after `seq` is still here.
  boolean covers(long seq) {
    return seq >= 0 && seq <= last && last - seq <= kept.size();
  }

  List<Numbered> missed() {
    return new ArrayList<>(kept);
  }

  private void drop() {
    weight -= kept.removeFirst().notice().weight();
  }
}
