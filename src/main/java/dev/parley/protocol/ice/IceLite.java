package dev.parley.protocol.ice;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.wire.FiveTuple;
import java.util.ArrayDeque;

/// The server's end of ICE: a lite agent (RFC 8445, section 2.5), always controlled, which answers
/// checks, follows nominations and asks for consent (RFC 7675). Confined to the loop that owns it.
///
/// Only an authenticated message changes anything here. Times are nanoseconds of one monotonic
/// clock, compared by subtraction.
public final class IceLite {
  /// No deadline: tick only after the next input.
  public static final long NEVER = Long.MAX_VALUE;

  private final IceKit kit;
  private final IceEffects effects;
  private final Selection selection;
  private final Pairs pairs;
  private final Replays replays = new Replays();
  private final Silence silence;
  private final ClientCandidates candidates = new ClientCandidates();
  private final ArrayDeque<IceEvent> events = new ArrayDeque<>();
  private Generation active;
  private Generation next;

  /// @param kit of the loop
  /// @param local the agent's own credentials
  public IceLite(IceKit kit, IceCredentials local, IceLimits limits, IceEffects effects) {
    this.kit = kit;
    this.effects = effects;
    this.active = new Generation(local);
    this.pairs = new Pairs(limits.paths());
    this.selection = new Selection(kit, limits, effects, pairs);
    this.silence = new Silence(limits);
  }

  /// The credentials of the newest generation, for the next description.
  public IceCredentials local() {
    return newest().local();
  }

  /// The client's credentials of the newest generation, or null while unknown.
  public IceCredentials remote() {
    return newest().remote();
  }

  /// The client's credentials for the newest generation have come; the same again change nothing.
  ///
  /// @throws IllegalStateException for others than before: those want [#restart] first
  public void remote(IceCredentials credentials) {
    if (restartedBy(credentials)) {
      throw new IllegalStateException("other credentials of the client without a restart");
    }
    newest().remote(credentials);
  }

  /// Whether a description with these credentials asks for a restart (RFC 8839, section 4.4.1.1.1).
  public boolean restartedBy(IceCredentials offered) {
    IceCredentials known = newest().remote();
    return known != null && !known.equals(offered);
  }

  /// Begins a new generation: what was selected goes on carrying media, and checks of the old
  /// generation are answered, until the client nominates in the new one (RFC 8445, section 9).
  public void restart(IceCredentials local) {
    end(next, active);
    next = new Generation(local);
    drain();
  }

  /// Takes back a [#restart] whose offer came to nothing (RFC 8829, section 4.1.10.2).
  public void rollBack() {
    end(next, active);
    next = null;
    drain();
  }

  /// A candidate of the client, which is never sent to: it only tells the priority of a path.
  public void candidate(IceCandidate candidate) {
    candidates.add(candidate);
  }

  /// Where to send: the selected path; before a nomination the best verified one; or null.
  public FiveTuple path() {
    return selection.path();
  }

  /// Whether a check on this path was authenticated, so that media and DTLS may be taken from it.
  public boolean verified(FiveTuple path) {
    return pairs.of(path) != null;
  }

  /// Takes a STUN message for this agent; on streams without the length before it.
  ///
  /// @param octets valid during the call only
  public IceVerdict receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    StunMessage message;
    try {
      message = StunMessage.parse(octets, at, length);
    } catch (StunRefused refused) {
      return IceVerdict.MALFORMED;
    }
    if (message.method() != StunMethod.BINDING || !message.fingerprinted()) {
      return IceVerdict.MALFORMED;
    }
    StunClass kind = message.messageClass();
    if (kind == StunClass.INDICATION) {
      return IceVerdict.KEEPALIVE;
    }
    IceVerdict verdict =
        kind == StunClass.REQUEST ? check(message, path, now) : answer(message, path, now);
    if (verdict.authentic() && silence.heard(now)) {
      events.add(new IceEvent.Heard());
    }
    drain();
    return verdict;
  }

  /// A stream has ended, and nothing can be sent on its path any more.
  public void closed(FiveTuple path, long now) {
    Pair gone = pairs.remove(path);
    if (gone != null) {
      events.add(new IceEvent.Forgotten(path));
      selection.gone(gone, active, events, now);
      drain();
    }
  }

  /// Asks for consent, and tells of silence and of consent that ended.
  public void tick(long now) {
    selection.tick(active, events, now);
    if (silence.tick(now)) {
      events.add(new IceEvent.Quiet());
    }
    drain();
  }

  /// When it next wants to be ticked, or [#NEVER].
  public long deadline() {
    return Deadlines.earlier(selection.deadline(), silence.deadline());
  }

  private Generation newest() {
    return next == null ? active : next;
  }

  // RFC 8489, sections 9.1.3 and 6.3.1; RFC 8445, section 7.3.1.
  private IceVerdict check(StunMessage check, FiveTuple path, long now) {
    int username = check.find(StunAttribute.USERNAME);
    if (username == StunMessage.NONE || !check.has(StunAttribute.MESSAGE_INTEGRITY)) {
      kit.refuse(check, StunError.BAD_REQUEST, path, effects);
      return IceVerdict.UNAUTHENTICATED;
    }
    Generation generation = addressed(check, username);
    if (generation == null || !kit.verifies(check, generation.localKey())) {
      kit.refuse(check, StunError.UNAUTHENTICATED, path, effects);
      return IceVerdict.UNAUTHENTICATED;
    }
    if (replays.replayed(check, path)) {
      return IceVerdict.REPLAYED;
    }
    byte[] key = generation.localKey();
    if (kit.refuseUnknown(check, key, path, effects)) {
      return IceVerdict.REFUSED;
    }
    if (check.has(StunAttribute.ICE_CONTROLLED)) {
      // A full agent controls where the other is lite (RFC 8445, section 6.1.1): it must switch.
      kit.refuse(check, StunError.ROLE_CONFLICT, key, path, effects);
      return IceVerdict.ROLE_CONFLICT;
    }
    long priority = priority(check, path);
    if (priority <= 0) {
      kit.refuse(check, StunError.BAD_REQUEST, key, path, effects);
      return IceVerdict.REFUSED;
    }
    kit.success(check, key, path, effects);
    validate(generation, path, priority, check.has(StunAttribute.USE_CANDIDATE), now);
    return IceVerdict.ANSWERED;
  }

  private Generation addressed(StunMessage check, int username) {
    if (active.addressed(check, username)) {
      return active;
    }
    return next != null && next.addressed(check, username) ? next : null;
  }

  /// The priority of the client's candidate, 1 to 2^31 - 1: as described, else as the check says
  /// (RFC 8445, section 7.3.1.3), else as it was; or 0.
  private long priority(StunMessage check, FiveTuple path) {
    int value = check.find(StunAttribute.PRIORITY);
    if (value == StunMessage.NONE) {
      Pair known = pairs.of(path);
      return known == null ? 0 : known.client();
    }
    try {
      int said = StunValues.u32(check, value);
      return said <= 0 ? 0 : candidates.priority(path, said);
    } catch (StunRefused refused) {
      return 0;
    }
  }

  /// Makes the path a valid pair and follows the nomination (RFC 8445, sections 7.3.1.5 and 7.3.2).
  private void validate(
      Generation generation, FiveTuple path, long priority, boolean nominates, long now) {
    Pair pair = pairs.of(path);
    if (pair == null) {
      pair = new Pair(path, generation);
      Pair gone = pairs.add(pair, selection.selected());
      if (gone != null) {
        selection.gone(gone, active, events, now);
        events.add(new IceEvent.Forgotten(gone.path()));
      }
      events.add(new IceEvent.Verified(path));
    } else if (generation == active && pair.generation() == next && next != null) {
      // A late check of the old generation takes nothing back.
      return;
    }
    boolean anew = pair.checked(generation, priority, nominates, now);
    if (nominates && generation == next) {
      takeOver(pair, now);
    } else if (nominates) {
      selection.nominated(pair, anew, active, events, now);
    }
  }

  private void takeOver(Pair pair, long now) {
    Generation old = active;
    active = next;
    next = null;
    selection.restart(pair, events, now);
    events.add(new IceEvent.Restarted());
    end(old, active);
  }

  private IceVerdict answer(StunMessage answer, FiveTuple path, long now) {
    return selection.answered(answer, active, path, events, now)
        ? IceVerdict.CONSENTED
        : IceVerdict.UNEXPECTED;
  }

  /// Ends a generation, or null, with its paths and its credentials.
  private void end(Generation generation, Generation other) {
    if (generation == null) {
      return;
    }
    for (Pair gone; (gone = pairs.removeOneOf(generation, other)) != null; ) {
      events.add(new IceEvent.Forgotten(gone.path()));
    }
    events.add(new IceEvent.Retired(generation.local().ufrag()));
  }

  // Facts are told when all is done, for whoever hears one may tell the agent something new.
  private void drain() {
    for (IceEvent event = events.poll(); event != null; event = events.poll()) {
      effects.happened(event);
    }
  }
}
