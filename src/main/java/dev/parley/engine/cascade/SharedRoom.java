package dev.parley.engine.cascade;

import dev.parley.engine.sfu.PublishedTrack;
import dev.parley.engine.sfu.Router;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A room of this loop and its branches on others. Confined to the loop.
///
/// It may be ordered before the router is made, and outlives it for a moment: what others announce
/// meanwhile waits.
final class SharedRoom {
  private final Cascade cascade;
  private final String name;
  private final Set<Integer> others = new LinkedHashSet<>();
  private final Map<String, OwnTrack> own = new LinkedHashMap<>();
  private final Map<String, FarTrack> far = new LinkedHashMap<>();
  private boolean lead;
  private Router router;

  SharedRoom(Cascade cascade, String name) {
    this.cascade = cascade;
    this.name = name;
  }

  /// The other loops it has branches on by now.
  void spread(List<Integer> loops, long now) {
    for (int gone : others.stream().filter(each -> !loops.contains(each)).toList()) {
      others.remove(gone);
      own.values().forEach(track -> track.forget(gone));
      List.copyOf(far.values()).stream()
          .filter(track -> track.loop() == gone)
          .forEach(track -> withdraw(track, now));
    }
    for (int loop : loops) {
      if (others.add(loop)) {
        tell(loop, new Note.Meet(name, List.copyOf(own.keySet())));
        own.values().forEach(track -> tell(loop, track.announce()));
      }
    }
  }

  /// Whether this branch tells what is told once.
  void lead(boolean leads, long now) {
    lead = leads;
    if (router != null) {
      router.branch(1 + others.size(), leads, now);
    }
  }

  /// It has members here.
  void opened(Router made, long now) {
    router = made;
    router.branch(1 + others.size(), lead, now);
    far.values().forEach(track -> track.enter(router, now));
  }

  /// It has none any more.
  void closed(long now) {
    far.values().forEach(track -> track.leave(router, now));
    router = null;
  }

  /// It is another's only.
  void end(long now) {
    spread(List.of(), now);
  }

  void up(PublishedTrack track) {
    OwnTrack made = new OwnTrack(cascade, this, track);
    own.put(track.id(), made);
    others.forEach(loop -> tell(loop, made.announce()));
  }

  void changed(PublishedTrack track) {
    OwnTrack known = own.get(track.id());
    if (known != null) {
      others.forEach(loop -> tell(loop, known.announce()));
    }
  }

  void down(PublishedTrack track, long now) {
    if (own.remove(track.id()) != null) {
      others.forEach(loop -> tell(loop, new Note.Withdraw(name, track.id())));
      admit(now);
    }
  }

  void told(int from, Note note, long now) {
    if (!others.contains(from)) {
      return;
    }
    switch (note) {
      case Note.Meet it -> meet(from, it, now);
      case Note.Announce it -> announced(from, it, now);
      case Note.Withdraw it -> withdraw(far(from, it.track()), now);
      case Note.Want it -> wanted(from, it, now);
      case Note.KeyFrameWanted it -> keyFrameWanted(from, it, now);
      case Note.Reported it -> reported(far(from, it.track()), it, now);
      case Note.LayerEnded it -> layerEnded(far(from, it.track()), it);
    }
  }

  /// What it has told before it knew of us may not be so any more.
  private void meet(int loop, Note.Meet note, long now) {
    Set<String> standing = Set.copyOf(note.tracks());
    List.copyOf(far.values()).stream()
        .filter(track -> track.loop() == loop && !standing.contains(track.track()))
        .forEach(track -> withdraw(track, now));
    own.values().forEach(track -> tell(loop, track.announce()));
    far.values().stream().filter(track -> track.loop() == loop).forEach(FarTrack::wantAgain);
  }

  private void announced(int from, Note.Announce note, long now) {
    FarTrack known = far(from, note.track());
    if (known != null) {
      known.announced(note, now);
    } else if (!far.containsKey(note.track()) && !own.containsKey(note.track())) {
      FarTrack track = new FarTrack(cascade, from, note, publisher(from, note));
      far.put(note.track(), track);
      if (router != null) {
        track.enter(router, now);
      }
    }
  }

  /// One for all tracks of a peer: their clocks are one.
  private FarPublisher publisher(int from, Note.Announce note) {
    return far.values().stream()
        .filter(track -> track.loop() == from && track.publisher().id().equals(note.peer()))
        .map(FarTrack::publisher)
        .findFirst()
        .orElseGet(() -> new FarPublisher(note.peer(), note.participant(), note.cname()));
  }

  private void withdraw(FarTrack track, long now) {
    if (track != null) {
      far.remove(track.track());
      track.leave(router, now);
      admit(now);
    }
  }

  /// There is room for a track that came when there was none.
  private void admit(long now) {
    if (router != null) {
      far.values().stream()
          .filter(FarTrack::waits)
          .findFirst()
          .ifPresent(track -> track.enter(router, now));
    }
  }

  private void wanted(int from, Note.Want note, long now) {
    OwnTrack track = own.get(note.track());
    if (track != null) {
      track.wanted(from, note, now);
    }
  }

  private void keyFrameWanted(int from, Note.KeyFrameWanted note, long now) {
    OwnTrack track = own.get(note.track());
    if (track != null) {
      track.keyFrameWanted(from, note, now);
    }
  }

  private static void reported(FarTrack track, Note.Reported note, long now) {
    if (track != null) {
      track.reported(note, now);
    }
  }

  private static void layerEnded(FarTrack track, Note.LayerEnded note) {
    if (track != null) {
      track.ended(note.layer());
    }
  }

  /// A track of another loop, or null.
  private FarTrack far(int from, String id) {
    FarTrack track = far.get(id);
    return track == null || track.loop() != from ? null : track;
  }

  void tell(int loop, Note note) {
    cascade.crossing().tell(loop, note);
  }

  String name() {
    return name;
  }
}
