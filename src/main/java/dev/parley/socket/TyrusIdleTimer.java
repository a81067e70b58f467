package dev.parley.socket;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes the place of the managed scheduler in Tyrus' sessions, by reflection and only where it
/// fits.
///
/// Tyrus schedules an idle check at every message received or sent, even where no idle time-out is
/// set; as a managed task each captures the context of the application with a scan of all
/// libraries, which was 68 % of the CPU of a busy socket on Payara Micro 6.2025.10. Here a check
/// that is due at once, which is one without a time-out, costs nothing. Owned by the application,
/// which shuts it down. Should Tyrus change, its own scheduler stays and everything works, only
/// slower.
public final class TyrusIdleTimer extends ScheduledThreadPoolExecutor {
  private static final Logger LOG = System.getLogger(TyrusIdleTimer.class.getName());
  private static final ScheduledFuture<?> DONE = new Done();

  private final AtomicBoolean told = new AtomicBoolean();

  public TyrusIdleTimer() {
    super(1, Thread.ofPlatform().daemon().name("parley-websocket-idle").factory());
    setRemoveOnCancelPolicy(true);
  }

  /// Gives a session this timer.
  public void adopt(Session session) {
    var type = session.getClass();
    if (!type.getName().equals("org.glassfish.tyrus.core.TyrusSession")) {
      return;
    }
    try {
      var field = type.getDeclaredField("service");
      field.setAccessible(true);
      field.set(session, this);
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (told.compareAndSet(false, true)) {
        LOG.log(Level.WARNING, "Tyrus keeps its own idle timer; messages will cost more CPU", e);
      }
    }
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return delay <= 0 ? DONE : super.schedule(command, delay, unit);
  }

  private static final class Done implements ScheduledFuture<Object> {
    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(0, other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean cancel(boolean interrupt) {
      return false;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isDone() {
      return true;
    }

    @Override
    public Object get() {
      return null;
    }

    @Override
    public Object get(long timeout, TimeUnit unit) {
      return null;
    }
  }
}
