package dev.parley.hook;

import dev.parley.room.DeadLetters;
import dev.parley.room.DeadLetters.Again;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/// Sends dead letters once more that an administrator wants sent, whatever else goes to their URLs.
///
/// Confined to one thread, but for the outcomes.
final class Resends {
  /// So many are under way at a time.
  private static final int MOST = 8;

  /// @param failure null where it arrived
  private record Outcome(Again again, String failure) {}

  private final DeadLetters letters;
  private final Post post;
  private final List<String> urls;
  private final String who;
  private final Runnable wake;
  private final ArrayDeque<Outcome> outcomes = new ArrayDeque<>();
  private int under;

  Resends(DeadLetters letters, Post post, List<String> urls, String who, Runnable wake) {
    this.letters = letters;
    this.post = post;
    this.urls = urls;
    this.who = who;
    this.wake = wake;
  }

  void turn(Instant now) {
    for (var outcome = peek(); outcome != null; outcome = peek()) {
      letters.settle(outcome.again().id(), outcome.failure(), who);
      synchronized (outcomes) {
        outcomes.remove();
      }
      under--;
    }
    for (var url : urls) {
      if (under < MOST) {
        for (var again : letters.claim(url, MOST - under, who, now, now.plus(Dispatch.LEASE))) {
          under++;
          post.send(url, again.letter(), failure -> arrived(new Outcome(again, failure)));
        }
      }
    }
  }

  private void arrived(Outcome outcome) {
    synchronized (outcomes) {
      outcomes.add(outcome);
    }
    wake.run();
  }

  private Outcome peek() {
    synchronized (outcomes) {
      return outcomes.peek();
    }
  }
}
