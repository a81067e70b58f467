package dev.parley.boot;

import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// Questions to all loops: commands out, events back, matched by number. Thread-safe; the asking
/// thread waits, a loop never does.
final class Questions {
  private final Map<Long, Asked> open = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();
  private final Duration patience;

  private record Asked(CountDownLatch missing, List<MediaEvent> answers) {
    Asked(int loops) {
      this(new CountDownLatch(loops), new ArrayList<>());
    }

    synchronized void add(MediaEvent answer) {
      answers.add(answer);
      missing.countDown();
    }

    synchronized List<MediaEvent> soFar() {
      return List.copyOf(answers);
    }
  }

  /// @param patience how long a loop may take to answer
  Questions(Duration patience) {
    this.patience = patience;
  }

  /// Asks every loop and waits for all answers, or until patience ends.
  ///
  /// @param command made with the number of the question
  /// @return the answers that came in time
  List<MediaEvent> ask(Loops loops, LongFunction<MediaCommand> command) {
    long question = last.incrementAndGet();
    var asked = new Asked(loops.loops());
    open.put(question, asked);
    try {
      for (int loop = 0; loop < loops.loops(); loop++) {
        if (!loops.post(loop, command.apply(question))) {
          asked.missing.countDown();
        }
      }
      asked.missing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(question);
    }
    return asked.soFar();
  }

  /// Takes an answer; one that comes too late, or to a question nobody asked, is dropped.
  void answered(long question, MediaEvent answer) {
    Asked asked = open.get(question);
    if (asked != null) {
      asked.add(answer);
    }
  }
}
