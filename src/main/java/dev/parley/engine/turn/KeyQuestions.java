package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.turn.auth.Verdict;
import dev.parley.media.MediaEvent;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.FiveTuple;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Requests that wait for the key of their user, which the enterprise half looks up. Confined to
/// one loop.
///
/// Nobody has proved anything yet, so the table is small: one request a path, few in all, none for
/// long. Whoever is dropped sends again, as every STUN client does.
final class KeyQuestions {
  /// Most requests that wait.
  static final int MOST = 256;

  /// Nanoseconds that one waits: longer is no use, the client has sent again.
  static final long PATIENCE = 5_000_000_000L;

  /// A request that waits.
  record Waiting(FiveTuple path, byte[] message, long until) {}

  private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
  private final Map<FiveTuple, Long> byPath = new HashMap<>();
  private final Effects<TurnEffect> effects;
  private final Timers timers;
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private final int loop;
  private long questions;

  KeyQuestions(Effects<TurnEffect> effects, Timers timers, int loop) {
    this.effects = effects;
    this.timers = timers;
    this.loop = loop;
  }

  /// Asks for a key, unless there is no room or the path waits already; whether it did.
  boolean ask(StunMessage message, FiveTuple path, Verdict.Wanted wanted, long now) {
    if (waiting.size() >= MOST || byPath.containsKey(path)) {
      return false;
    }
    long question = questions++;
    waiting.put(question, new Waiting(path, message.copy(), now + PATIENCE));
    byPath.put(path, question);
    timers.noLaterThan(alarm, now + PATIENCE);
    effects.tell(
        new MediaEvent.TurnKeyWanted(
            loop, question, wanted.realm(), wanted.username(), wanted.userhash()));
    return true;
  }

  /// The request that asked, or null where it has waited too long.
  Waiting answered(long question) {
    Waiting found = waiting.remove(question);
    if (found != null) {
      byPath.remove(found.path);
      rest();
    }
    return found;
  }

  /// A client is gone.
  void closed(FiveTuple path) {
    Long question = byPath.remove(path);
    if (question != null) {
      waiting.remove(question);
      rest();
    }
  }

  private void rest() {
    if (waiting.isEmpty()) {
      timers.cancel(alarm);
    }
  }

  int size() {
    return waiting.size();
  }

  private long wake(long now) {
    Iterator<Waiting> oldest = waiting.values().iterator();
    while (oldest.hasNext()) {
      Waiting first = oldest.next();
      if (first.until - now > 0) {
        return first.until;
      }
      oldest.remove();
      byPath.remove(first.path);
    }
    return Engine.NEVER;
  }
}
