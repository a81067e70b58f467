package dev.parley.engine.turn;

import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.turn.auth.Credential;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Relays kept for the holders of RESERVATION-TOKENs (RFC 8656, section 7.2): bound and idle.
/// Confined to one loop.
///
/// A token is the number of its loop and 56 random bits; it is good for the user who got it, for 30
/// s, and no longer than the allocation it came with, which it counts for in the quotas.
final class Reservations {
  /// Nanoseconds that a relay is kept: at least 30 s (RFC 8656, section 7.2).
  static final long LIFETIME = 30_000_000_000L;

  /// A relay that is kept.
  ///
  /// @param with the allocation it was asked for with, whose quota it counts in
  record Kept(long token, Allocation with, Relay relay) {}

  private record Held(Kept kept, Timers.Alarm alarm) {}

  private final Map<Long, Held> held = new HashMap<>();
  private final Timers timers;
  private final RandomGenerator random;
  private final int loop;
  private Consumer<Relay> whenOver = relay -> {};

  Reservations(Timers timers, RandomGenerator random, int loop) {
    this.timers = timers;
    this.random = random;
    this.loop = loop;
  }

  /// The loop that a token names; of this node or not.
  static int loopOf(long token) {
    return (int) (token >>> 56);
  }

  /// Who closes relays that nobody came for.
  void whenOver(Consumer<Relay> closer) {
    whenOver = closer;
  }

  /// Keeps a relay, which is bound; returns its token.
  long keep(Relay relay, long now) {
    long token = token();
    Timers.Alarm alarm = new Timers.Alarm(later -> end(token));
    held.put(token, new Held(new Kept(token, relay.allocation(), relay), alarm));
    timers.noLaterThan(alarm, now + LIFETIME);
    return token;
  }

  /// What a token stands for where this user may redeem it, or null.
  Kept of(long token, Credential credential) {
    Held found = held.get(token);
    return found != null && found.kept.with.belongsTo(credential) ? found.kept : null;
  }

  /// Hands the relay to whoever redeems the token: it counts for that allocation now.
  void redeem(Kept kept) {
    Held found = held.remove(kept.token);
    timers.cancel(found.alarm);
    kept.with.quota().releasePorts(1);
  }

  /// The time of a token is over, or its allocation has ended.
  long end(long token) {
    Held found = held.remove(token);
    if (found != null) {
      timers.cancel(found.alarm);
      whenOver.accept(found.kept.relay);
      if (!found.kept.with.ended()) {
        found.kept.with.quota().releasePorts(1);
      }
    }
    return Engine.NEVER;
  }

  int size() {
    return held.size();
  }

  private long token() {
    long token;
    do {
      token = (long) loop << 56 | random.nextLong() >>> 8;
    } while (token == 0 || held.containsKey(token));
    return token;
  }
}
