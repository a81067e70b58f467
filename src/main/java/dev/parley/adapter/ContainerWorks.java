package dev.parley.adapter;

import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkCompletedException;
import jakarta.resource.spi.work.WorkContextErrorCodes;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/// A [WorkManager] (Jakarta Connectors 2.1, chapter 10) over a thread factory: a thread for each
/// work, since ours are few and live as long as the application.
///
/// It knows no transactions and no work contexts and refuses works that ask for them.
public final class ContainerWorks implements WorkManager, AutoCloseable {
  private final ThreadFactory threads;
  // Until the thread is gone, not only the work: close() must leave no thread behind.
  private final List<WorkThread> running = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public ContainerWorks(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public void doWork(Work work) throws WorkException {
    doWork(work, INDEFINITE, null, null);
  }

  /// Returns when the work has ended; what it threw comes as a [WorkCompletedException].
  @Override
  public void doWork(Work work, long within, ExecutionContext context, WorkListener listener)
      throws WorkException {
    WorkThread thread = accept(work, within, context, listener);
    thread.awaitStart();
    thread.awaitEnd();
  }

  @Override
  public long startWork(Work work) throws WorkException {
    return startWork(work, INDEFINITE, null, null);
  }

  /// Returns when the work has begun; answers the milliseconds that took.
  @Override
  public long startWork(Work work, long within, ExecutionContext context, WorkListener listener)
      throws WorkException {
    return accept(work, within, context, listener).awaitStart();
  }

  @Override
  public void scheduleWork(Work work) throws WorkException {
    scheduleWork(work, INDEFINITE, null, null);
  }

  /// Returns when the work is accepted.
  @Override
  public void scheduleWork(Work work, long within, ExecutionContext context, WorkListener listener)
      throws WorkException {
    accept(work, within, context, listener);
  }

  private WorkThread accept(Work work, long within, ExecutionContext context, WorkListener listener)
      throws WorkException {
    WorkThread thread = new WorkThread(this, work, within, listener);
    if (closed) {
      throw thread.rejected("the work manager has ended", WorkException.INTERNAL);
    }
    if (context != null && context.getXid() != null) {
      throw thread.rejected("no transactions here", WorkException.TX_RECREATE_FAILED);
    }
    if (work instanceof WorkContextProvider provider && !provider.getWorkContexts().isEmpty()) {
      throw new WorkCompletedException(
          "no work contexts here", WorkContextErrorCodes.UNSUPPORTED_CONTEXT_TYPE);
    }
    running.removeIf(WorkThread::gone);
    running.add(thread);
    try {
      thread.begin(threads);
    } catch (WorkRejectedException e) {
      running.remove(thread);
      throw e;
    }
    return thread;
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }

  /// Accepts no more works, asks the running ones to end and waits for their threads.
  ///
  /// @return whether all have ended in time
  public boolean close(Duration within) {
    closed = true;
    List<WorkThread> left = List.copyOf(running);
    left.forEach(WorkThread::release);
    long end = System.nanoTime() + within.toNanos();
    boolean all = true;
    for (WorkThread thread : left) {
      all &= thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
    return all;
  }
}
