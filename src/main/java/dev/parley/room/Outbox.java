package dev.parley.room;

import dev.parley.config.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The events on their way out. A lane is one room's events for one URL; who holds it, for a while,
/// delivers them one after the other. Any thread may use it; each call is a transaction.
@ApplicationScoped
public class Outbox {
  /// Events handed out at a time.
  static final int LETTERS = 16;

  /// One room's events for one URL.
  public record Lane(String url, String room) implements Comparable<Lane> {
    private static final Comparator<Lane> ORDER =
        Comparator.comparing(Lane::room).thenComparing(Lane::url);

    @Override
    public int compareTo(Lane other) {
      return ORDER.compare(this, other);
    }
  }

  /// An event as it is sent.
  ///
  /// @param place in its room's order
  public record Letter(String id, long place, Instant at, String body) {}

  /// A lane that is held by who asked.
  ///
  /// @param tries how often the first letter was tried in vain
  /// @param letters the next ones, at least one
  public record Held(Lane lane, int tries, List<Letter> letters) {}

  /// What is next with a lane that is held.
  public enum Next {
    /// Letters are still at hand; the lane stays held.
    GO_ON,
    /// More letters are wanted; the lane stays held while there are some.
    MORE,
    /// Others may hold it, at once.
    LET_GO,
    /// The letter after those that are done failed; it is tried again after a pause.
    FAILED,
    /// That letter is given up; more are wanted.
    GIVE_UP
  }

  /// @param done place of the last letter that arrived
  /// @param pause before the next try
  /// @param cause why the letter is given up
  public record Report(Lane lane, long done, Next next, Duration pause, String cause) {}

  private final Transactions transactions;

  /// For the container's proxy.
  Outbox() {
    this(null);
  }

  @Inject
  public Outbox(Transactions transactions) {
    this.transactions = transactions;
  }

  /// Holds lanes that are due.
  ///
  /// @param most how many
  /// @param who the holder
  /// @param until when others may hold them if nothing is heard of this one
  public List<Held> claim(String url, int most, String who, Instant now, Instant until) {
    List<Lane> due =
        transactions.call(
            entities ->
                entities
                    .createQuery(
                        "select l.room from HookLane l where l.url = :url and l.pending = true"
                            + " and l.nextAt <= :now and l.heldUntil < :now"
                            + " order by l.nextAt, l.room",
                        String.class)
                    .setParameter("url", url)
                    .setParameter("now", now)
                    .setMaxResults(most)
                    .getResultStream()
                    .map(room -> new Lane(url, room))
                    .sorted()
                    .toList());
    if (due.isEmpty()) {
      return List.of();
    }
    return transactions.call(
        entities -> {
          var held = new ArrayList<Held>();
          for (var lane : due) {
            // The database decides who was first.
            int first =
                entities
                    .createQuery(
                        "update HookLane l set l.holder = :who, l.heldUntil = :until where"
                            + " l.url = :url and l.room = :room and l.pending = true"
                            + " and l.nextAt <= :now and l.heldUntil < :now")
                    .setParameter("who", who)
                    .setParameter("until", until)
                    .setParameter("url", url)
                    .setParameter("room", lane.room())
                    .setParameter("now", now)
                    .executeUpdate();
            if (first == 1) {
              var stored = locked(entities, lane);
              more(entities, stored, held);
            }
          }
          return held;
        });
  }

  /// Writes down how far lanes have got.
  ///
  /// @return those that are still held, with the letters that were wanted; without letters where
  ///   none were wanted
  public List<Held> settle(List<Report> reports, String who, Instant now, Instant until) {
    return transactions.call(
        entities -> {
          var held = new ArrayList<Held>();
          for (var report : reports.stream().sorted(Comparator.comparing(Report::lane)).toList()) {
            var lane = locked(entities, report.lane());
            if (lane != null && lane.heldBy(who)) {
              lane.advance(report.done());
              lane.hold(who, until);
              settle(entities, lane, report, now, held);
            }
          }
          return held;
        });
  }

  private static void settle(
      EntityManager entities, HookLane lane, Report report, Instant now, List<Held> held) {
    switch (report.next()) {
      case GO_ON -> held.add(new Held(report.lane(), lane.tries(), List.of()));
      case MORE -> more(entities, lane, held);
      case LET_GO -> lane.letGo(now);
      case FAILED -> {
        lane.fail(now, report.pause(), report.cause());
        lane.release();
      }
      case GIVE_UP -> {
        // Unless it was given up already by a commit of which nobody heard.
        if (lane.done() == report.done()) {
          var event = events(entities, lane, 1).getFirst();
          int tries = lane.tries() + 1;
          entities.persist(new HookDeadLetter(lane, event, tries, report.cause(), now));
          lane.advance(event.place());
        }
        more(entities, lane, held);
      }
    }
  }

  /// The next letters, or the lane is empty. Under its lock: whoever fills it does so before or
  /// after us.
  private static void more(EntityManager entities, HookLane lane, List<Held> held) {
    var letters =
        events(entities, lane, LETTERS).stream()
            .map(e -> new Letter(e.id(), e.place(), e.at(), e.body()))
            .toList();
    if (letters.isEmpty()) {
      lane.empty();
      lane.release();
    } else {
      held.add(new Held(new Lane(lane.url(), lane.room()), lane.tries(), letters));
    }
  }

  private static List<HookEvent> events(EntityManager entities, HookLane lane, int most) {
    return entities
        .createQuery(
            "select e from HookEvent e where e.room = :room and e.place > :done order by e.place",
            HookEvent.class)
        .setParameter("room", lane.room())
        .setParameter("done", lane.done())
        .setMaxResults(most)
        .getResultList();
  }

  private static HookLane locked(EntityManager entities, Lane lane) {
    return entities.find(
        HookLane.class, new HookLane.Key(lane.url(), lane.room()), LockModeType.PESSIMISTIC_WRITE);
  }

  /// Lets go of all that a holder's earlier lives held.
  ///
  /// @param prefix with which their names begin
  public void abandon(String prefix) {
    transactions.call(
        entities -> {
          for (var kind : List.of("HookLane", "HookDeadLetter")) {
            entities
                .createQuery(
                    "update "
                        + kind
                        + " h set h.holder = null, h.heldUntil = :past"
                        + " where h.holder like :prefix")
                .setParameter("past", Instant.EPOCH)
                .setParameter("prefix", prefix + "%")
                .executeUpdate();
          }
          return null;
        });
  }
}
