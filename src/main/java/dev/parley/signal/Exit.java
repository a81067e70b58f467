package dev.parley.signal;

import java.util.List;

/// The way out of a meeting. Whoever was in is out when that is written; until then it is there for
/// the others and not heard any more.
///
/// Confined to its meeting's monitor.
final class Exit {
  private final Meeting meeting;
  private final Roster roster;
  private final Forwarding forwarding;
  private final Minutes minutes;
  private final List<Effect> effects;

  Exit(
      Meeting meeting,
      Roster roster,
      Forwarding forwarding,
      Minutes minutes,
      List<Effect> effects) {
    this.meeting = meeting;
    this.roster = roster;
    this.forwarding = forwarding;
    this.minutes = minutes;
    this.effects = effects;
  }

  /// Takes someone out for good and tells everyone whom it concerns.
  ///
  /// @param farewell what the one itself is told, or null
  void depart(Session session, Departure why, CloseReason how, Notice farewell, long now) {
    if (session.gone() || session.leaving()) {
      return;
    }
    if (session.waiting()) {
      out(session, why, how, farewell, now);
      return;
    }
    session.leaves();
    minutes.record(
        () ->
            new Fact.Left(minutes.scene(now), session.view().connected(false), why, session.told()),
        now,
        then -> out(session, why, how, farewell, then),
        late -> out(session, why, how, farewell, late));
  }

  /// A join could not be written in time: it may be or not, so it is taken back.
  void refuse(Session session, String ref, long now) {
    if (session.gone()) {
      return;
    }
    if (session.agent() != null) {
      session.agent().refused(ErrorCode.INTERNAL);
    }
    session.leaves();
    minutes.note(
        () -> new Fact.Left(minutes.scene(now), session.view(), Departure.CLOSED, session.told()));
    var error = new Notice.Error(ref, ErrorCode.INTERNAL, "the server failed");
    out(session, Departure.CLOSED, CloseReason.FAILED, error, now);
  }

  private void out(Session session, Departure why, CloseReason how, Notice farewell, long now) {
    if (session.gone()) {
      return;
    }
    boolean waited = session.waiting();
    boolean in = session.joined();
    var at = session.attachment();
    if (at != null) {
      if (farewell != null) {
        session.tell(farewell, effects);
      }
      meeting.cut(at, how);
    }
    session.stage(Session.Stage.GONE);
    session.detach(Meeting.NEVER);
    roster.remove(session);
    effects.add(new Effect.Gone(session));
    forwarding.departed(session);
    if (session.agent() != null && in) {
      effects.add(new Effect.Ended(session.agent(), why));
    }
    if (waited) {
      meeting.toModerators(session, new Notice.KnockEnded(session.id()));
    } else if (in) {
      meeting.left(session, why, now);
    }
    meeting.restIfEmpty(now);
  }
}
