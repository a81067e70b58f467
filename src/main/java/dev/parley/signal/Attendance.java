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

  /// Somebody in it, by identity or, where none has it, by id.
  public ParticipantView require(String who) throws StewardRefused {
    return participants.stream()
        .filter(one -> one.identity().equals(who))
        .findFirst()
        .or(() -> participants.stream().filter(one -> one.id().equals(who)).findFirst())
        .orElseThrow(Oversight::noParticipant);
  }
}
