package dev.parley.room;

import dev.parley.config.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Counts what waits in the outbox.
@ApplicationScoped
public class Backlogs {
  private final Transactions transactions;

  /// For the container's proxy.
  Backlogs() {
    this(null);
  }

  @Inject
  public Backlogs(Transactions transactions) {
    this.transactions = transactions;
  }

  /// What waits for each URL that anything waits for, by URL.
  public List<Backlog> list() {
    return transactions.call(
        entities -> {
          var pending =
              counts(
                  entities,
                  "select l.url, count(e) from HookLane l, HookEvent e where l.pending = true"
                      + " and e.room = l.room and e.place > l.done group by l.url");
          var failing =
              counts(
                  entities,
                  "select l.url, count(l) from HookLane l where l.tries > 0 group by l.url");
          var dead =
              counts(entities, "select d.url, count(d) from HookDeadLetter d group by d.url");
          var urls = new TreeSet<>(pending.keySet());
          urls.addAll(dead.keySet());
          return urls.stream()
              .map(
                  url ->
                      of(
                          entities,
                          url,
                          pending.getOrDefault(url, 0L),
                          failing.getOrDefault(url, 0L),
                          dead.getOrDefault(url, 0L)))
              .toList();
        });
  }

  private static Backlog of(
      EntityManager entities, String url, long pending, long failing, long dead) {
    Instant oldest = null;
    if (pending > 0) {
      oldest =
          entities
              .createQuery(
                  "select e.at from HookLane l, HookEvent e where l.url = :url"
                      + " and l.pending = true and e.room = l.room and e.place > l.done"
                      + " order by e.at",
                  Instant.class)
              .setParameter("url", url)
              .setMaxResults(1)
              .getSingleResult();
    }
    if (failing == 0) {
      return new Backlog(url, pending, oldest, 0, null, null, dead);
    }
    var first =
        entities
            .createQuery(
                "select l.failingAt, l.cause from HookLane l where l.url = :url and l.tries > 0"
                    + " order by l.failingAt",
                Object[].class)
            .setParameter("url", url)
            .setMaxResults(1)
            .getSingleResult();
    return new Backlog(url, pending, oldest, failing, (Instant) first[0], (String) first[1], dead);
  }

  private static Map<String, Long> counts(EntityManager entities, String query) {
    var counts = new HashMap<String, Long>();
    for (var row : entities.createQuery(query, Object[].class).getResultList()) {
      counts.put((String) row[0], (Long) row[1]);
    }
    return counts;
  }
}
