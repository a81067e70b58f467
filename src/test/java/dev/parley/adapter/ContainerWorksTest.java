package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkCompletedException;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContainerWorksTest {
  private final ContainerWorks works = new ContainerWorks(Thread::new);
  private final Events events = new Events();
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    released.countDown();
    assertTrue(works.close(Duration.ofSeconds(20)));
  }

  @Test
  void doWorkReturnsWhenTheWorkHasEnded() throws Exception {
    Thread[] ran = new Thread[1];
    works.doWork(work(() -> ran[0] = Thread.currentThread()), WorkManager.INDEFINITE, null, events);
    assertTrue(ran[0] != null && ran[0] != Thread.currentThread());
    assertEquals(List.of("accepted", "started", "completed"), events.told);
  }

  @Test
  void whatAWorkThrowsComesAsWorkCompletedException() {
    IllegalStateException thrown = new IllegalStateException();
    Work work =
        work(
            () -> {
              throw thrown;
            });
    WorkException e = assertThrows(WorkCompletedException.class, () -> works.doWork(work));
    assertSame(thrown, e.getCause());
  }

  @Test
  void startWorkReturnsWhileTheWorkRuns() throws Exception {
    long millis = works.startWork(work(this::untilReleased), WorkManager.INDEFINITE, null, events);
    assertTrue(millis >= 0);
    assertEquals(List.of("accepted", "started"), events.told);
  }

  @Test
  void closeReleasesWorksAndRefusesNewOnes() throws Exception {
    works.startWork(work(this::untilReleased));
    assertTrue(works.close(Duration.ofSeconds(20)));
    assertThrows(
        WorkRejectedException.class,
        () -> works.scheduleWork(work(() -> {}), WorkManager.INDEFINITE, null, events));
    assertEquals(List.of("rejected"), events.told);
  }

  @Test
  void factoryWithoutAThreadRejects() {
    ContainerWorks none = new ContainerWorks(work -> null);
    WorkException e =
        assertThrows(WorkRejectedException.class, () -> none.startWork(work(() -> {})));
    assertEquals(WorkException.INTERNAL, e.getErrorCode());
  }

  @Test
  void workThatCannotBeginInTimeIsRejectedAndNeverRun() {
    // A factory whose threads take their time.
    CountDownLatch held = new CountDownLatch(1);
    ContainerWorks slow =
        new ContainerWorks(
            work ->
                new Thread(
                    () -> {
                      await(held);
                      work.run();
                    }));
    boolean[] ran = new boolean[1];
    WorkException e =
        assertThrows(
            WorkRejectedException.class,
            () -> slow.startWork(work(() -> ran[0] = true), 5, null, events));
    assertEquals(WorkException.START_TIMED_OUT, e.getErrorCode());
    held.countDown();
    assertTrue(slow.close(Duration.ofSeconds(20)));
    assertFalse(ran[0]);
    assertEquals(List.of("accepted", "rejected"), events.told);
  }

  @Test
  void importedTransactionsAreRefused() {
    ExecutionContext context = new ExecutionContext();
    context.setXid(new NoXid());
    WorkException e =
        assertThrows(
            WorkRejectedException.class,
            () -> works.doWork(work(() -> {}), WorkManager.INDEFINITE, context, null));
    assertEquals(WorkException.TX_RECREATE_FAILED, e.getErrorCode());
  }

  private void untilReleased() {
    await(released);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Work work(Runnable body) {
    return new Work() {
      @Override
      public void run() {
        body.run();
      }

      @Override
      public void release() {
        released.countDown();
      }
    };
  }

  private static final class Events implements WorkListener {
    final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void workAccepted(WorkEvent event) {
      told.add("accepted");
    }

    @Override
    public void workRejected(WorkEvent event) {
      told.add("rejected");
    }

    @Override
    public void workStarted(WorkEvent event) {
      told.add("started");
    }

    @Override
    public void workCompleted(WorkEvent event) {
      told.add("completed");
    }
  }

  private record NoXid() implements javax.transaction.xa.Xid {
    @Override
    public int getFormatId() {
      return 0;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return new byte[1];
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[1];
    }
  }
}
