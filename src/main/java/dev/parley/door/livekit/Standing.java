package dev.parley.door.livekit;

import dev.parley.door.livekit.model.TrackMessages;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.room.RoomView;
import dev.parley.signal.Notice;
import dev.parley.signal.ParticipantView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import livekit.LivekitModels.TrackType;

/// What one client was told of its room, and what it is about to publish: what the two ways of a
/// socket have to know of each other. Thread-safe; a call is one step.
final class Standing {
  private final Map<String, ParticipantView> others = new LinkedHashMap<>();
  private final Map<String, TrackView> tracks = new LinkedHashMap<>();
  private final Map<String, Notice.Announced> announced = new LinkedHashMap<>();
  private final Map<String, String> byMid = new LinkedHashMap<>();
  private final Set<String> speaking = new HashSet<>();
  private ParticipantView self;
  private RoomView room;

  /// Everything as it stands.
  synchronized void begin(Notice.Joined now, Map<String, Notice.Announced> pending) {
    self = now.self();
    room = now.room();
    others.clear();
    now.participants().forEach(each -> others.put(each.id(), each));
    tracks.clear();
    now.tracks().forEach(each -> tracks.put(each.id(), each));
    announced.clear();
    announced.putAll(pending);
  }

  synchronized ParticipantView self() {
    return self;
  }

  synchronized void self(ParticipantView now) {
    self = now;
  }

  synchronized RoomView room() {
    return room;
  }

  synchronized void room(RoomView now) {
    room = now;
  }

  synchronized boolean joined() {
    return self != null;
  }

  synchronized List<ParticipantView> others() {
    return List.copyOf(others.values());
  }

  /// Whether a participant is the client itself.
  synchronized boolean own(String participant) {
    return self != null && self.id().equals(participant);
  }

  synchronized void put(ParticipantView other) {
    others.put(other.id(), other);
  }

  synchronized ParticipantView other(String id) {
    return others.get(id);
  }

  /// Someone is out, with all its tracks.
  ///
  /// @return who it was, or null
  synchronized ParticipantView remove(String id) {
    tracks.values().removeIf(each -> each.participant().equals(id));
    speaking.remove(id);
    return others.remove(id);
  }

  synchronized List<TrackView> tracks() {
    return List.copyOf(tracks.values());
  }

  /// The track with this id, or null.
  synchronized TrackView track(String id) {
    return tracks.get(id);
  }

  /// @return how it was before, or null
  synchronized TrackView put(TrackView track) {
    announced.remove(track.id());
    return tracks.put(track.id(), track);
  }

  synchronized void drop(String track) {
    tracks.remove(track);
    byMid.values().remove(track);
  }

  /// A track was announced and has its id.
  synchronized void expect(Notice.Announced track) {
    announced.put(track.track(), track);
  }

  synchronized Notice.Announced expected(String id) {
    return announced.get(id);
  }

  synchronized void expectMuted(String id, boolean muted) {
    announced.computeIfPresent(
        id,
        (_, was) -> new Notice.Announced(was.ref(), was.track(), was.source(), muted, was.note()));
  }

  /// What an announced track is in a section of an offer: by the client's own name of it, or the
  /// first of that kind, since some browsers name tracks anew.
  ///
  /// @return null where the section's track is not one that was announced
  synchronized Notice.Announced claim(Offered section) {
    String before = byMid.get(section.mid());
    if (before != null && announced.containsKey(before)) {
      return announced.get(before);
    }
    if (before != null && tracks.containsKey(before)) {
      return null;
    }
    Notice.Announced found = null;
    for (var each : announced.values()) {
      if (named(each, section.track())) {
        found = each;
        break;
      }
      if (found == null && kind(each) == section.kind() && !byMid.containsValue(each.track())) {
        found = each;
      }
    }
    if (found != null) {
      byMid.put(section.mid(), found.track());
    }
    return found;
  }

  private static boolean named(Notice.Announced track, String cid) {
    return track.ref() != null && track.ref().equals(Wishes.ADD + cid);
  }

  private static TrackKind kind(Notice.Announced track) {
    var type = TrackMessages.said(track.note()).getType();
    return type == TrackType.AUDIO ? TrackKind.AUDIO : TrackKind.VIDEO;
  }

  /// Who speaks from now on.
  ///
  /// @return who did and does no longer
  synchronized List<String> speak(Set<String> now) {
    var silent = new ArrayList<>(speaking);
    silent.removeAll(now);
    speaking.clear();
    speaking.addAll(now);
    return silent;
  }
}
