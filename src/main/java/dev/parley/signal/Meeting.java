package dev.parley.signal;

import dev.parley.room.Admission;
import dev.parley.room.RoomView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The live side of one room: who is here, who waits, who is gone for a moment, and when. Requests,
/// answers and time (milliseconds) go in, [Effect]s come out.
///
/// Confined to its own monitor; [#deadline] and [#population] may be read from any thread.
final class Meeting {
  static final long NEVER = Long.MAX_VALUE;

  private final Limits limits;
  private final IceServers iceServers;
  private final Ids ids;
  private final Floor floor;
  private final Roster roster = new Roster();
  private final List<Effect> effects = new ArrayList<>(4);
  private RoomView room;
  private boolean over;
  private long emptyBy = NEVER;
  private volatile long deadline = NEVER;
  private volatile int population;

  Meeting(RoomView room, Limits limits, IceServers iceServers, Ids ids) {
    this.room = room;
    this.limits = limits;
    this.iceServers = iceServers;
    this.ids = ids;
    this.floor = new Floor(this, effects);
  }

  RoomView room() {
    return room;
  }

  /// Whether it has ended: nobody can enter it any more.
  boolean over() {
    return over;
  }

  /// When it next wants to be ticked.
  long deadline() {
    return deadline;
  }

  /// How many have joined.
  int population() {
    return population;
  }

  List<ParticipantView> present() {
    return roster.visible(null);
  }

  /// The effects since the last call, in order.
  List<Effect> drain() {
    if (effects.isEmpty()) {
      return List.of();
    }
    var drained = List.copyOf(effects);
    effects.clear();
    return drained;
  }

  /// Someone whom the rooms admitted is at the door.
  void enter(Attachment at, Request.Join join, Admission admission, long now) {
    var grant = admission.grant();
    var before = roster.withIdentity(grant.identity());
    // Whoever is in may take its own place, so a reload works in a locked or full room.
    boolean back = before != null && before.joined();
    boolean lobby = room.lobby() && !admission.moderator() && !back;
    if (room.locked() && !admission.moderator() && !back) {
      refuse(at, join.ref(), ErrorCode.ROOM_LOCKED, "the room is locked", now);
      return;
    }
    if (lobby ? roster.lobbyFull() : !back && !grant.hidden() && full(at.knock().classic())) {
      refuse(at, join.ref(), ErrorCode.ROOM_FULL, "the room is full", now);
      return;
    }
    var session =
        new Session(
            this, view(join, admission, now), ids.next(), grant.hidden(), at.knock(), limits);
    if (!at.attach(session)) {
      restIfEmpty(now);
      return;
    }
    emptyBy = NEVER;
    roster.add(session);
    if (before != null) {
      depart(before, Departure.REPLACED, CloseReason.REPLACED, null, now);
    }
    session.attach(at, now);
    effects.add(new Effect.Opened(session));
    wakeBy(now + limits.heartbeat().toMillis());
    if (lobby) {
      session.tell(
          new Notice.Waiting(join.ref(), session.view(), session.secret(), room, limits), effects);
      toModerators(session, new Notice.Knock(session.view()));
    } else {
      seat(session, join.ref(), now);
    }
  }

  /// A new socket goes on with a session.
  void resume(Session session, Attachment at, Request.Resume request, long now) {
    if (session.gone() || session.classic() || !session.covers(request.seen())) {
      effects.addAll(at.refuse(request.ref(), ErrorCode.RESUME_FAILED, "join anew"));
      return;
    }
    var old = session.attachment();
    if (!at.attach(session)) {
      return;
    }
    if (old != null) {
      cut(old, CloseReason.REPLACED);
    }
    session.attach(at, now);
    session.repeat(request.ref(), request.seen(), effects);
    wakeBy(now + limits.heartbeat().toMillis());
    if (old == null) {
      announce(session, new Notice.ParticipantChanged(session.view()));
    }
  }

  /// A message on a line that is attached to a session of this meeting.
  void receive(Attachment at, Request request, long now) {
    var session = at.session();
    if (session.attachment() != at) {
      return;
    }
    switch (at.take(now)) {
      case PASS -> floor.receive(session, request, now);
      case REFUSE -> session.tell(limited(request), effects);
      case CLOSE -> {
        session.tell(limited(request), effects);
        lose(at, CloseReason.TOO_MANY, now);
      }
    }
  }

  /// A line is gone without a word.
  void detached(Attachment at, long now) {
    var session = at.session();
    at.closed();
    if (session.attachment() == at) {
      lost(session, now);
    }
  }

  /// Closes a line and waits for the session to come back on another.
  void lose(Attachment at, CloseReason reason, long now) {
    var session = at.session();
    if (session.attachment() == at) {
      cut(at, reason);
      lost(session, now);
    }
  }

  /// The rooms' answer to [Effect.SaveRoom].
  void saved(Effect.SaveRoom save, RoomView changed, long now) {
    changed(changed, now);
    floor.settled(save, new Notice.Ok(save.ref()));
  }

  void notSaved(Effect.SaveRoom save, ErrorCode code, String message) {
    floor.settled(save, new Notice.Error(save.ref(), code, message));
  }

  /// The room's settings are now these.
  void changed(RoomView changed, long now) {
    if (!changed.equals(room)) {
      room = changed;
      each(Session::joined, other -> other.tell(new Notice.RoomChanged(room), effects));
      restIfEmpty(now);
    }
  }

  /// Removes a participant from outside, by id or identity.
  boolean remove(String who, String message, long now) {
    var byId = roster.withId(who);
    var session = byId == null ? roster.withIdentity(who) : byId;
    if (session == null) {
      return false;
    }
    depart(session, Departure.REMOVED, CloseReason.REMOVED, message, now);
    return true;
  }

  /// Ends it for all.
  void close(long now) {
    over = true;
    for (var session : roster.all(any -> true)) {
      depart(session, Departure.CLOSED, CloseReason.CLOSED, null, now);
    }
    deadline = NEVER;
  }

  void tick(long now) {
    if (over) {
      return;
    }
    long next = NEVER;
    for (var session : roster.all(any -> true)) {
      next = Math.min(next, tick(session, now));
    }
    if (emptyBy <= now) {
      over = true;
      effects.add(new Effect.RoomEmpty());
      next = NEVER;
    }
    deadline = Math.min(next, over ? NEVER : emptyBy);
  }

  private long tick(Session session, long now) {
    var at = session.attachment();
    if (at == null) {
      if (session.resumeBy() <= now) {
        depart(session, Departure.TIMEOUT, null, null, now);
        return NEVER;
      }
      return session.resumeBy();
    }
    long beat = limits.heartbeat().toMillis();
    if (now - at.heard() >= 2 * beat) {
      lose(at, CloseReason.HEARTBEAT, now);
      return session.resumeBy();
    }
    // A classic page knows no ping: its WebSocket itself is asked.
    if (session.classic() && now - session.probed() >= beat) {
      session.probedAt(now);
      effects.add(new Effect.Probe(at));
    }
    long silence = at.heard() + 2 * beat;
    return session.classic() ? Math.min(silence, session.probed() + beat) : silence;
  }

  /// Gives a newcomer, or one from the lobby, its place.
  void seat(Session session, String ref, long now) {
    session.stage(Session.Stage.JOINED);
    session.view(session.view().joinedAt(Instant.ofEpochMilli(now)));
    population++;
    session.tell(
        new Notice.Joined(
            ref,
            session.view(),
            session.secret(),
            room,
            roster.visible(session),
            iceServers.forHost(session.host(), session.view().identity()),
            limits),
        effects);
    if (session.view().moderator()) {
      each(Session::waiting, w -> session.tell(new Notice.Knock(w.view()), effects));
    }
    announce(session, new Notice.ParticipantJoined(session.view()));
  }

  /// Takes someone out for good and tells everyone whom it concerns.
  void depart(Session session, Departure why, CloseReason how, String message, long now) {
    if (session.gone()) {
      return;
    }
    boolean waited = session.waiting();
    var at = session.attachment();
    if (at != null) {
      if (why != Departure.LEFT) {
        session.tell(new Notice.Removed(why, message), effects);
      }
      cut(at, how);
    }
    session.stage(Session.Stage.GONE);
    session.detach(NEVER);
    roster.remove(session);
    effects.add(new Effect.Gone(session));
    if (waited) {
      toModerators(session, new Notice.KnockEnded(session.id()));
    } else {
      population--;
      announce(session, new Notice.ParticipantLeft(session.id(), why));
    }
    restIfEmpty(now);
  }

  /// Tells the others, where they may know of this one at all.
  void announce(Session about, Notice notice) {
    if (!about.hidden() && !about.waiting()) {
      each(other -> other != about && other.joined(), other -> other.tell(notice, effects));
    }
  }

  void toModerators(Session about, Notice notice) {
    each(
        other -> other != about && other.joined() && other.view().moderator(),
        other -> other.tell(notice, effects));
  }

  Session session(String id) {
    return roster.withId(id);
  }

  Session partner(Session of) {
    return roster.partner(of);
  }

  /// Whether there is no seat left for one more.
  boolean full(boolean classic) {
    return roster.full(room.maxParticipants(), classic);
  }

  private void refuse(Attachment at, String ref, ErrorCode code, String message, long now) {
    effects.addAll(at.refuse(ref, code, message));
    restIfEmpty(now);
  }

  private void lost(Session session, long now) {
    if (session.classic()) {
      depart(session, Departure.LEFT, null, null, now);
      return;
    }
    long until = now + limits.resume().toMillis();
    session.detach(until);
    wakeBy(until);
    announce(session, new Notice.ParticipantChanged(session.view()));
  }

  private void cut(Attachment at, CloseReason reason) {
    at.closed();
    effects.add(new Effect.Close(at, reason));
  }

  /// Begins to count the time in which nobody is here.
  void restIfEmpty(long now) {
    if (!roster.isEmpty() || over) {
      return;
    }
    if (room.emptyTimeout().isZero()) {
      over = true;
      return;
    }
    emptyBy = now + room.emptyTimeout().toMillis();
    wakeBy(emptyBy);
  }

  private void wakeBy(long time) {
    deadline = Math.min(deadline, time);
  }

  private ParticipantView view(Request.Join join, Admission admission, long now) {
    var grant = admission.grant();
    return new ParticipantView(
        ids.next(),
        grant.identity(),
        grant.name(),
        admission.moderator(),
        admission.guest(),
        Boolean.TRUE.equals(join.audio()),
        Boolean.TRUE.equals(join.video()),
        false,
        false,
        join.metadata() == null ? grant.metadata() : join.metadata(),
        Instant.ofEpochMilli(now),
        true);
  }

  private void each(Predicate<Session> which, Consumer<Session> what) {
    roster.all(which).forEach(what);
  }

  private static Notice limited(Request request) {
    return new Notice.Error(request.ref(), ErrorCode.RATE_LIMITED, "too many messages");
  }
}
