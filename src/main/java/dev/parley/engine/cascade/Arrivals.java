package dev.parley.engine.cascade;

import java.util.Arrays;

/// Where the packets of each [FarTrack] arrive: places, used again and stamped anew, so that what
/// is late for a track that is gone is nobody else's. Confined to the loop.
final class Arrivals {
  private FarTrack[] tracks = new FarTrack[16];
  private int[] stamps = new int[16];
  private int[] free = new int[16];
  private int vacant;
  private int places;

  /// A place for a track.
  int take(FarTrack track) {
    if (vacant == 0 && places == tracks.length) {
      tracks = Arrays.copyOf(tracks, 2 * places);
      stamps = Arrays.copyOf(stamps, 2 * places);
      free = Arrays.copyOf(free, 2 * places);
    }
    int place = vacant > 0 ? free[--vacant] : places++;
    tracks[place] = track;
    return place;
  }

  int stamp(int place) {
    return stamps[place];
  }

  void give(int place) {
    tracks[place] = null;
    stamps[place]++;
    free[vacant++] = place;
  }

  /// Whose packet this is, or null; hot.
  FarTrack find(Label label) {
    int place = label.place();
    return place >= 0 && place < places && stamps[place] == label.stamp() ? tracks[place] : null;
  }

  boolean isEmpty() {
    return vacant == places;
  }
}
