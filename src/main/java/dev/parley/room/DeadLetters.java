package dev.parley.room;

import dev.parley.config.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Events that were given up: they hold up nobody, and wait until an administrator has them sent
/// once more, out of their order, or deletes them. Any thread may use it; each call is a
/// transaction.
@ApplicationScoped
public class DeadLetters {
  /// One that is sent once more.
  public record Again(UUID id, String url, Outbox.Letter letter) {}

  private final Transactions transactions;

  /// For the container's proxy.
  DeadLetters() {
    this(null);
  }

  @Inject
  public DeadLetters(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The oldest of them first.
  ///
  /// @param most how many
  public List<DeadLetter> list(int most) {
    return transactions.call(
        entities ->
            entities
                .createQuery(
                    "select d from HookDeadLetter d order by d.diedAt, d.id", HookDeadLetter.class)
                .setMaxResults(most)
                .getResultStream()
                .map(HookDeadLetter::view)
                .toList());
  }

  /// Has one sent once more, soon.
  ///
  /// @return whether there is such a one
  public boolean retry(UUID id) {
    return transactions.call(
        entities -> {
          var letter = entities.find(HookDeadLetter.class, id, LockModeType.PESSIMISTIC_WRITE);
          if (letter != null) {
            letter.again();
          }
          return letter != null;
        });
  }

  /// Has all of them sent once more.
  ///
  /// @return how many
  public int retryAll() {
    return transactions.call(
        entities ->
            entities
                .createQuery("update HookDeadLetter d set d.again = true where d.again = false")
                .executeUpdate());
  }

  /// Forgets one.
  ///
  /// @return whether there was such a one
  public boolean delete(UUID id) {
    return transactions.call(
        entities -> {
          var letter = entities.find(HookDeadLetter.class, id, LockModeType.PESSIMISTIC_WRITE);
          if (letter != null) {
            entities.remove(letter);
          }
          return letter != null;
        });
  }

  /// Holds those that are to be sent once more, in their order.
  ///
  /// @param most how many
  /// @param who the holder
  public List<Again> claim(String url, int most, String who, Instant now, Instant until) {
    return transactions.call(
        entities -> {
          var due =
              entities
                  .createQuery(
                      "select d from HookDeadLetter d where d.again = true and d.url = :url"
                          + " and d.heldUntil < :now order by d.room, d.place",
                      HookDeadLetter.class)
                  .setParameter("url", url)
                  .setParameter("now", now)
                  .setMaxResults(most)
                  .getResultList();
          var held = new ArrayList<Again>();
          for (var letter : due) {
            // The database decides who was first.
            int first =
                entities
                    .createQuery(
                        "update HookDeadLetter d set d.holder = :who, d.heldUntil = :until"
                            + " where d.id = :id and d.again = true and d.heldUntil < :now")
                    .setParameter("who", who)
                    .setParameter("until", until)
                    .setParameter("id", letter.id())
                    .setParameter("now", now)
                    .executeUpdate();
            if (first == 1) {
              var event =
                  entities.find(HookEvent.class, new HookEvent.Key(letter.room(), letter.place()));
              var again = new Outbox.Letter(event.id(), event.place(), event.at(), event.body());
              held.add(new Again(letter.id(), letter.url(), again));
            }
          }
          return held;
        });
  }

  /// Says what came of one that was held.
  ///
  /// @param failure null where it arrived: it is no dead letter any more
  public void settle(UUID id, String failure, String who) {
    transactions.call(
        entities -> {
          var letter = entities.find(HookDeadLetter.class, id, LockModeType.PESSIMISTIC_WRITE);
          if (letter != null && failure == null) {
            entities.remove(letter);
          } else if (letter != null && letter.heldBy(who)) {
            letter.failed(failure);
          }
          return null;
        });
  }
}
