package dev.parley.hook;

import dev.parley.config.HookSettings;
import dev.parley.config.NodeName;
import dev.parley.config.Secrets;
import dev.parley.identity.KeyRing;
import dev.parley.room.Backlog;
import dev.parley.room.Backlogs;
import dev.parley.room.DeadLetters;
import dev.parley.room.Ledger;
import dev.parley.room.Outbox;
import dev.parley.room.Outbox.Held;
import dev.parley.room.Outbox.Report;
import dev.parley.room.Retention;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Delivery at work: one thread that waits for the database, and requests that nobody waits for.
@ApplicationScoped
public class Courier {
  private static final Logger LOG = System.getLogger(Courier.class.getName());

  /// How often it looks for lanes whose pause has ended, and for those of other nodes.
  private static final long LOOK_MILLIS = 1_000;

  private static final long STOP_MILLIS = 5_000;
  private static final Duration COUNT = Duration.ofSeconds(10);
  private static final Duration TIDY = Duration.ofMinutes(10);

  private final Outbox outbox;
  private final DeadLetters dead;
  private final Backlogs backlogs;
  private final Retention retention;
  private final Ledger ledger;
  private final HookSettings settings;
  private final Secrets secrets;
  private final KeyRing ring;
  private final NodeName node;
  private final InstantSource clock;
  private final Semaphore news = new Semaphore(0);
  private volatile Standing standing = new Standing(List.of());
  private volatile List<Backlog> backlog = List.of();
  private volatile boolean stopped;
  private HttpPost post;
  private Thread thread;

  /// For the container's proxy.
  Courier() {
    this(null, null, null, null, null, null, null, null, null, null);
  }

  @Inject
  public Courier(
      Outbox outbox,
      DeadLetters dead,
      Backlogs backlogs,
      Retention retention,
      Ledger ledger,
      HookSettings settings,
      Secrets secrets,
      KeyRing ring,
      NodeName node,
      InstantSource clock) {
    this.outbox = outbox;
    this.dead = dead;
    this.backlogs = backlogs;
    this.retention = retention;
    this.ledger = ledger;
    this.settings = settings;
    this.secrets = secrets;
    this.ring = ring;
    this.node = node;
    this.clock = clock;
  }

  /// Begins to deliver, where anybody wants it.
  public synchronized void open() {
    if (!settings.wanted() || thread != null) {
      return;
    }
    String key = key();
    post = new HttpPost(key, ring.secret(key), clock);
    List<String> urls = settings.urls().stream().map(URI::toString).toList();
    standing = new Standing(urls);
    String who = node.text() + "/" + UUID.randomUUID().toString().substring(0, 8);
    var dispatch =
        new Dispatch(
            new Stored(outbox),
            post,
            urls,
            new Schedule(settings.patience()),
            who,
            new Random(),
            news::release,
            standing);
    outbox.abandon(node.text() + "/");
    ledger.listen(news::release);
    var resends = new Resends(dead, post, urls, who, news::release);
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("parley-webhooks")
            .start(() -> run(dispatch, resends, urls));
  }

  /// Which key signs.
  private String key() {
    String key =
        settings
            .key()
            .orElseGet(
                () -> {
                  if (secrets.keys().size() != 1) {
                    throw new IllegalArgumentException(
                        "parley.webhook.key has to say which of several keys signs webhooks");
                  }
                  return secrets.keys().keySet().iterator().next();
                });
    if (ring.secret(key) == null) {
      throw new IllegalArgumentException("parley.webhook.key names no API key");
    }
    return key;
  }

  /// Ends; what is under way is sent again later.
  public synchronized void close() {
    if (thread == null) {
      return;
    }
    stopped = true;
    news.release();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    post.close();
    thread = null;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void run(Dispatch dispatch, Resends resends, List<String> urls) {
    Instant tidy = now().plus(COUNT);
    Instant count = Instant.EPOCH;
    while (!stopped) {
      try {
        Instant now = now();
        dispatch.turn(now);
        resends.turn(now);
        if (!now.isBefore(count)) {
          count = now.plus(COUNT);
          backlog = backlogs.list();
        }
        if (!now.isBefore(tidy)) {
          tidy = now.plus(TIDY);
          retention.tidy(urls, now.minus(settings.keep()));
        }
        news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        news.drainPermits();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "webhooks wait for the database: {0}", e.getClass().getSimpleName());
        pause();
      }
    }
  }

  /// Events that wait to be delivered, counted some seconds ago.
  public long pending() {
    return backlog.stream().mapToLong(Backlog::pending).sum();
  }

  /// Events that were given up and wait for an administrator, likewise.
  public long dead() {
    return backlog.stream().mapToLong(Backlog::dead).sum();
  }

  /// Requests that were answered with success, since the start.
  public long delivered() {
    return standing.delivered();
  }

  /// Requests that were not, since the start.
  public long failed() {
    return standing.failed();
  }

  /// What an administrator should know, without the URLs: those that nothing reaches for long, by
  /// their number in the settings.
  public List<String> troubles() {
    return standing.troubles(now());
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The outbox as delivery sees it.
  private record Stored(Outbox outbox) implements Dispatch.Store {
    @Override
    public List<Held> claim(String url, int most, String who, Instant now, Instant until) {
      return outbox.claim(url, most, who, now, until);
    }

    @Override
    public List<Held> settle(List<Report> reports, String who, Instant now, Instant until) {
      return outbox.settle(reports, who, now, until);
    }
  }
}
