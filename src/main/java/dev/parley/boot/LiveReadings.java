package dev.parley.boot;

import dev.parley.hook.Courier;
import dev.parley.media.Counter;
import dev.parley.media.Snapshot;
import dev.parley.observe.Gauge;
import dev.parley.observe.Readings;
import dev.parley.room.Ledger;
import dev.parley.signal.Signaling;
import dev.parley.signal.Traffic;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;

/// The figures of both halves for metrics and health, read where they are kept.
@ApplicationScoped
public class LiveReadings implements Readings {
  @Resource(lookup = "java:app/jdbc/parley")
  private DataSource database;

  private final Signaling signaling;
  private final Ledger ledger;
  private final Courier courier;
  private volatile MediaHalf media;

  /// For the container's proxy only.
  protected LiveReadings() {
    this(null, null, null);
  }

  @Inject
  public LiveReadings(Signaling signaling, Ledger ledger, Courier courier) {
    this.signaling = signaling;
    this.ledger = ledger;
    this.courier = courier;
  }

  /// From now on there are loops to read.
  void serve(MediaHalf started) {
    media = started;
  }

  @Override
  public List<Snapshot> loops() {
    MediaHalf now = media;
    return now == null ? List.of() : now.snapshots();
  }

  @Override
  public long of(Gauge gauge) {
    Traffic traffic = signaling.traffic();
    return switch (gauge) {
      case SOCKETS -> traffic.sockets();
      case ROOMS -> traffic.meetings();
      case PARTICIPANTS -> traffic.participants();
      case RELAYED -> traffic.relayed();
      case REFUSALS -> traffic.refused();
      case TURN_ALLOCATIONS ->
          sum(Counter.TURN_ALLOCATIONS_MADE) - sum(Counter.TURN_ALLOCATIONS_ENDED);
      case WEBHOOKS_UNWRITTEN -> ledger.unwritten();
      case WEBHOOKS_PENDING -> courier.pending();
      case WEBHOOKS_DEAD -> courier.dead();
      case WEBHOOKS_DELIVERED -> courier.delivered();
      case WEBHOOKS_FAILED -> courier.failed();
      case LOAD -> most(loop -> loop.of(Counter.LOOP_LOAD));
      case LATENESS -> most(loop -> loop.of(Counter.LOOP_LATE));
      case OVERLOAD -> most(LiveReadings::step);
    };
  }

  /// Each time up is one step.
  private static long step(Snapshot loop) {
    return loop.of(Counter.SFU_OVERLOAD_SMALLER)
        + loop.of(Counter.SFU_OVERLOAD_FEWER)
        + loop.of(Counter.SFU_OVERLOAD_FULL)
        - loop.of(Counter.SFU_OVERLOAD_LOWERED);
  }

  private long most(ToLongFunction<Snapshot> of) {
    return loops().stream().mapToLong(of).max().orElse(0);
  }

  private long sum(Counter counter) {
    return loops().stream().mapToLong(loop -> loop.of(counter)).sum();
  }

  @Override
  public boolean databaseAnswers() {
    try (var connection = database.getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public List<String> troubles() {
    MediaHalf now = media;
    return now == null ? List.of("the media half has not started") : now.troubles();
  }

  @Override
  public List<String> notes() {
    return courier.troubles();
  }
}
