package dev.parley.adapter;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Timer;
import java.util.concurrent.ThreadFactory;

/// What a container gives a resource adapter, given by the WAR itself: containers do not look for
/// resource adapters inside a WAR. A `ManagedThreadFactory` is a thread factory.
///
/// In a real RAR the container's own context stands here and the adapter does not notice.
public final class ContainerBootstrap implements BootstrapContext, AutoCloseable {
  private final ContainerWorks works;

  public ContainerBootstrap(ThreadFactory threads) {
    this.works = new ContainerWorks(threads);
  }

  @Override
  public WorkManager getWorkManager() {
    return works;
  }

  /// There are no imported transactions.
  @Override
  public XATerminator getXATerminator() {
    return null;
  }

  /// Loops keep their own time.
  @Override
  public Timer createTimer() throws UnavailableException {
    throw new UnavailableException("loops keep their own time");
  }

  @Override
  public boolean isContextSupported(Class<? extends WorkContext> type) {
    return false;
  }

  @Override
  public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
    return null;
  }

  /// Waits until the threads of all works have ended.
  @Override
  public void close() {
    works.close();
  }

  /// The same with a bound of one's own; whether all threads have ended.
  public boolean close(Duration within) {
    return works.close(within);
  }
}
