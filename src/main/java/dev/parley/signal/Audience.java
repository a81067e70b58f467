package dev.parley.signal;

import java.util.List;
import java.util.Set;

/// To whom a participant lets its tracks be sent, as it says itself; what tokens and moderators
/// forbid stays forbidden.
///
/// @param everyone whether to all; the list means nothing then
public record Audience(boolean everyone, List<Listener> listeners) {
  /// What holds for those who say nothing.
  public static final Audience ALL = new Audience(true, List.of());

  /// One of those who get something.
  ///
  /// @param who a participant's id or identity; who is not here yet may come
  /// @param everything whether all tracks, those to come too
  /// @param tracks ids of those that it gets otherwise
  public record Listener(String who, boolean everything, Set<String> tracks) {
    public Listener {
      tracks = Set.copyOf(tracks);
    }
  }

  public Audience {
    listeners = List.copyOf(listeners);
  }

  /// The only tracks that one may get, or null where it may get all.
  Set<String> tracks(ParticipantView receiver) {
    if (everyone) {
      return null;
    }
    for (var each : listeners) {
      if (each.who().equals(receiver.id()) || each.who().equals(receiver.identity())) {
        return each.everything() ? null : each.tracks();
      }
    }
    return Set.of();
  }

  boolean admits(ParticipantView receiver, String track) {
    var tracks = tracks(receiver);
    return tracks == null || tracks.contains(track);
  }
}
