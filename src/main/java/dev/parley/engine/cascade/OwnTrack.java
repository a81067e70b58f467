package dev.parley.engine.cascade;

import dev.parley.engine.sfu.PublishedTrack;
import java.util.HashMap;
import java.util.Map;

/// A track that is published on this branch, and its ways to others. Confined to the loop.
final class OwnTrack {
  private final Cascade cascade;
  private final SharedRoom room;
  private final PublishedTrack track;
  private final Map<Integer, CarryingLeg> legs = new HashMap<>();

  OwnTrack(Cascade cascade, SharedRoom room, PublishedTrack track) {
    this.cascade = cascade;
    this.room = room;
    this.track = track;
  }

  /// How it is by now.
  Note announce() {
    return new Note.Announce(
        room.name(),
        track.id(),
        track.publisher().id(),
        track.publisher().participant(),
        track.publisher().cname(),
        track.publication(),
        track.view().codec(),
        track.muted());
  }

  /// What another branch has use for.
  void wanted(int loop, Note.Want note, long now) {
    CarryingLeg leg = legs.get(loop);
    if (!note.any()) {
      forget(loop);
    } else if (leg == null) {
      CarryingLeg made = new CarryingLeg(cascade, room.name(), track, loop);
      legs.put(loop, made);
      made.wanted(note, now);
      track.legs().add(made);
    } else {
      leg.wanted(note, now);
      track.legs().changed();
    }
  }

  /// Another branch has use for nothing.
  void forget(int loop) {
    CarryingLeg leg = legs.remove(loop);
    if (leg != null) {
      track.legs().remove(leg);
    }
  }

  void keyFrameWanted(int loop, Note.KeyFrameWanted note, long now) {
    CarryingLeg leg = legs.get(loop);
    if (leg != null) {
      leg.keyFrameWanted(note, now);
    }
  }
}
