package dev.parley.lab;

import java.time.Duration;

/// A greedy flow that halves its window when it loses a packet and widens it by one packet a round
/// trip otherwise, as TCP's congestion avoidance does (RFC 5681, section 3.1). Nothing is sent
/// again.
public final class RenoFlow {
  private static final int PACKET = 1_400;

  private final Timeline timeline;
  private final Bottleneck path;
  private final Duration back;
  private double window = 4;
  private double threshold = 64;
  private long next;
  private long answered;
  private long recovered;
  private long arrived;
  private boolean on = true;

  /// @param back from the receiver to the sender
  public RenoFlow(Timeline timeline, Bottleneck path, Duration back) {
    this.timeline = timeline;
    this.path = path;
    this.back = back;
    send();
  }

  /// Octets that arrived.
  public long arrived() {
    return arrived;
  }

  public void stop() {
    on = false;
  }

  private void send() {
    while (on && next - answered < window) {
      long number = next++;
      path.carry(
          PACKET,
          () -> {
            arrived += PACKET;
            timeline.after(back, () -> acknowledged(number));
          });
    }
    // All of a window may be lost.
    long waiting = answered;
    timeline.after(
        Duration.ofSeconds(1),
        () -> {
          if (on && answered == waiting) {
            answered = next;
            window = 1;
            send();
          }
        });
  }

  private void acknowledged(long number) {
    if (number < answered) {
      return;
    }
    boolean lost = number > answered;
    answered = number + 1;
    if (lost && number >= recovered) {
      threshold = Math.max(2, window / 2);
      window = threshold;
      recovered = next;
    } else {
      window += window < threshold ? 1 : 1 / window;
    }
    send();
  }
}
