package dev.parley.observe;

import dev.parley.media.Counter;
import dev.parley.media.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.ToLongFunction;
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
      offer(readings, loops, counter.label(), counter.meaning(), each -> each.of(counter));
    }
    for (LoopGauge gauge : LoopGauge.values()) {
      offer(readings, loops, gauge.label(), gauge.meaning(), gauge::of);
    }
  }

  /// Registers a figure of each loop.
  private void offer(
      Readings readings, int loops, String label, String meaning, ToLongFunction<Snapshot> figure) {
    Metadata metadata = described("loop_" + label, meaning);
    for (int loop = 0; loop < loops; loop++) {
      int number = loop;
      registry.gauge(
          metadata,
          readings,
          r -> value(r, number, figure),
          new Tag("loop", Integer.toString(loop)));
    }
  }

  private static Metadata described(String name, String meaning) {
    return Metadata.builder().withName(PREFIX + name).withDescription(meaning).build();
  }

  private static long value(Readings readings, int loop, ToLongFunction<Snapshot> figure) {
    for (Snapshot snapshot : readings.loops()) {
      if (snapshot.loop() == loop) {
        return figure.applyAsLong(snapshot);
      }
    }
    return 0;
  }
}
