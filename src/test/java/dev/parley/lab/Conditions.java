package dev.parley.lab;

import java.time.Duration;

/// What one direction of a way through an [Impairment] is like.
///
/// @param delay of every frame
/// @param jitter by so much more or less, at random; frames keep their order
/// @param loss of frames, 0 to 1
/// @param late share of frames that the following ones overtake, 0 to 1: they come 10 ms later
/// @param bitsPerSecond at most; 0 for as many as come
/// @param queue how long a frame may wait for its turn where there is a rate; one that would wait
///   longer is dropped
public record Conditions(
    Duration delay, Duration jitter, double loss, double late, long bitsPerSecond, Duration queue) {
  /// As if there were a cable.
  public static final Conditions NONE =
      new Conditions(Duration.ZERO, Duration.ZERO, 0, 0, 0, Duration.ofMillis(200));

  public Conditions {
    if (delay.isNegative() || jitter.isNegative() || queue.isNegative()) {
      throw new IllegalArgumentException("frames do not come before they are sent");
    }
    if (loss < 0 || loss > 1 || late < 0 || late > 1 || bitsPerSecond < 0) {
      throw new IllegalArgumentException("a loss of " + loss + " at " + bitsPerSecond + " bit/s");
    }
  }

  public Conditions delay(Duration of) {
    return new Conditions(of, jitter, loss, late, bitsPerSecond, queue);
  }

  public Conditions jitter(Duration of) {
    return new Conditions(delay, of, loss, late, bitsPerSecond, queue);
  }

  public Conditions loss(double share) {
    return new Conditions(delay, jitter, share, late, bitsPerSecond, queue);
  }

  public Conditions late(double share) {
    return new Conditions(delay, jitter, loss, share, bitsPerSecond, queue);
  }

  public Conditions rate(long bits) {
    return new Conditions(delay, jitter, loss, late, bits, queue);
  }

  public Conditions queue(Duration longest) {
    return new Conditions(delay, jitter, loss, late, bitsPerSecond, longest);
  }
}
