package dev.parley.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What went on on a path, looked at again and again.
public final class PathCourse {
  /// One look.
  ///
  /// @param time s since the beginning
  /// @param capacity bit/s that others leave over
  /// @param estimate bit/s
  /// @param sent bit/s since the look before
  /// @param queue ms that a packet has to wait
  public record Look(double time, double capacity, double estimate, double sent, double queue) {}

  private final List<Look> looks = new ArrayList<>();

  void add(Look look) {
    looks.add(look);
  }

  public List<Look> looks() {
    return looks;
  }

  /// Between two times, s.
  public List<Look> between(double from, double to) {
    return looks.stream().filter(look -> look.time >= from && look.time < to).toList();
  }

  public double mean(double from, double to, ToDoubleFunction<Look> of) {
    return between(from, to).stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  public double most(double from, double to, ToDoubleFunction<Look> of) {
    return between(from, to).stream().mapToDouble(of).max().orElse(Double.NaN);
  }

  public double least(double from, double to, ToDoubleFunction<Look> of) {
    return between(from, to).stream().mapToDouble(of).min().orElse(Double.NaN);
  }

  /// Share of the time in which the estimate was so near to the capacity.
  public double within(double from, double to, double share) {
    List<Look> some = between(from, to);
    long near =
        some.stream()
            .filter(look -> Math.abs(look.estimate - look.capacity) <= share * look.capacity)
            .count();
    return (double) near / some.size();
  }

  /// When the estimate first reached so much after a time, s; infinite if never.
  public double reached(double from, double bitsPerSecond) {
    return looks.stream()
        .filter(look -> look.time >= from && look.estimate >= bitsPerSecond)
        .mapToDouble(Look::time)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /// The longest time during which the queue never was shorter than this, s.
  public double standing(double from, double to, double milliseconds) {
    double longest = 0;
    double begun = Double.NaN;
    for (Look look : between(from, to)) {
      if (look.queue < milliseconds) {
        begun = Double.NaN;
      } else {
        begun = Double.isNaN(begun) ? look.time : begun;
        longest = Math.max(longest, look.time - begun);
      }
    }
    return longest;
  }
}
