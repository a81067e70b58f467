package dev.parley.hook;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// When a letter that did not arrive is tried again, and when no more.
///
/// @param patience how old a letter grows before it is given up
record Schedule(Duration patience) {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(5);

  /// However old it is, so often it is tried: the receiver may have been away all the time.
  static final int TRIES = 3;

  /// Doubles with each try, up to [#LONGEST]; a tenth more or less, so that rooms do not come in
  /// step.
  ///
  /// @param tries how many have failed, at least one
  Duration pause(int tries, RandomGenerator random) {
    long millis = FIRST.toMillis() << Math.min(tries - 1, 20);
    long capped = Math.min(millis, LONGEST.toMillis());
    return Duration.ofMillis(capped - capped / 10 + random.nextLong(capped / 5 + 1));
  }

  /// @param tries how many have failed
  /// @param at when it happened
  boolean givesUp(int tries, Instant at, Instant now) {
    return tries >= TRIES && !now.isBefore(at.plus(patience));
  }
}
