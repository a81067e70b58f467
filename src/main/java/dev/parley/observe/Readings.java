package dev.parley.observe;

import dev.parley.media.Snapshot;
import java.util.List;

/// Where the figures come from; boot, which sees both halves, implements it.
public interface Readings {
  /// The counters of every event loop, by loop number.
  List<Snapshot> loops();

  /// The present value of a gauge.
  long of(Gauge gauge);

  /// Whether the database answers a trivial query within a second.
  boolean databaseAnswers();

  /// Listeners that could not be bound, as text for an administrator; empty where all serve.
  List<String> troubles();

  /// What else an administrator should know; it keeps nobody from being served.
  List<String> notes();
}
