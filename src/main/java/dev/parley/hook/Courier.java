package dev.parley.hook;

import dev.parley.config.HookSettings;
import dev.parley.config.NodeName;
import dev.parley.config.Secrets;
import dev.parley.identity.KeyRing;
import dev.parley.room.Ledger;
import dev.parley.room.Outbox;
import dev.parley.room.Outbox.Held;
import dev.parley.room.Outbox.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
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

  private final Outbox outbox;
  private final Ledger ledger;
  private final HookSettings settings;
  private final Secrets secrets;
  private final KeyRing ring;
  private final NodeName node;
  private final InstantSource clock;
  private final Semaphore news = new Semaphore(0);
  private volatile Standing standing = new Standing(List.of());
  private volatile boolean stopped;
  private HttpPost post;
  private Thread thread;

  /// For the container's proxy.
  Courier() {
    this(null, null, null, null, null, null, null);
  }

  @Inject
  public Courier(
      Outbox outbox,
      Ledger ledger,
      HookSettings settings,
      Secrets secrets,
      KeyRing ring,
      NodeName node,
      InstantSource clock) {
    this.outbox = outbox;
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
    var dispatch =
        new Dispatch(
            new Stored(outbox),
            post,
            urls,
            new Schedule(settings.patience()),
            node.text() + "/" + UUID.randomUUID().toString().substring(0, 8),
            new Random(),
            news::release,
            standing);
    outbox.abandon(node.text() + "/");
    ledger.listen(news::release);
    thread = Thread.ofPlatform().daemon().name("parley-webhooks").start(() -> run(dispatch));
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

  private void run(Dispatch dispatch) {
    while (!stopped) {
      try {
        dispatch.turn(now());
        news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        news.drainPermits();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "webhooks wait for the database: {0}", e.toString());
        pause();
      }
    }
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
