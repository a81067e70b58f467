package dev.parley.signal;

import dev.parley.identity.Grant;
import dev.parley.media.Encryption;
import dev.parley.room.Admission;
import dev.parley.room.Topology;
import java.time.Instant;
import java.util.List;

/// The way into a meeting for those whom the rooms have admitted: by a line, or as an [Agent].
///
/// Confined to its meeting's monitor.
final class Entrance {
  private final Meeting meeting;
  private final Roster roster;
  private final Forwarding forwarding;
  private final Minutes minutes;
  private final Exit exit;
  private final List<Effect> effects;
  private final IceServers iceServers;
  private final Ids ids;
  private final Limits limits;

  Entrance(
      Meeting meeting,
      Roster roster,
      Forwarding forwarding,
      Minutes minutes,
      Exit exit,
      List<Effect> effects,
      IceServers iceServers,
      Ids ids,
      Limits limits) {
    this.meeting = meeting;
    this.roster = roster;
    this.forwarding = forwarding;
    this.minutes = minutes;
    this.exit = exit;
    this.effects = effects;
    this.iceServers = iceServers;
    this.ids = ids;
    this.limits = limits;
  }

  void enter(Attachment at, Request.Join join, Admission admission, long now) {
    var grant = admission.grant();
    var room = meeting.room();
    boolean classic = at.knock().classic();
    var before = roster.withIdentity(grant.identity());
    // Whoever is in may take its own place, so a reload works in a locked or full room.
    boolean back = before != null && before.seated();
    boolean lobby = room.lobby() && !admission.moderator() && !back;
    if (room.locked() && !admission.moderator() && !back) {
      refuse(at, join.ref(), ErrorCode.ROOM_LOCKED, "the room is locked", now);
      return;
    }
    if (lobby ? roster.lobbyFull() : !back && !grant.hidden() && meeting.full(classic)) {
      refuse(at, join.ref(), ErrorCode.ROOM_FULL, "the room is full", now);
      return;
    }
    if (classic && roster.any(other -> other.agent() != null)) {
      // It speaks with nobody but a person, and a room with it never uses the server.
      refuse(at, join.ref(), ErrorCode.ROOM_FULL, "the room is in use by an encoder", now);
      return;
    }
    var view = view(join, admission, ParticipantKind.PERSON, now);
    var session = new Session(meeting, view, ids.next(), grant, at.knock(), null, limits);
    session.wishes(join.topology());
    if (!at.attach(session)) {
      meeting.restIfEmpty(now);
      return;
    }
    take(session, before, now);
    session.attach(at, now);
    effects.add(new Effect.Opened(session));
    meeting.wakeBy(now + limits.heartbeat().toMillis());
    if (lobby) {
      session.tell(
          new Notice.Waiting(
              join.ref(), session.view(), session.secret(), room, limits, forwarding.mode()),
          effects);
      meeting.toModerators(session, new Notice.Knock(session.view()));
    } else {
      meeting.seat(session, join.ref(), now);
    }
  }

  /// Gives a newcomer, or one from the lobby, its place, as soon as that is written.
  void seat(Session session, String ref, long now) {
    session.stage(Session.Stage.ENTERING);
    session.view(session.view().joinedAt(Instant.ofEpochMilli(now)));
    minutes.record(
        () -> new Fact.Joined(minutes.scene(now), session.view()),
        now,
        then -> seated(session, ref, then),
        late -> exit.refuse(session, ref, late));
  }

  private void seated(Session session, String ref, long now) {
    if (session.gone()) {
      return;
    }
    session.stage(Session.Stage.JOINED);
    meeting.came(session, now);
    session.tell(joined(session, ref), effects);
    forwarding.greet(session);
    if (session.view().moderator()) {
      roster.all(Session::waiting).forEach(w -> session.tell(new Notice.Knock(w.view()), effects));
    }
    meeting.announce(session, new Notice.ParticipantJoined(session.view()));
    if (session.agent() != null) {
      session.agent().enters(session, forwarding.open(session).id());
    }
  }

  /// The meeting as one who is in is told of it.
  Notice.Joined joined(Session session, String ref) {
    return new Notice.Joined(
        ref,
        session.view(),
        session.secret(),
        meeting.room(),
        roster.visible(session),
        iceServers.forHost(session.host(), session.view().identity()),
        limits,
        forwarding.mode(),
        forwarding.tracks());
  }

  /// An agent comes in by the same rules, but waits in no lobby: nobody could tell it.
  void enter(Agent agent, Admission admission, long now) throws EntryRefused {
    try {
      check(agent, admission);
    } catch (EntryRefused e) {
      meeting.restIfEmpty(now);
      throw e;
    }
    var grant = admission.grant();
    var join = new Request.Join(null, null, null, null, null, null);
    var knock = new Attachment.Knock(meeting.room().name(), null, null, false);
    var view = view(join, admission, agent.kind(), now);
    var session = new Session(meeting, view, ids.next(), grant, knock, agent, limits);
    take(session, roster.withIdentity(view.identity()), now);
    meeting.seat(session, null, now);
  }

  private void check(Agent agent, Admission admission) throws EntryRefused {
    var room = meeting.room();
    var before = roster.withIdentity(identity(agent.kind(), admission.grant()));
    boolean back = before != null && before.seated();
    boolean free = back || admission.moderator();
    if (!forwarding.available()
        || room.topology() == Topology.MESH
        || roster.any(other -> other.joined() && other.classic())) {
      throw new EntryRefused(ErrorCode.SFU_UNAVAILABLE, "media goes from peer to peer here");
    }
    if (room.encryption() == Encryption.REQUIRED) {
      throw new EntryRefused(
          ErrorCode.ENCRYPTION_REQUIRED, "the room is encrypted from end to end, pages only");
    }
    if (room.locked() && !free) {
      throw new EntryRefused(ErrorCode.ROOM_LOCKED, "the room is locked");
    }
    if (room.lobby() && !free) {
      throw new EntryRefused(ErrorCode.NOT_ALLOWED, "the room has a lobby, moderators only");
    }
    if (!back && !admission.grant().hidden() && meeting.full(false)) {
      throw new EntryRefused(ErrorCode.ROOM_FULL, "the room is full");
    }
  }

  /// Newest wins: it is in the roster before the other leaves, so the meeting is never empty.
  private void take(Session session, Session before, long now) {
    meeting.occupied();
    roster.add(session);
    if (before != null) {
      meeting.depart(before, Departure.REPLACED, CloseReason.REPLACED, null, now);
    }
  }

  private void refuse(Attachment at, String ref, ErrorCode code, String message, long now) {
    effects.addAll(at.refuse(ref, code, message));
    meeting.restIfEmpty(now);
  }

  /// Whoever sends or watches with the token of somebody at a page does not take its place: an
  /// encoder takes that of the encoder before, a viewer that of nobody.
  private String identity(ParticipantKind kind, Grant grant) {
    return switch (kind) {
      case PERSON -> grant.identity();
      case ENCODER -> grant.identity() + "#encoder";
      case VIEWER -> grant.identity() + "#" + ids.next();
    };
  }

  private ParticipantView view(
      Request.Join join, Admission admission, ParticipantKind kind, long now) {
    var grant = admission.grant();
    return new ParticipantView(
        ids.participant(),
        identity(kind, grant),
        grant.name(),
        admission.moderator(),
        admission.guest(),
        Boolean.TRUE.equals(join.audio()),
        Boolean.TRUE.equals(join.video()),
        false,
        false,
        join.metadata() == null ? grant.metadata() : join.metadata(),
        Instant.ofEpochMilli(now),
        true,
        kind,
        grant.details().attributes(),
        Permissions.of(grant),
        1);
  }
}
