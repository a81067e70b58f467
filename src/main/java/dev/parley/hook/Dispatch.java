package dev.parley.hook;

import dev.parley.room.Outbox.Held;
import dev.parley.room.Outbox.Lane;
import dev.parley.room.Outbox.Letter;
import dev.parley.room.Outbox.Next;
import dev.parley.room.Outbox.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Delivers what is in the outbox: holds lanes that are due, sends the letters of each one after
/// the other, and writes down how far each has got, many lanes in one transaction. Time and the
/// outcomes of sending go in.
///
/// Confined to one thread; only [#arrived] may be called by others.
final class Dispatch {
  /// Lanes held at a time for one URL, each with at most one request under way: so many rooms whose
  /// requests hang hold up the others, for no longer than a request may take.
  static final int LANES = 32;

  /// How long a lane is held if nothing is heard of us: many times what a request may take.
  static final Duration LEASE = Duration.ofSeconds(60);

  /// The outbox, as far as delivery needs it.
  interface Store {
    List<Held> claim(String url, int most, String who, Instant now, Instant until);

    List<Held> settle(List<Report> reports, String who, Instant now, Instant until);
  }

  /// A lane that we hold.
  private static final class Run {
    private final Lane lane;
    private final ArrayDeque<Letter> letters = new ArrayDeque<>();
    private long done;
    private int tries;
    private boolean dirty;
    private Report wanted;
    private Instant until;

    private Run(Lane lane) {
      this.lane = lane;
    }
  }

  /// @param failure null where it arrived
  private record Outcome(Run run, Letter letter, String failure) {}

  private final Store store;
  private final Post post;
  private final List<String> urls;
  private final Schedule schedule;
  private final String who;
  private final RandomGenerator random;
  private final Wake wake;
  private final Standing standing;
  private final Map<Lane, Run> runs = new LinkedHashMap<>();
  private final ArrayDeque<Outcome> outcomes = new ArrayDeque<>();
  private final Set<String> crowded = new HashSet<>();

  /// Told when there is an outcome.
  interface Wake {
    void wake();
  }

  /// @param who the holder's name in the outbox
  /// @param standing told how each URL does
  Dispatch(
      Store store,
      Post post,
      List<String> urls,
      Schedule schedule,
      String who,
      RandomGenerator random,
      Wake wake,
      Standing standing) {
    this.store = store;
    this.post = post;
    this.urls = urls;
    this.schedule = schedule;
    this.who = who;
    this.random = random;
    this.wake = wake;
    this.standing = standing;
  }

  /// One look at everything. What the store throws is thrown before anything is forgotten: the next
  /// turn does it again.
  void turn(Instant now) {
    take(now);
    settle(now);
    for (var url : urls) {
      claim(url, now);
    }
  }

  /// How many requests are under way or have just ended.
  int held() {
    return runs.size();
  }

  private void arrived(Run run, Letter letter, String failure) {
    synchronized (outcomes) {
      outcomes.add(new Outcome(run, letter, failure));
    }
    wake.wake();
  }

  private void take(Instant now) {
    List<Outcome> taken;
    synchronized (outcomes) {
      taken = List.copyOf(outcomes);
      outcomes.clear();
    }
    for (var outcome : taken) {
      var run = outcome.run();
      standing.told(run.lane.url(), outcome.failure(), now);
      if (runs.get(run.lane) != run) {
        continue;
      }
      if (outcome.failure() == null) {
        run.letters.remove();
        run.done = outcome.letter().place();
        run.tries = 0;
        run.dirty = true;
        next(run, now);
      } else {
        run.tries++;
        boolean over = schedule.givesUp(run.tries, outcome.letter().at(), now);
        run.wanted =
            report(
                run,
                over ? Next.GIVE_UP : Next.FAILED,
                over ? Duration.ZERO : schedule.pause(run.tries, random),
                outcome.failure());
      }
    }
  }

  /// Sends the next letter, or wants more; so too where we slept longer than the lease lasts, since
  /// then the store has to say first whether we still hold the lane.
  private void next(Run run, Instant now) {
    var letter = run.letters.peek();
    if (letter == null || !now.isBefore(run.until)) {
      boolean others = crowded.contains(run.lane.url());
      run.wanted = report(run, others ? Next.LET_GO : Next.MORE, Duration.ZERO, null);
    } else {
      post.send(run.lane.url(), letter, failure -> arrived(run, letter, failure));
    }
  }

  private static Report report(Run run, Next next, Duration pause, String cause) {
    return new Report(run.lane, run.done, next, pause, cause);
  }

  private void settle(Instant now) {
    var reports = new ArrayList<Report>();
    for (var run : runs.values()) {
      if (run.wanted != null) {
        reports.add(run.wanted);
      } else if (run.dirty) {
        reports.add(report(run, Next.GO_ON, Duration.ZERO, null));
      }
    }
    if (reports.isEmpty()) {
      return;
    }
    var held = new LinkedHashMap<Lane, Held>();
    Instant until = now.plus(LEASE);
    store.settle(reports, who, now, until).forEach(h -> held.put(h.lane(), h));
    for (var report : reports) {
      var run = runs.get(report.lane());
      var still = held.get(report.lane());
      if (still == null) {
        runs.remove(report.lane());
        continue;
      }
      run.dirty = false;
      run.until = until;
      if (run.wanted != null) {
        begin(run, still, now);
      }
    }
  }

  private void begin(Run run, Held held, Instant now) {
    run.wanted = null;
    run.tries = held.tries();
    run.letters.clear();
    run.letters.addAll(held.letters());
    next(run, now);
  }

  private void claim(String url, Instant now) {
    long busy = runs.keySet().stream().filter(lane -> lane.url().equals(url)).count();
    int free = LANES - (int) busy;
    if (free <= 0) {
      crowded.add(url);
      return;
    }
    Instant until = now.plus(LEASE);
    var claimed = store.claim(url, free, who, now, until);
    if (claimed.size() < free) {
      crowded.remove(url);
    } else {
      crowded.add(url);
    }
    for (var held : claimed) {
      var run = new Run(held.lane());
      run.done = held.letters().getFirst().place() - 1;
      run.until = until;
      runs.put(held.lane(), run);
      begin(run, held, now);
    }
  }
}
