package dev.parley.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the loops of a server have done so far, as they tell once a second.
///
/// @param at of this clock, in nanoseconds
/// @param busy nanoseconds of each loop
/// @param carried packets taken from other loops
/// @param refused packets that other loops could not take
/// @param paced packets that did not leave at once, since congestion control would not have it
record RoomsWork(long at, List<Long> busy, long carried, long refused, long paced) {
  static RoomsWork of(RoomsServer server) {
    return new RoomsWork(
        System.nanoTime(),
        server.metrics("busy_nanoseconds"),
        server.metric("sfu_carried_in"),
        server.metric("loop_pass_failures"),
        server.metric("sfu_paced"));
  }

  /// What part of the time since then a loop was not waiting.
  double share(RoomsWork before, int loop) {
    return (double) (busy.get(loop) - before.busy.get(loop)) / (at - before.at);
  }

  /// The same of each, in percent.
  String shares(RoomsWork before) {
    return IntStream.range(0, busy.size())
        .mapToObj(loop -> "%.0f %%".formatted(100 * share(before, loop)))
        .collect(Collectors.joining(", "));
  }
}
