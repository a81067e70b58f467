package dev.parley.room;

import dev.parley.config.HookSettings;
import dev.parley.config.NodeName;
import dev.parley.config.Transactions;
import dev.parley.lab.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A ledger with its database, and what a test says happens.
final class Outlets {
  static final String URL = "https://one.test/hook";
  static final String OTHER = "https://two.test/hook";

  final SettableClock clock = new SettableClock();
  final Transactions database;

  Outlets(Transactions database) {
    this.database = database;
  }

  static HookSettings settings(String... urls) {
    return new HookSettings(
        Stream.of(urls).map(URI::create).toList(),
        Optional.empty(),
        Duration.ofHours(24),
        Duration.ofHours(1));
  }

  Ledger ledger(String node, String... urls) {
    return new Ledger(database, new PlainText(), settings(urls), new NodeName(node), clock);
  }

  /// Writes all of it and waits until it is written.
  void write(Ledger ledger, Happening... all) throws InterruptedException {
    var written = new CountDownLatch(all.length);
    for (var one : all) {
      ledger.write(() -> one, written::countDown);
    }
    if (!written.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("not written: " + written.getCount());
    }
  }

  Happening came(String room, String who) {
    return new Happening.Came(room, room, clock.instant(), who, who);
  }

  Happening went(String room, String who) {
    return new Happening.Went(room, room, clock.instant(), who, who, false);
  }

  Happening up(String room, String who, String track) {
    return new Happening.Published(room, room, clock.instant(), who, who, track, track);
  }

  Happening down(String room, String who, String track) {
    return new Happening.Unpublished(room, room, clock.instant(), who, who, track);
  }

  Happening ended(String room) {
    return new Happening.Ended(room, room, clock.instant());
  }

  /// What one room's events say, in order.
  List<String> told(String room) {
    return database.call(
        entities ->
            entities
                .createQuery(
                    "select e.body from HookEvent e where e.room = :room order by e.place",
                    String.class)
                .setParameter("room", room)
                .getResultList());
  }

  List<Long> places(String room) {
    return database.call(
        entities ->
            entities
                .createQuery(
                    "select e.place from HookEvent e where e.room = :room order by e.place",
                    Long.class)
                .setParameter("room", room)
                .getResultList());
  }

  long rows(String entity) {
    return database.call(
        entities ->
            entities
                .createQuery("select count(x) from " + entity + " x", Long.class)
                .getSingleResult());
  }

  Instant now() {
    return clock.instant();
  }

  static List<String> bodies(List<Outbox.Held> held) {
    var bodies = new ArrayList<String>();
    held.forEach(h -> h.letters().forEach(letter -> bodies.add(letter.body())));
    return bodies;
  }
}
