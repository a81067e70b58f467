package dev.parley.room;

import dev.parley.config.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;

/// Takes old events out of the database once nobody waits for them, and what was kept of their
/// rooms. What was not delivered is never taken, but where its URL is not in the settings any more.
@ApplicationScoped
public class Retention {
  private final Transactions transactions;

  /// For the container's proxy.
  Retention() {
    this(null);
  }

  @Inject
  public Retention(Transactions transactions) {
    this.transactions = transactions;
  }

  /// Tidies up.
  ///
  /// @param urls that are in the settings
  /// @param before events that happened later stay
  /// @return how many events went
  public int tidy(List<String> urls, Instant before) {
    int events = transactions.call(entities -> events(entities, urls, before));
    transactions.call(entities -> lanes(entities, urls));
    transactions.call(Retention::rooms);
    return events;
  }

  private static int events(EntityManager entities, List<String> urls, Instant before) {
    return entities
        .createQuery(
            "delete from HookEvent e where e.at < :before"
                + " and not exists (select l.room from HookLane l where l.room = e.room"
                + " and l.done < e.place and l.url in :urls)"
                + " and not exists (select d.id from HookDeadLetter d where d.room = e.room"
                + " and d.place = e.place)")
        .setParameter("before", before)
        .setParameter("urls", urls)
        .executeUpdate();
  }

  /// Lanes of rooms without events, empty or of no use any more. Each only if it is still as it was
  /// found: a writer that fills it at this moment changes it.
  private static int lanes(EntityManager entities, List<String> urls) {
    var found =
        entities
            .createQuery(
                "select l.url, l.room, l.pending from HookLane l where not exists"
                    + " (select e.id from HookEvent e where e.room = l.room)"
                    + " order by l.room, l.url",
                Object[].class)
            .getResultList();
    int gone = 0;
    for (var lane : found) {
      if (Boolean.FALSE.equals(lane[2]) || !urls.contains((String) lane[0])) {
        gone +=
            entities
                .createQuery(
                    "delete from HookLane l where l.url = :url and l.room = :room"
                        + " and l.pending = :pending")
                .setParameter("url", lane[0])
                .setParameter("room", lane[1])
                .setParameter("pending", lane[2])
                .executeUpdate();
      }
    }
    return gone;
  }

  /// The orders of rooms without lanes. A writer has moved `last` by the time its lock is free.
  private static int rooms(EntityManager entities) {
    var found =
        entities
            .createQuery(
                "select r.room, r.last from HookRoom r where not exists"
                    + " (select l.url from HookLane l where l.room = r.room) order by r.room",
                Object[].class)
            .getResultList();
    int gone = 0;
    for (var room : found) {
      gone +=
          entities
              .createQuery("delete from HookRoom r where r.room = :room and r.last = :last")
              .setParameter("room", room[0])
              .setParameter("last", room[1])
              .executeUpdate();
    }
    return gone;
  }
}
