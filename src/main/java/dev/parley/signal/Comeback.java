package dev.parley.signal;

import dev.parley.identity.Grant;
import java.util.List;

/// The way back into a meeting for those whose line was lost, on another one: with the session's
/// secret and what was missed, or with a token and everything anew.
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
      refuse(at, request.ref());
      return;
    }
    go(
        session,
        at,
        now,
        () -> {
          session.repeat(request.ref(), request.seen(), effects);
          forwarding.greet(session);
        });
  }

  /// A new socket goes on as a participant whom its token names, told everything anew.
  void giveBack(Session session, Attachment at, String ref, Grant grant, long now) {
    boolean same = session.view().identity().equals(grant.identity());
    boolean stays = session.joined() && !session.leaving();
    if (!stays || !session.anew() || !same || session.agent() != null) {
      refuse(at, ref);
      return;
    }
    go(
        session,
        at,
        now,
        () -> {
          var all = entrance.joined(session, ref);
          session.tell(new Notice.Returned(all, session.announced(), session.lastData()), effects);
          forwarding.greet(session);
          forwarding.repeat(session);
        });
  }

  private void go(Session session, Attachment at, long now, Runnable told) {
    var old = session.attachment();
    if (!at.attach(session)) {
      return;
    }
    if (old != null) {
      meeting.cut(old, CloseReason.REPLACED);
    }
    session.attach(at, now);
    told.run();
    meeting.wakeBy(now + limits.heartbeat().toMillis());
    if (old == null) {
      meeting.announce(session, new Notice.ParticipantChanged(session.view()));
    }
  }

  private void refuse(Attachment at, String ref) {
    effects.addAll(at.refuse(ref, ErrorCode.RESUME_FAILED, "join anew"));
  }
}
