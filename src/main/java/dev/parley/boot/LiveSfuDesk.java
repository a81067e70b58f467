package dev.parley.boot;

import dev.parley.media.SfuCommand;
import dev.parley.signal.MediaPort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/// The selective forwarding unit as signaling works it: the name of a room chooses its loop.
/// Thread-safe; never waits.
@ApplicationScoped
public class LiveSfuDesk implements MediaPort {
  private volatile List<Lane> lanes = List.of();

  /// From now on there are loops.
  void serve(Loops loops) {
    lanes = IntStream.range(0, loops.loops()).mapToObj(loop -> new Lane(loops, loop)).toList();
  }

  /// The loops are about to end.
  void stop() {
    lanes = List.of();
  }

  @Override
  public boolean available() {
    return !lanes.isEmpty();
  }

  @Override
  public void order(SfuCommand command) {
    List<Lane> now = lanes;
    if (!now.isEmpty()) {
      now.get(Math.floorMod(command.room().hashCode(), now.size())).order(command);
    }
  }
}
