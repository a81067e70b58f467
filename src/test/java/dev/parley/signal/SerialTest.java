package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialTest {
  @Test
  void whoHandsATaskInDoesNotWaitForIt() {
    var later = new ArrayDeque<Runnable>();
    var serial = new Serial(later::add);
    var done = new ArrayList<Integer>();
    serial.execute(() -> done.add(1));
    serial.execute(() -> done.add(2));
    assertEquals(List.of(), done);
    assertEquals(1, later.size());
    later.remove().run();
    assertEquals(List.of(1, 2), done);
  }

  @Test
  void aTaskThatFailsDoesNotStopTheNext() {
    var serial = new Serial(Runnable::run);
    var done = new ArrayList<Integer>();
    serial.execute(
        () -> {
          throw new IllegalStateException("as the test wants");
        });
    serial.execute(() -> done.add(2));
    assertEquals(List.of(2), done);
  }

  @Test
  void aTaskHandedInByATaskComesAfterIt() {
    var serial = new Serial(Runnable::run);
    var done = new ArrayList<Integer>();
    serial.execute(
        () -> {
          serial.execute(() -> done.add(2));
          done.add(1);
        });
    assertEquals(List.of(1, 2), done);
  }

  @Test
  void manyThreadsKeepTheOrderOfOne() throws InterruptedException {
    var all = new CountDownLatch(10_000);
    var done = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var serial = new Serial(threads);
      for (int i = 0; i < 10_000; i++) {
        int number = i;
        serial.execute(
            () -> {
              done.add(number);
              all.countDown();
            });
      }
      assertTrue(all.await(30, TimeUnit.SECONDS));
    }
    assertEquals(IntStream.range(0, 10_000).boxed().toList(), done);
  }
}
