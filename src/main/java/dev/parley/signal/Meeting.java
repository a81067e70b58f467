package dev.parley.signal;

import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.room.Admission;
import dev.parley.room.RoomView;
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
  private final Serial events;
  private final Roster roster = new Roster();
  private final List<Effect> effects = new ArrayList<>(4);
  private final Forwarding forwarding;
  private final Tidings tidings;
  private final DataFloor data;
  private final Entrance entrance;
  private final Floor floor;
  private final Minutes minutes;
  private final Exit exit;
  private final Oversight oversight;
  private final Comeback comeback;
  private RoomView room;
  private boolean over;
  private boolean visited;
  private long emptyBy = NEVER;
  private volatile long deadline = NEVER;
  private volatile int population;

  Meeting(
      RoomView room,
      Limits limits,
      IceServers iceServers,
      MediaPort port,
      Ids ids,
      Serial events,
      boolean kept) {
    this.room = room;
    this.limits = limits;
    this.events = events;
    this.forwarding = new Forwarding(this, effects, port, ids, limits);
    this.minutes = new Minutes(this, roster, forwarding, effects, kept);
    this.exit = new Exit(this, roster, forwarding, minutes, effects);
    this.data = new DataFloor(this, forwarding, effects);
    this.tidings = new Tidings(this, forwarding, data, minutes, effects);
    this.entrance =
        new Entrance(this, roster, forwarding, minutes, exit, effects, iceServers, ids, limits);
    this.comeback = new Comeback(this, entrance, forwarding, effects, limits);
    this.floor = new Floor(this, new MediaFloor(forwarding, effects), data, effects);
    this.oversight = new Oversight(this, roster, forwarding, effects);
  }

  RoomView room() {
    return room;
  }

  /// Where facts of the media half wait for their turn.
  Serial events() {
    return events;
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

  /// What the server itself does in it.
  Oversight oversight() {
    return oversight;
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
    entrance.enter(at, join, admission, now);
  }

  /// A door's agent whom the rooms admitted comes in.
  void enter(Agent agent, Admission admission, long now) throws EntryRefused {
    entrance.enter(agent, admission, now);
  }

  /// The media half tells something of this room.
  void told(SfuEvent event, long now) {
    if (!over) {
      tidings.heard(event, now);
    }
  }

  /// An agent's order; dropped where it is out already.
  void order(Session by, SfuCommand command) {
    if (!by.gone()) {
      forwarding.order(command);
    }
  }

  Comeback comeback() {
    return comeback;
  }

  /// A message on a line that is attached to a session of this meeting.
  void receive(Attachment at, Request request, long now) {
    var session = at.session();
    if (session.attachment() != at || session.leaving()) {
      return;
    }
    switch (at.take(request, now)) {
      case PASS -> floor.receive(session, request, now);
      case REFUSE -> session.tell(Notice.Error.limited(request), effects);
      case CLOSE -> {
        session.tell(Notice.Error.limited(request), effects);
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
      boolean encryption = changed.encryption() != room.encryption();
      room = changed;
      if (encryption) {
        forwarding.encryptionChanged(now);
      }
      forwarding.weigh(null, now);
      all(null, new Notice.RoomChanged(room, forwarding.mode()));
      restIfEmpty(now);
    }
  }

  /// Ends it for all.
  ///
  /// @param why what they are told: CLOSED or STOPPED
  void close(Departure why, long now) {
    over = true;
    minutes.hasten(now);
    for (var session : roster.all(any -> true)) {
      depart(session, why, CloseReason.CLOSED, null, now);
    }
    forwarding.end();
    minutes.ended(now);
    deadline = NEVER;
  }

  void tick(long now) {
    if (over) {
      return;
    }
    minutes.tick(now);
    long next = NEVER;
    for (var session : roster.all(any -> true)) {
      next = Math.min(next, tick(session, now));
    }
    forwarding.tick(now);
    next = Math.min(next, Math.min(forwarding.deadline(), minutes.deadline()));
    if (emptyBy <= now) {
      over = true;
      minutes.ended(now);
      effects.add(new Effect.RoomEmpty());
      next = NEVER;
    }
    deadline = Math.min(next, over ? NEVER : emptyBy);
  }

  private long tick(Session session, long now) {
    if (session.leaving()) {
      return NEVER;
    }
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
    entrance.seat(session, ref, now);
  }

  /// One more has joined, and how many they are decides how media travels.
  void came(Session session, long now) {
    population++;
    forwarding.weigh(session, now);
  }

  /// What a fact waited for is written.
  void written(Minutes.Entry entry, long now) {
    minutes.written(entry, now);
  }

  /// Takes someone out for good and tells everyone whom it concerns.
  void depart(Session session, Departure why, CloseReason how, String message, long now) {
    var farewell = why == Departure.LEFT ? null : new Notice.Removed(why, message);
    exit.depart(session, why, how, farewell, now);
  }

  /// Someone says that it leaves.
  void leave(Session session, String ref, long now) {
    exit.depart(session, Departure.LEFT, CloseReason.LEFT, new Notice.Left(ref), now);
  }

  /// One who had joined is out.
  void left(Session session, Departure why, long now) {
    population--;
    announce(session, new Notice.ParticipantLeft(session.id(), why));
    forwarding.weigh(null, now);
  }

  /// Tells the others, where they may know of this one at all.
  void announce(Session about, Notice notice) {
    if (!about.hidden() && !about.waiting() && !about.entering()) {
      each(other -> other != about && other.joined(), other -> other.tell(notice, effects));
    }
  }

  /// Tells everyone who has joined, but for one or for none.
  void all(Session but, Notice notice) {
    each(other -> other != but && other.joined(), other -> other.tell(notice, effects));
  }

  /// Looks anew how media has to travel, since somebody's wish has changed.
  void weigh(long now) {
    forwarding.weigh(null, now);
  }

  /// What those who have joined make necessary.
  ///
  /// @param server whether there is one to send through
  TopologyChoice.Need need(boolean server) {
    return server ? roster.need(room.topology()) : TopologyChoice.Need.DIRECT;
  }

  void toModerators(Session about, Notice notice) {
    each(
        other -> other != about && other.joined() && other.view().moderator(),
        other -> other.tell(notice, effects));
  }

  Session session(String id) {
    return roster.withId(id);
  }

  /// The one with this id or identity, or null.
  Session find(String who) {
    var byId = roster.withId(who);
    return byId == null ? roster.withIdentity(who) : byId;
  }

  /// Who has joined, but for one or for none.
  List<Session> joined(Session but) {
    return roster.all(other -> other != but && other.joined());
  }

  /// The server itself says something to applications.
  void say(List<String> to, DataContent content) {
    data.say(to, content);
  }

  Session partner(Session of) {
    return roster.partner(of);
  }

  /// Whether there is no seat left for one more.
  boolean full(boolean classic) {
    return roster.full(room.maxParticipants(), classic);
  }

  private void lost(Session session, long now) {
    if (session.leaving()) {
      session.detach(NEVER);
      return;
    }
    if (session.classic()) {
      depart(session, Departure.LEFT, null, null, now);
      return;
    }
    long until = now + limits.resume().toMillis();
    session.detach(until);
    wakeBy(until);
    announce(session, new Notice.ParticipantChanged(session.view()));
  }

  void cut(Attachment at, CloseReason reason) {
    at.closed();
    effects.add(new Effect.Close(at, reason));
  }

  /// Begins to count the time in which nobody is here.
  void restIfEmpty(long now) {
    if (!roster.isEmpty() || over) {
      return;
    }
    forwarding.end();
    var patience = visited ? room.departureTimeout() : room.emptyTimeout();
    if (patience.isZero()) {
      over = true;
      minutes.ended(now);
      return;
    }
    emptyBy = now + patience.toMillis();
    wakeBy(emptyBy);
  }

  /// Somebody is here or comes.
  void occupied() {
    emptyBy = NEVER;
    visited = true;
  }

  void wakeBy(long time) {
    deadline = Math.min(deadline, time);
  }

  private void each(Predicate<Session> which, Consumer<Session> what) {
    roster.all(which).forEach(what);
  }
}
