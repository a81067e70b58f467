package dev.parley.adapter;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkCompletedException;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// One work on its thread, and the events its listener is told (Jakarta Connectors 2.1, section
/// 10.3.7).
final class WorkThread implements Runnable {
  private static final System.Logger LOG = System.getLogger(WorkThread.class.getName());

  private final ContainerWorks manager;
  private final Work work;
  private final long within;
  private final WorkListener listener;
  private final long acceptedAt = System.nanoTime();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  // Whoever sets it decides: the thread that it begins, or the caller that it is too late.
  private final AtomicBoolean decided = new AtomicBoolean();
  private volatile long startMillis;
  private volatile WorkException failure;
  private volatile Thread thread;

  /// @param within milliseconds in which the work must begin; the constants of [WorkManager] are
  ///   known
  WorkThread(ContainerWorks manager, Work work, long within, WorkListener listener) {
    this.manager = manager;
    this.work = java.util.Objects.requireNonNull(work, "work");
    this.within = within;
    this.listener = listener;
  }

  void begin(ThreadFactory threads) throws WorkRejectedException {
    Thread given = null;
    try {
      given = threads.newThread(this);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the thread factory has ended", e);
    }
    if (given == null) {
      throw rejected("the thread factory gives no thread", WorkException.INTERNAL);
    }
    tell(WorkEvent.WORK_ACCEPTED, null);
    try {
      given.start();
      thread = given;
    } catch (OutOfMemoryError e) {
      throw rejected("the system gives no thread", WorkException.INTERNAL);
    }
  }

  WorkRejectedException rejected(String reason, String code) {
    WorkRejectedException rejection = new WorkRejectedException(reason, code);
    tell(WorkEvent.WORK_REJECTED, rejection);
    return rejection;
  }

  @Override
  public void run() {
    startMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - acceptedAt);
    if (late()) {
      giveUp();
      return;
    }
    if (!decided.compareAndSet(false, true)) {
      return;
    }
    tell(WorkEvent.WORK_STARTED, null);
    started.countDown();
    try {
      work.run();
    } catch (Throwable t) {
      failure = new WorkCompletedException(t);
    }
    tell(WorkEvent.WORK_COMPLETED, failure);
    ended.countDown();
  }

  private boolean late() {
    return within != WorkManager.INDEFINITE
        && within != WorkManager.IMMEDIATE
        && startMillis > within;
  }

  private void giveUp() {
    if (decided.compareAndSet(false, true)) {
      failure = rejected("not begun in time", WorkException.START_TIMED_OUT);
      started.countDown();
      ended.countDown();
    }
  }

  /// Waits until the work has begun; answers the milliseconds since it was accepted.
  long awaitStart() throws WorkException {
    try {
      if (within == WorkManager.INDEFINITE || within == WorkManager.IMMEDIATE) {
        started.await();
      } else if (!started.await(within, TimeUnit.MILLISECONDS)) {
        giveUp();
        started.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkException("interrupted while the work began", e);
    }
    if (failure instanceof WorkRejectedException late) {
      throw late;
    }
    return startMillis;
  }

  void awaitEnd() throws WorkException {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkException("interrupted while the work ran", e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /// Whether nothing is left of it.
  boolean gone() {
    return thread != null && thread.getState() == Thread.State.TERMINATED;
  }

  void release() {
    if (ended.getCount() == 0) {
      return;
    }
    try {
      work.release();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a work refused to be released", e);
    }
  }

  boolean join(long millis) {
    try {
      return thread == null || thread.join(java.time.Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void tell(int type, WorkException reason) {
    if (listener == null) {
      return;
    }
    WorkEvent event = new WorkEvent(manager, type, work, reason, startMillis);
    switch (type) {
      case WorkEvent.WORK_ACCEPTED -> listener.workAccepted(event);
      case WorkEvent.WORK_REJECTED -> listener.workRejected(event);
      case WorkEvent.WORK_STARTED -> listener.workStarted(event);
      default -> listener.workCompleted(event);
    }
  }
}
