package dev.parley.signal;

import dev.parley.media.TrackView;
import java.util.List;

/// Who is in a room at one moment, the hidden ones too, and what they publish.
public record Attendance(List<ParticipantView> participants, List<TrackView> tracks) {
  /// Of a room in which nobody is.
  public static final Attendance NOBODY = new Attendance(List.of(), List.of());

  public Attendance {
    participants = List.copyOf(participants);
    tracks = List.copyOf(tracks);
  }

  /// How many publish something.
  public int publishers() {
    return (int) tracks.stream().map(TrackView::participant).distinct().count();
  }

  /// How many are in, but for the hidden ones.
  public int visible() {
    return (int) participants.stream().filter(who -> !who.permissions().hidden()).count();
  }
}
