package dev.parley.protocol.ice;

import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import java.util.Queue;

/// Which of the valid pairs is selected, and whether the client consents to what is sent there (RFC
/// 8445, section 8.1.1; RFC 7675). Confined to its agent.
///
/// The first nomination selects. A later one, on another path, moves the selection once the client
/// has answered a request sent there: a check says nothing about its source address, an answer
/// does.
final class Selection {
  /// Nominations that follow each other within this time are one agent trying all its pairs, and
  /// the best wins; later ones are meant.
  private static final long SETTLED = 2_000_000_000L;

  /// A path without checks for so long is given up by its client: browsers check every 2.5 to 6 s.
  private static final long ABANDONED = 7_000_000_000L;

  private static final long TRIAL_EVERY = 500_000_000L;
  private static final int TRIALS = 7;

  private final IceKit kit;
  private final IceEffects effects;
  private final Pairs pairs;
  private final Consent consent;
  private final long tieBreaker;
  private Pair selected;
  private long selectedAt;
  private boolean lost;
  private Pair trial;
  private int trials;
  private long trialAt;

  Selection(IceKit kit, IceLimits limits, IceEffects effects, Pairs pairs) {
    this.kit = kit;
    this.effects = effects;
    this.pairs = pairs;
    this.consent = new Consent(kit, limits);
    byte[] random = new byte[8];
    kit.random(random);
    this.tieBreaker = Octets.u64(random, 0);
  }

  Pair selected() {
    return selected;
  }

  FiveTuple path() {
    if (lost) {
      return null;
    }
    Pair pair = selected != null ? selected : pairs.best();
    return pair == null ? null : pair.path();
  }

  /// The client nominated a pair of the active generation.
  ///
  /// @param anew the pair was not nominated until now
  void nominated(Pair pair, boolean anew, Generation in, Queue<IceEvent> events, long now) {
    if (lost || pair == selected) {
      return;
    }
    if (selected == null || in.remoteKey() == null && preferred(pair, anew, now)) {
      select(pair, events, now);
    } else if (pair != trial && preferred(pair, anew, now)) {
      trial = pair;
      trials = 0;
      tryOnce(in, now);
    }
  }

  private boolean preferred(Pair pair, boolean anew, long now) {
    return Long.compareUnsigned(pair.priority(), selected.priority()) > 0
        || !selected.nominated()
        || now - selected.checked() > ABANDONED
        || anew && now - selectedAt > SETTLED;
  }

  /// The client nominated a pair of a new generation.
  void restart(Pair pair, Queue<IceEvent> events, long now) {
    consent.stop();
    lost = false;
    if (pair == selected) {
      selectedAt = now;
      consent.grant(now);
    } else {
      select(pair, events, now);
    }
    trial = null;
  }

  private void select(Pair pair, Queue<IceEvent> events, long now) {
    boolean moves = selected != null;
    selected = pair;
    selectedAt = now;
    trial = null;
    consent.grant(now);
    if (moves) {
      consent.moved(now);
    }
    events.add(new IceEvent.Selected(pair.path()));
  }

  /// A pair is no longer valid; where it was selected, another nominated one takes its place.
  void gone(Pair pair, Generation in, Queue<IceEvent> events, long now) {
    if (pair == trial) {
      trial = null;
    }
    if (pair != selected) {
      return;
    }
    selected = null;
    Pair best = pairs.best();
    if (best != null && best.nominated() && !lost) {
      select(best, events, now);
    }
  }

  /// Takes an answer of the client; returns whether it was asked for and authentic.
  boolean answered(
      StunMessage answer, Generation in, FiveTuple path, Queue<IceEvent> events, long now) {
    if (!consent.answered(answer, in, path, now)) {
      return false;
    }
    if (trial != null && trial.path().equals(path)) {
      select(trial, events, now);
    }
    return true;
  }

  void tick(Generation in, Queue<IceEvent> events, long now) {
    if (trial != null && now - trialAt >= 0) {
      tryOnce(in, now);
    }
    if (consent.running() && now - consent.deadline() >= 0) {
      FiveTuple path = selected == null ? null : selected.path();
      if (!consent.tick(in, tieBreaker, path, effects, now)) {
        lost = true;
        selected = null;
        trial = null;
        events.add(new IceEvent.ConsentLost());
      }
    }
  }

  long deadline() {
    long ask = consent.running() ? Deadlines.at(consent.deadline()) : IceLite.NEVER;
    return trial == null ? ask : Deadlines.earlier(ask, Deadlines.at(trialAt));
  }

  private void tryOnce(Generation in, long now) {
    if (trials++ == TRIALS) {
      // The next nominating check begins another trial.
      trial = null;
      return;
    }
    trialAt = now + TRIAL_EVERY;
    consent.ask(in, tieBreaker, trial.path(), effects);
  }
}
