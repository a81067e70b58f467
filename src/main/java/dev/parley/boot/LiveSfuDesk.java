package dev.parley.boot;

import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.signal.MediaPort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/// The selective forwarding unit as signaling works it: its [Placement] chooses the loop.
/// Thread-safe; never waits.
@ApplicationScoped
public class LiveSfuDesk implements MediaPort {
  private Placement placement;

  /// From now on there are loops.
  ///
  /// @param spread peers of a room on one loop before another is taken
  synchronized void serve(Loops loops, int spread) {
    List<Lane> lanes =
        IntStream.range(0, loops.loops()).mapToObj(loop -> new Lane(loops, loop)).toList();
    placement = new Placement(lanes.size(), spread, (loop, order) -> lanes.get(loop).order(order));
  }

  /// The loops are about to end.
  synchronized void stop() {
    placement = null;
  }

  /// What the loops tell; before signaling hears of it.
  synchronized void told(SfuEvent event) {
    if (placement != null) {
      placement.told(event);
    }
  }

  @Override
  public synchronized boolean available() {
    return placement != null;
  }

  /// Under a lock, so that no loop gets orders in another order than they were decided in.
  @Override
  public synchronized void order(SfuCommand command) {
    if (placement != null) {
      placement.order(command);
    }
  }
}
