package dev.parley.signal;

import dev.parley.identity.Grant;
import java.util.List;

/// The way back into a meeting for those who have lost their line.
///
/// Confined to its meeting's monitor.
final class Comeback {
  private final Meeting meeting;
  private final Entrance entrance;
  private final Forwarding forwarding;
  private final List<Effect> effects;
  private final Limits limits;

  Comeback(
      Meeting meeting,
      Entrance entrance,
      Forwarding forwarding,
      List<Effect> effects,
      Limits limits) {
    this.meeting = meeting;
    this.entrance = entrance;
    this.forwarding = forwarding;
    this.effects = effects;
    this.limits = limits;
  }

  /// A new socket goes on with a session.
  void resume(Session session, Attachment at, Request.Resume request, long now) {
    boolean stays = session.told() && !session.leaving() && !session.gone();
    if (!stays || session.classic() || !session.covers(request.seen())) {
      effects.addAll(at.refuse(request.ref(), ErrorCode.RESUME_FAILED, "join anew"));
      return;
    }
    var old = session.attachment();
    if (!at.attach(session)) {
      return;
    }
    if (old != null) {
      meeting.cut(old, CloseReason.REPLACED);
    }
    session.attach(at, now);
    session.repeat(request.ref(), request.seen(), effects);
    forwarding.greet(session);
    meeting.wakeBy(now + limits.heartbeat().toMillis());
    if (old == null) {
      meeting.announce(session, new Notice.ParticipantChanged(session.view()));
    }
  }

  /// A new socket goes on as a participant whom its token names, told everything anew.
  void giveBack(Session session, Attachment at, String ref, Grant grant, long now) {
    boolean same = session.view().identity().equals(grant.identity());
    if (!session.joined()
        || session.leaving()
        || !session.anew()
        || !same
        || session.agent() != null) {
      effects.addAll(at.refuse(ref, ErrorCode.RESUME_FAILED, "join anew"));
      return;
    }
    var old = session.attachment();
    if (!at.attach(session)) {
      return;
    }
    if (old != null) {
      meeting.cut(old, CloseReason.REPLACED);
    }
    session.attach(at, now);
    session.tell(
        new Notice.Returned(entrance.joined(session, ref), session.announced(), session.lastData()),
        effects);
    forwarding.greet(session);
    forwarding.repeat(session);
    meeting.wakeBy(now + limits.heartbeat().toMillis());
    if (old == null) {
      meeting.announce(session, new Notice.ParticipantChanged(session.view()));
    }
  }
}
