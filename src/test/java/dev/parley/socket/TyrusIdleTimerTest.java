package dev.parley.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TyrusIdleTimerTest {
  private final TyrusIdleTimer timer = new TyrusIdleTimer();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private static Session foreign() {
    return (Session)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (self, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @Test
  void anIdleCheckWithoutATimeoutStartsNoThreadAndRunsNothing() {
    var future = timer.schedule(() -> {}, 0, TimeUnit.MILLISECONDS);
    assertTrue(future.isDone());
    assertSame(future, timer.schedule(() -> {}, 0, TimeUnit.MILLISECONDS));
    assertEquals(0, timer.getPoolSize());
  }

  @Test
  void aRealDelayRuns() throws InterruptedException {
    var ran = new CountDownLatch(1);
    timer.schedule(ran::countDown, 1, TimeUnit.MILLISECONDS);
    assertTrue(ran.await(30, TimeUnit.SECONDS));
  }

  @Test
  void sessionsOfOtherContainersAreLeftAlone() {
    timer.adopt(foreign());
    new TyrusCut().of(foreign()).run();
  }
}
