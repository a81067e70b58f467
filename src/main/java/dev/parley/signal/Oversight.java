package dev.parley.signal;

import dev.parley.media.SfuCommand;
import dev.parley.media.TrackView;
import dev.parley.signal.StewardRefused.Reason;
import java.util.List;

/// What the server itself does in a meeting, on behalf of nobody who takes part. Whatever is
/// refused changes nothing.
///
/// Confined to its meeting's monitor.
final class Oversight {
  private final Meeting meeting;
  private final Roster roster;
  private final Forwarding forwarding;
  private final List<Effect> effects;

  Oversight(Meeting meeting, Roster roster, Forwarding forwarding, List<Effect> effects) {
    this.meeting = meeting;
    this.roster = roster;
    this.forwarding = forwarding;
    this.effects = effects;
  }

  Attendance attendance() {
    return new Attendance(
        roster.all(Session::joined).stream().map(Session::view).toList(), forwarding.tracks());
  }

  /// Removes somebody, from the lobby too.
  void remove(String who, String message, long now) throws StewardRefused {
    var session = find(who);
    if (session == null) {
      throw noParticipant();
    }
    meeting.depart(session, Departure.REMOVED, CloseReason.REMOVED, message, now);
  }

  /// Changes what others see of somebody and what it may do; all learn it, itself included.
  ParticipantView update(String who, ParticipantChange change) throws StewardRefused {
    var session = joined(who);
    var before = session.view();
    change.check(before.attributes());
    session.view(before.with(kept(change, before.permissions())));
    if (!before.permissions().equals(session.view().permissions())) {
      forwarding.permissionsChanged(session);
    }
    var notice = new Notice.ParticipantChanged(session.view());
    session.tell(notice, effects);
    meeting.announce(session, notice);
    return session.view();
  }

  /// Whether one is hidden, a recorder or an agent is decided when it comes.
  private static ParticipantChange kept(ParticipantChange change, Permissions before) {
    var wished = change.permissions();
    if (wished == null) {
      return change;
    }
    var permissions =
        new Permissions(
            wished.publish(),
            wished.subscribe(),
            wished.publishData(),
            wished.sources(),
            before.hidden(),
            wished.ownMetadata(),
            before.recorder(),
            before.agent());
    return new ParticipantChange(
        change.name(), change.metadata(), change.attributes(), permissions);
  }

  /// Mutes a track at the server and asks its publisher to do so too.
  ///
  /// @return the track as it is from now on
  TrackView mute(String who, String id) throws StewardRefused {
    var session = joined(who);
    var track = forwarding.track(id);
    if (track == null || !track.participant().equals(session.id())) {
      throw noTrack();
    }
    forwarding.order(new SfuCommand.MuteTrack(meeting.room().name(), id, true));
    session.tell(new Notice.Mute(null, Medium.valueOf(track.kind().name()), id), effects);
    return track.muted(true);
  }

  /// Has somebody sent tracks, or sent no more of them.
  void subscribe(String who, List<String> tracks, boolean wanted) throws StewardRefused {
    var session = joined(who);
    for (var id : tracks) {
      var track = forwarding.track(id);
      if (track == null || track.participant().equals(session.id())) {
        throw noTrack();
      }
    }
    if (tracks.isEmpty()) {
      return;
    }
    if (wanted && !session.maySubscribe()) {
      throw new StewardRefused(Reason.NOT_POSSIBLE, "the participant may not subscribe");
    }
    var end = session.receiver();
    if (end == null) {
      throw new StewardRefused(
          Reason.NOT_POSSIBLE, "the participant has no connection to the server");
    }
    for (var id : tracks) {
      forwarding.order(new SfuCommand.Subscribe(meeting.room().name(), end.id(), id, wanted));
    }
  }

  private Session find(String who) {
    var named = roster.withIdentity(who);
    return named == null ? roster.withId(who) : named;
  }

  private Session joined(String who) throws StewardRefused {
    var session = find(who);
    if (session == null || !session.joined()) {
      throw noParticipant();
    }
    return session;
  }

  static StewardRefused noParticipant() {
    return new StewardRefused(Reason.NO_PARTICIPANT, "there is no such participant");
  }

  private static StewardRefused noTrack() {
    return new StewardRefused(Reason.NO_TRACK, "there is no such track");
  }
}
