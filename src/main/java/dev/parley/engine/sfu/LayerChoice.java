package dev.parley.engine.sfu;

import dev.parley.media.Preference;
import java.util.ArrayList;
import java.util.List;

/// Which rungs of a track's [Ladder] a receiver has use for: none larger than the smallest that is
/// as large as what it shows, none faster than the slowest that is as fast as it wants. Confined to
/// the loop of the room.
final class LayerChoice {
  /// A picture may be shown so much larger than it is before anybody sees it.
  private static final double LARGER = 1.125;

  /// Frame rates are measured, and vary.
  private static final double SLOWER = 0.9;

  /// Below this part of its frame rate a picture stutters: rather a smaller one at full rate.
  private static final double STUTTER = 0.4;

  private LayerChoice() {}

  /// @param rungs the lower first
  /// @return what is useful, the lower first, each dearer than the one before; none of no rungs or
  ///   where nothing is shown
  static List<Rung> useful(List<Rung> rungs, Preference preference) {
    if (rungs.isEmpty() || !preference.visible()) {
      return List.of();
    }
    Rung largest = largest(rungs, preference);
    List<Rung> useful = new ArrayList<>();
    Rung above = null;
    for (int i = rungs.indexOf(largest); i >= 0; i--) {
      Rung rung = rungs.get(i);
      boolean lowest =
          rung.layer() == rungs.getFirst().layer() && spatially(rung, rungs.getFirst());
      if (fast(rungs, i, preference)
          || above != null && rung.bitrate() >= above.bitrate()
          || above != null && !lowest && stutters(rungs, rung)) {
        continue;
      }
      useful.addFirst(rung);
      above = rung;
    }
    return useful;
  }

  /// The best of the smallest size that suits; the best of all where none does.
  private static Rung largest(List<Rung> rungs, Preference preference) {
    Rung found = null;
    for (Rung rung : rungs) {
      if (found != null && suits(found, preference) && !sameSize(rung, found)) {
        return found;
      }
      found = rung;
    }
    return found;
  }

  private static boolean sameSize(Rung one, Rung other) {
    return one.width() == other.width() && one.height() == other.height();
  }

  /// Whether two rungs differ in frame rate alone.
  private static boolean spatially(Rung one, Rung other) {
    return one.layer() == other.layer() && one.spatial() == other.spatial();
  }

  static boolean suits(int width, int height, Preference preference) {
    return width * LARGER >= preference.width() && height * LARGER >= preference.height();
  }

  private static boolean suits(Rung rung, Preference preference) {
    return suits(rung.width(), rung.height(), preference);
  }

  /// Whether the rung below, of the same size, is as fast as is wanted.
  private static boolean fast(List<Rung> rungs, int i, Preference preference) {
    int wanted = preference.framesPerSecond();
    return wanted > 0
        && i > 0
        && spatially(rungs.get(i), rungs.get(i - 1))
        && rungs.get(i - 1).framesPerSecond() >= SLOWER * wanted;
  }

  private static boolean stutters(List<Rung> rungs, Rung rung) {
    double full = 0;
    for (Rung each : rungs) {
      full = spatially(each, rung) ? Math.max(full, each.framesPerSecond()) : full;
    }
    return rung.framesPerSecond() < STUTTER * full;
  }
}
