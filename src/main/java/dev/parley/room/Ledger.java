package dev.parley.room;

import dev.parley.config.HookSettings;
import dev.parley.config.NodeName;
import dev.parley.config.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/// Writes what happens in rooms into the database: one thread, and as many happenings in one
/// transaction as came while the last one was under way. It tries until it succeeds.
@ApplicationScoped
public class Ledger {
  private static final Logger LOG = System.getLogger(Ledger.class.getName());

  /// Happenings in one transaction.
  static final int BATCH = 256;

  /// After so many refusals of one alone because of what is in it, it is the fault.
  private static final int TRIES = 5;

  private static final long PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final long STOP_MILLIS = 5_000;

  /// @param happening null: the end
  private record Entry(Supplier<Happening> happening, Runnable written) {}

  private final Transactions transactions;
  private final HookText text;
  private final HookSettings settings;
  private final NodeName node;
  private final InstantSource clock;
  private final List<String> urls;
  private final SecureRandom random = new SecureRandom();
  private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private volatile Runnable listener = () -> {};
  private volatile boolean stopped;
  private Thread thread;
  private long batch;

  /// For the container's proxy.
  Ledger() {
    this(null, null, null, null, null);
  }

  @Inject
  public Ledger(
      Transactions transactions,
      HookText text,
      HookSettings settings,
      NodeName node,
      InstantSource clock) {
    this.transactions = transactions;
    this.text = text;
    this.settings = settings;
    this.node = node;
    this.clock = clock;
    this.urls =
        settings == null
            ? List.of()
            : settings.urls().stream().map(URI::toString).sorted().toList();
  }

  /// Whether anybody wants to know; if not, nothing may be written.
  public boolean kept() {
    return settings.wanted();
  }

  /// How many happenings are not in the database yet.
  public int unwritten() {
    return queue.size();
  }

  /// @param told run after each transaction that has written something
  public void listen(Runnable told) {
    listener = told;
  }

  /// Ends what the last run of this node left behind, then begins to write.
  public synchronized void open() {
    if (!kept() || thread != null) {
      return;
    }
    recover();
    batch = mark();
    thread = Thread.ofPlatform().daemon().name("parley-ledger").start(this::run);
  }

  /// Writes what has come so far and ends; what does not succeed in time is seen at the next start.
  public synchronized void close() {
    if (thread == null) {
      return;
    }
    queue.add(new Entry(null, () -> {}));
    try {
      thread.join(STOP_MILLIS);
      stopped = true;
      thread.interrupt();
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  /// Takes a happening; returns at once. Those of one room are written in the order they came.
  ///
  /// @param happening made on the writer's thread
  /// @param written run there when it cannot be lost any more
  public void write(Supplier<Happening> happening, Runnable written) {
    queue.add(new Entry(happening, written));
  }

  /// Ends what a killed process of this node has left: rooms in which nobody is.
  void recover() {
    List<String> left =
        transactions.call(
            entities ->
                entities
                    .createQuery(
                        "select g.room from Gathering g where g.node = :node order by g.room",
                        String.class)
                    .setParameter("node", node.text())
                    .getResultList());
    for (var room : left) {
      try {
        transactions.retry(
            entities -> {
              journal(entities).recover(room, now());
              return null;
            });
      } catch (IllegalArgumentException e) {
        LOG.log(Level.ERROR, "What the last run left in a room cannot be read", e);
      }
    }
    if (!left.isEmpty()) {
      LOG.log(
          Level.INFO, "the last run ended with people in {0} rooms; webhooks tell so", left.size());
    }
  }

  private Journal journal(EntityManager entities) {
    return new Journal(entities, text, urls, node.text(), this::id);
  }

  /// 96 random bits.
  private String id() {
    byte[] octets = new byte[12];
    random.nextBytes(octets);
    return "EV_" + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void run() {
    var taken = new ArrayList<Entry>(BATCH);
    boolean ends = false;
    while (!ends && !stopped) {
      try {
        taken.add(queue.take());
        queue.drainTo(taken, BATCH - 1);
        ends = taken.removeIf(entry -> entry.happening() == null);
        perform(taken);
      } catch (InterruptedException e) {
        return;
      }
      taken.clear();
    }
  }

  /// Writes what has come, then says so.
  private void perform(List<Entry> taken) throws InterruptedException {
    var happenings = new ArrayList<Happening>(taken.size());
    for (var entry : taken) {
      try {
        happenings.add(entry.happening().get());
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "What happened in a room cannot be written down", e);
      }
    }
    if (!happenings.isEmpty()) {
      write(happenings);
    }
    for (var entry : taken) {
      try {
        entry.written().run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "What waited for the database failed", e);
      }
    }
    listener.run();
  }

  /// Tries until the database takes it, however long that lasts. Where it is the content that is
  /// not taken, one by one, so that nothing but what is wrong is lost.
  private void write(List<Happening> happenings) throws InterruptedException {
    batch++;
    long pause = PAUSE_MILLIS;
    int refusals = 0;
    for (var failure = tried(happenings); failure != null; failure = tried(happenings)) {
      boolean content = refusesContent(failure);
      if (content && happenings.size() > 1) {
        for (var one : happenings) {
          write(List.of(one));
        }
        return;
      }
      refusals = content ? refusals + 1 : 0;
      if (refusals == TRIES) {
        LOG.log(
            Level.ERROR,
            "an event is lost: the database does not take what is in it, SQLSTATE {0}",
            state(failure));
        return;
      }
      if (pause == LONGEST_PAUSE_MILLIS) {
        LOG.log(
            Level.WARNING,
            "the database does not take what happens in rooms: {0}",
            failure.getClass().getSimpleName());
      }
      Thread.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  /// @return why it failed, or null
  private RuntimeException tried(List<Happening> happenings) {
    try {
      transactions.call(
          entities -> {
            var mark = entities.find(HookMark.class, node.text(), LockModeType.PESSIMISTIC_WRITE);
            if (mark.batch() < batch) {
              mark.batch(batch);
              journal(entities).write(happenings, now());
            }
            return null;
          });
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  /// The last batch this node has written.
  private long mark() {
    return transactions.call(
        entities -> {
          var mark = entities.find(HookMark.class, node.text());
          if (mark == null) {
            mark = new HookMark(node.text());
            entities.persist(mark);
          }
          return mark.batch();
        });
  }

  /// Whether it is about values or constraints (SQLSTATE classes 22 and 23), which time does not
  /// heal and whose transaction is rolled back for certain; another node's race for the same row is
  /// one of the latter, and over at the next try.
  private static boolean refusesContent(Throwable failure) {
    String state = state(failure);
    return state.startsWith("22") || state.startsWith("23");
  }

  /// SQLSTATE, or nothing. A message would have people's names in it.
  private static String state(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
