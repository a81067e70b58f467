package dev.parley.observe;

import dev.parley.media.Counter;
import dev.parley.media.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/// Offers the figures of both halves at `/metrics` (MicroProfile Metrics): gauges as they are, loop
/// counters by loop.
@ApplicationScoped
public class Metrics {
  private static final String PREFIX = "parley_";

  private final MetricRegistry registry;

  /// For the container's proxy only.
  protected Metrics() {
    this(null);
  }

  @Inject
  public Metrics(MetricRegistry registry) {
    this.registry = registry;
  }

  /// Registers every figure; the label set is complete and fixed from then on.
  ///
  /// @param loops how many event loops there are
  public void offer(Readings readings, int loops) {
    for (Gauge gauge : Gauge.values()) {
      registry.gauge(described(gauge.label(), gauge.meaning()), readings, r -> r.of(gauge));
    }
    for (Counter counter : Counter.values()) {
      Metadata metadata = described("loop_" + counter.label(), counter.meaning());
      for (int loop = 0; loop < loops; loop++) {
        int number = loop;
        registry.gauge(
            metadata,
            readings,
            r -> value(r, number, counter),
            new Tag("loop", Integer.toString(loop)));
      }
    }
  }

  private static Metadata described(String name, String meaning) {
    return Metadata.builder().withName(PREFIX + name).withDescription(meaning).build();
  }

  private static long value(Readings readings, int loop, Counter counter) {
    for (Snapshot snapshot : readings.loops()) {
      if (snapshot.loop() == loop) {
        return snapshot.of(counter);
      }
    }
    return 0;
  }
}
