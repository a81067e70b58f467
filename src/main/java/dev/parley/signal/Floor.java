package dev.parley.signal;

import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import java.util.ArrayDeque;
import java.util.List;

/// What may be asked for inside a meeting, and by whom.
///
/// Confined to its meeting's monitor.
final class Floor {
  private final Meeting meeting;
  private final MediaFloor media;
  private final DataFloor data;
  private final List<Effect> effects;
  private final ArrayDeque<Effect.SaveRoom> saves = new ArrayDeque<>(2);

  Floor(Meeting meeting, MediaFloor media, DataFloor data, List<Effect> effects) {
    this.meeting = meeting;
    this.data = data;
    this.media = media;
    this.effects = effects;
  }

  void receive(Session by, Request request, long now) {
    switch (request) {
      case Request.Ping ping -> {
        by.seen(ping.seen());
        by.tell(new Notice.Pong(ping.ref()), effects);
      }
      case Request.Leave leave -> meeting.leave(by, leave.ref(), now);
      case Request.TooBig big -> {
        refuse(by, big.ref(), ErrorCode.MESSAGE_TOO_BIG, Attachment.TOO_BIG);
        if (by.waiting() || by.classic()) {
          meeting.lose(by.attachment(), CloseReason.TOO_BIG, now);
        }
      }
      case Request.Unreadable bad -> {
        refuse(by, bad.ref(), ErrorCode.BAD_REQUEST, bad.message());
        if (bad.fatal()) {
          meeting.lose(by.attachment(), CloseReason.BAD_REQUEST, now);
        }
      }
      case Request.Join again ->
          refuse(by, again.ref(), ErrorCode.ALREADY_JOINED, "this socket has joined");
      case Request.Resume again ->
          refuse(by, again.ref(), ErrorCode.ALREADY_JOINED, "this socket has joined");
      case Request.Return again ->
          refuse(by, again.ref(), ErrorCode.ALREADY_JOINED, "this socket has joined");
      case Request other when by.waiting() || by.entering() ->
          refuse(by, other.ref(), ErrorCode.NOT_JOINED, "not in yet");
      case Request.Relay relay -> relay(by, relay);
      case Request.Data said -> data.receive(by, said);
      case Request.OfMedia wanted -> media.receive(by, wanted);
      case Request.Update update -> {
        by.view(by.view().with(update));
        by.wishes(update.topology());
        ok(by, update.ref());
        meeting.announce(by, new Notice.ParticipantChanged(by.view()));
        meeting.weigh(now);
      }
      case Request.UpdateSelf update -> update(by, update);
      case Request other when !by.view().moderator() ->
          refuse(by, other.ref(), ErrorCode.NOT_ALLOWED, "moderators only");
      case Request.Remove remove -> {
        var target = meeting.session(remove.participant());
        if (found(by, remove.ref(), target, Session.Stage.JOINED)) {
          ok(by, remove.ref());
          meeting.depart(target, Departure.REMOVED, CloseReason.REMOVED, remove.reason(), now);
        }
      }
      case Request.Mute mute -> mute(by, mute);
      case Request.Admit admit -> admit(by, admit, now);
      case Request.Deny deny -> {
        var target = meeting.session(deny.participant());
        if (found(by, deny.ref(), target, Session.Stage.WAITING)) {
          ok(by, deny.ref());
          meeting.depart(target, Departure.DENIED, CloseReason.REMOVED, null, now);
        }
      }
      case Request.Lock lock -> save(by, lock.ref(), RoomChange.lock(lock.locked()));
      case Request.Configure configure -> {
        if (configure.change().topology() == Topology.SFU && !media.available()) {
          refuse(by, configure.ref(), ErrorCode.SFU_UNAVAILABLE, "this server has no SFU now");
        } else {
          save(by, configure.ref(), configure.change());
        }
      }
    }
  }

  private void update(Session by, Request.UpdateSelf update) {
    var change = new ParticipantChange(update.name(), update.metadata(), update.attributes(), null);
    if (!by.view().permissions().ownMetadata()) {
      refuse(by, update.ref(), ErrorCode.NOT_ALLOWED, "the token does not allow that");
      return;
    }
    try {
      change.check(by.view().attributes());
    } catch (StewardRefused e) {
      refuse(by, update.ref(), ErrorCode.BAD_REQUEST, e.getMessage());
      return;
    }
    by.view(by.view().with(change));
    ok(by, update.ref());
    var notice = new Notice.ParticipantChanged(by.view());
    by.tell(notice, effects);
    meeting.announce(by, notice);
  }

  /// A save has ended: its answer goes out and the next save begins.
  void settled(Effect.SaveRoom save, Notice answer) {
    if (!save.by().gone()) {
      save.by().tell(answer, effects);
    }
    saves.removeFirst();
    if (!saves.isEmpty()) {
      effects.add(saves.peekFirst());
    }
  }

  private void mute(Session by, Request.Mute mute) {
    var target = meeting.session(mute.participant());
    if (!found(by, mute.ref(), target, Session.Stage.JOINED)) {
      return;
    }
    var kind = mute.kind();
    if (mute.track() != null) {
      var track = media.enforce(by, mute);
      if (track == null) {
        return;
      }
      kind = Medium.valueOf(track.kind().name());
    }
    ok(by, mute.ref());
    target.tell(new Notice.Mute(by.id(), kind, mute.track()), effects);
  }

  private void relay(Session by, Request.Relay relay) {
    if (Request.SFU.equals(relay.to())) {
      // The server is ICE-lite (RFC 8445, section 2.5) and learns the client's addresses by checks.
      return;
    }
    var to = relay.to() == null ? meeting.partner(by) : meeting.session(relay.to());
    if (relay.to() == null && to == null) {
      // Classic: nothing is kept for someone who is not there yet.
      return;
    }
    if (to == by) {
      refuse(by, relay.ref(), ErrorCode.PARTICIPANT_NOT_FOUND, "that is yourself");
      return;
    }
    if (to != null && to.agent() != null) {
      refuse(by, relay.ref(), ErrorCode.PARTICIPANT_NOT_FOUND, "that one is at the server only");
      return;
    }
    boolean here = found(by, relay.ref(), to, Session.Stage.JOINED);
    if (here && (relay.kind() != RelayKind.BYE || to.classic())) {
      to.tell(new Notice.Relayed(relay.kind(), by.id(), relay.body(), relay.whole()), effects);
    }
  }

  private void admit(Session by, Request.Admit admit, long now) {
    var target = meeting.session(admit.participant());
    if (!found(by, admit.ref(), target, Session.Stage.WAITING)) {
      return;
    }
    if (!target.hidden() && meeting.full(target.classic())) {
      refuse(by, admit.ref(), ErrorCode.ROOM_FULL, "the room is full");
      return;
    }
    ok(by, admit.ref());
    meeting.toModerators(target, new Notice.KnockEnded(target.id()));
    meeting.seat(target, null, now);
  }

  /// The rooms answer slowly, and answers must not overtake each other: one save at a time.
  private void save(Session by, String ref, RoomChange change) {
    var save = new Effect.SaveRoom(by, ref, change);
    saves.addLast(save);
    if (saves.size() == 1) {
      effects.add(save);
    }
  }

  private boolean found(Session by, String ref, Session target, Session.Stage stage) {
    boolean here =
        target != null && (stage == Session.Stage.JOINED ? target.joined() : target.waiting());
    if (!here) {
      refuse(by, ref, ErrorCode.PARTICIPANT_NOT_FOUND, "no such participant");
    }
    return here;
  }

  private void ok(Session by, String ref) {
    by.tell(new Notice.Ok(ref), effects);
  }

  private void refuse(Session by, String ref, ErrorCode code, String message) {
    by.tell(new Notice.Error(ref, code, message), effects);
  }
}
