package dev.parley.socket;

import dev.parley.signal.Notice;
import java.util.List;

/// How a door writes what signaling tells.
@FunctionalInterface
public interface Spelling {
  /// A notice as frames, in order; none where this door does not tell it. Called for one notice
  /// after the other, in order.
  ///
  /// @param seq its number, or 0
  List<Frame> spell(Notice notice, long seq);
}
