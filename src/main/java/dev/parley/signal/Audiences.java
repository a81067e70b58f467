package dev.parley.signal;

import dev.parley.media.TrackView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who of a meeting gets which tracks of whom, as far as publishers have a say in it.
///
/// Confined to its meeting's monitor.
final class Audiences {
  private final Meeting meeting;
  private final Forwarding forwarding;
  private final List<Effect> effects;

  Audiences(Meeting meeting, Forwarding forwarding, List<Effect> effects) {
    this.meeting = meeting;
    this.forwarding = forwarding;
    this.effects = effects;
  }

  /// Of whom a participant gets some tracks only, by their ids.
  Map<String, Set<String>> limiting(Session receiver) {
    Map<String, Set<String>> only = new HashMap<>();
    for (var publisher : meeting.joined(receiver)) {
      var tracks = publisher.audience().tracks(receiver.view());
      if (tracks != null) {
        only.put(publisher.id(), tracks);
      }
    }
    return only;
  }

  /// A participant says to whom its tracks may be sent; those for whom that changes something are
  /// told.
  void limit(Session publisher, Audience now) {
    var before = publisher.audience();
    if (before.equals(now)) {
      return;
    }
    publisher.audience(now);
    for (var receiver : meeting.joined(publisher)) {
      forwarding.permissionsChanged(receiver);
      for (var track : forwarding.tracks()) {
        boolean allowed = now.admits(receiver.view(), track.id());
        boolean own = track.participant().equals(publisher.id());
        if (own && allowed != before.admits(receiver.view(), track.id())) {
          tell(receiver, track, allowed);
        }
      }
    }
  }

  /// A new track is there: those who do not get it are told.
  void published(Session publisher, TrackView track) {
    for (var receiver : meeting.joined(publisher)) {
      if (!publisher.audience().admits(receiver.view(), track.id())) {
        tell(receiver, track, false);
      }
    }
  }

  /// Tells someone who comes or comes back what it does not get.
  void greet(Session receiver) {
    for (var track : forwarding.tracks()) {
      var publisher = meeting.session(track.participant());
      if (publisher != null
          && publisher != receiver
          && !publisher.audience().admits(receiver.view(), track.id())) {
        tell(receiver, track, false);
      }
    }
  }

  private void tell(Session receiver, TrackView track, boolean allowed) {
    receiver.tell(new Notice.TrackAllowed(track.participant(), track.id(), allowed), effects);
  }
}
