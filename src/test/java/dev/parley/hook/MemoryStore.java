package dev.parley.hook;

import dev.parley.room.Outbox.Held;
import dev.parley.room.Outbox.Lane;
import dev.parley.room.Outbox.Letter;
import dev.parley.room.Outbox.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The outbox as its contract says it is, in memory.
final class MemoryStore implements Dispatch.Store {
  private static final class Way {
    long done;
    int tries;
    Instant nextAt = Instant.MIN;
    String holder;
    Instant heldUntil = Instant.MIN;
  }

  private final Map<String, List<Letter>> rooms = new HashMap<>();
  private final Map<Lane, Way> lanes = new TreeMap<>();

  /// Ids of those that were given up, with their URL.
  final Set<String> dead = new HashSet<>();

  /// How many calls fail from now on.
  int broken;

  void add(String room, List<String> urls, Instant now) {
    var letters = rooms.computeIfAbsent(room, name -> new ArrayList<>());
    letters.add(new Letter(room + "-" + (letters.size() + 1), letters.size() + 1, now, "{}"));
    urls.forEach(url -> lanes.computeIfAbsent(new Lane(url, room), lane -> new Way()));
  }

  List<String> ids(String room) {
    return rooms.getOrDefault(room, List.of()).stream().map(Letter::id).toList();
  }

  /// Whether everything has arrived or was given up.
  boolean empty() {
    return lanes.entrySet().stream()
        .allMatch(e -> e.getValue().done == rooms.get(e.getKey().room()).size());
  }

  /// Lanes that someone holds.
  long held(String who) {
    return lanes.values().stream().filter(way -> who.equals(way.holder)).count();
  }

  private void fail() {
    if (broken > 0) {
      broken--;
      throw new IllegalStateException("database away");
    }
  }

  @Override
  public List<Held> claim(String url, int most, String who, Instant now, Instant until) {
    fail();
    var held = new ArrayList<Held>();
    lanes.entrySet().stream()
        .filter(e -> e.getKey().url().equals(url))
        .filter(e -> e.getValue().done < rooms.get(e.getKey().room()).size())
        .filter(e -> !e.getValue().nextAt.isAfter(now) && e.getValue().heldUntil.isBefore(now))
        .sorted((a, b) -> a.getValue().nextAt.compareTo(b.getValue().nextAt))
        .limit(most)
        .forEach(
            e -> {
              e.getValue().holder = who;
              e.getValue().heldUntil = until;
              held.add(held(e.getKey(), e.getValue()));
            });
    return held;
  }

  private Held held(Lane lane, Way way) {
    var letters = rooms.get(lane.room());
    int from = (int) way.done;
    return new Held(
        lane, way.tries, List.copyOf(letters.subList(from, Math.min(letters.size(), from + 3))));
  }

  @Override
  public List<Held> settle(List<Report> reports, String who, Instant now, Instant until) {
    fail();
    var held = new ArrayList<Held>();
    for (var report : reports) {
      var way = lanes.get(report.lane());
      if (!who.equals(way.holder)) {
        continue;
      }
      way.heldUntil = until;
      if (report.done() > way.done) {
        way.done = report.done();
        way.tries = 0;
      }
      switch (report.next()) {
        case GO_ON -> held.add(new Held(report.lane(), way.tries, List.of()));
        case MORE -> more(report.lane(), way, held);
        case LET_GO -> {
          way.nextAt = now;
          release(way);
        }
        case FAILED -> {
          way.tries++;
          way.nextAt = now.plus(report.pause());
          release(way);
        }
        case GIVE_UP -> {
          dead.add(rooms.get(report.lane().room()).get((int) way.done).id() + report.lane().url());
          way.done++;
          way.tries = 0;
          more(report.lane(), way, held);
        }
      }
    }
    return held;
  }

  private void more(Lane lane, Way way, List<Held> held) {
    if (way.done < rooms.get(lane.room()).size()) {
      held.add(held(lane, way));
    } else {
      release(way);
    }
  }

  private static void release(Way way) {
    way.holder = null;
    way.heldUntil = Instant.MIN;
  }
}
