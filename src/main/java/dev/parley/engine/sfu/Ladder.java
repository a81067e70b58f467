package dev.parley.engine.sfu;

import dev.parley.media.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The [Layer]s of a track in the order of their quality, and the [Rung]s that those make that come
/// by now. Confined to the loop of the room.
///
/// The better of two layers is the larger one, where both say how large they are, else the one of
/// more octets; a switch costs a key frame, so that takes a clear difference. A size that is not
/// told is guessed from the order: each twice the one below, the best of all 1280 by 720.
final class Ladder {
  /// A layer must bring so much more to be taken for the better one.
  private static final double BETTER = 1.3;

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  /// By quality, the lowest first; in the order they came as long as nothing is known.
  private final List<Layer> order = new ArrayList<>(3);

  private List<Rung> rungs = List.of();

  /// A layer is heard for the first time.
  ///
  /// @return the one of the same name whose place it takes, or null
  Layer add(Layer layer) {
    for (int i = 0; i < order.size(); i++) {
      if (Objects.equals(order.get(i).rid(), layer.rid())) {
        return order.set(i, layer);
      }
    }
    order.add(layer);
    return null;
  }

  void remove(Layer layer) {
    order.remove(layer);
    rungs = rungs.stream().filter(rung -> rung.layer() != layer).toList();
  }

  /// All layers, the best last.
  List<Layer> layers() {
    return order;
  }

  /// What comes by now, the better later.
  List<Rung> rungs() {
    return rungs;
  }

  /// The layer of a number, or null.
  Layer layer(int number) {
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i).number() == number) {
        return order.get(i);
      }
    }
    return null;
  }

  /// Some time has passed.
  void tick(double seconds) {
    for (Layer layer : order) {
      layer.meter().tick(seconds);
    }
  }

  /// Looks again what comes, and what is how good.
  void rebuild(long now) {
    sort();
    long newest = newest(now);
    int[] sizes = sizes();
    List<Rung> found = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i).meter().live(newest, now)) {
        add(order.get(i), sizes[2 * i], sizes[2 * i + 1], found);
      }
    }
    rungs = found;
  }

  private long newest(long now) {
    long newest = Long.MIN_VALUE;
    for (Layer layer : order) {
      if (layer.meter().heard()) {
        newest = Math.max(newest, layer.meter().lastAt() - now);
      }
    }
    return newest == Long.MIN_VALUE ? now : now + newest;
  }

  /// Whether anything came since a time.
  boolean heardSince(long time) {
    for (Layer layer : order) {
      if (!layer.meter().heard() || layer.meter().lastAt() - time > 0) {
        return true;
      }
    }
    return false;
  }

  private void sort() {
    for (int i = 1; i < order.size(); i++) {
      for (int j = i; j > 0 && better(order.get(j - 1), order.get(j)); j--) {
        Layer better = order.get(j - 1);
        order.set(j - 1, order.get(j));
        order.set(j, better);
      }
    }
  }

  private static boolean better(Layer one, Layer than) {
    long area = area(one);
    long other = area(than);
    return area > 0 && other > 0 && area != other
        ? area > other
        : one.meter().lastRate() > BETTER * than.meter().lastRate();
  }

  private static long area(Layer layer) {
    int top = layer.spatialLayers() - 1;
    return (long) layer.sizes().width(top) * layer.sizes().height(top);
  }

  /// Width and height of each layer in the order, told or guessed.
  private int[] sizes() {
    int[] sizes = new int[2 * order.size()];
    for (int i = 0; i < order.size(); i++) {
      int top = order.get(i).spatialLayers() - 1;
      sizes[2 * i] = order.get(i).sizes().width(top);
      sizes[2 * i + 1] = order.get(i).sizes().height(top);
    }
    for (int i = 2; i < sizes.length; i++) {
      sizes[i] = sizes[i] == 0 ? 2 * sizes[i - 2] : sizes[i];
    }
    for (int i = sizes.length - 1; i >= 0; i--) {
      int above = i + 2 < sizes.length ? sizes[i + 2] / 2 : i % 2 == 0 ? WIDTH : HEIGHT;
      sizes[i] = sizes[i] == 0 ? above : sizes[i];
    }
    return sizes;
  }

  private static void add(Layer layer, int width, int height, List<Rung> into) {
    int spatials = layer.spatialLayers();
    int temporals = layer.temporalLayers();
    for (int i = 0; i < spatials; i++) {
      int across = layer.sizes().width(i) > 0 ? layer.sizes().width(i) : width >> spatials - 1 - i;
      int down = layer.sizes().height(i) > 0 ? layer.sizes().height(i) : height >> spatials - 1 - i;
      for (int j = 0; j < temporals; j++) {
        into.add(
            new Rung(
                layer,
                i == spatials - 1 ? Gate.ALL : i,
                j == temporals - 1 ? Gate.ALL : j,
                layer.meter().bitrate(i, j),
                across,
                down,
                layer.meter().frameRate(j)));
      }
    }
  }

  /// Which layers somebody who shows this has use for, whether they come by now or not: the
  /// smallest that suits, and those below, to fall back to.
  ///
  /// @return a bit for each place in [#layers]
  int needed(Preference preference) {
    int[] sizes = sizes();
    int needed = 0;
    int enough = -1;
    for (int i = 0; i < order.size(); i++) {
      if (enough >= 0 && sizes[2 * i] != sizes[2 * enough]) {
        return needed;
      }
      needed |= 1 << i;
      boolean suits = LayerChoice.suits(sizes[2 * i], sizes[2 * i + 1], preference);
      enough = suits && enough < 0 ? i : enough;
    }
    return needed;
  }
}
