package dev.parley.adapter.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.turn.Quotas;
import dev.parley.engine.turn.Quotas.Reservation;
import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnQuota;
import dev.parley.media.TurnRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedQuotasTest {
  private static final TurnQuota NONE = TurnQuota.NONE;

  @Test
  void aUserWhoHasEnoughIsToldSoAndARealmOrNodeThatIsFullIsCapacity() {
    var ofUser = new SharedQuotas(policy(new TurnQuota(1, 0, 0), NONE, NONE));
    assertInstanceOf(Reservation.class, ofUser.reserve("r", "ann", 1, 0));
    assertEquals(Quotas.Short.USER, ofUser.reserve("r", "ann", 1, 0));
    assertInstanceOf(Reservation.class, ofUser.reserve("r", "bob", 1, 0));
    var ofRealm = new SharedQuotas(policy(NONE, new TurnQuota(0, 3, 0), NONE));
    assertInstanceOf(Reservation.class, ofRealm.reserve("r", "ann", 2, 0));
    assertEquals(Quotas.Short.CAPACITY, ofRealm.reserve("r", "bob", 2, 0));
    assertInstanceOf(Reservation.class, ofRealm.reserve("other", "bob", 2, 0));
    var ofNode = new SharedQuotas(policy(NONE, NONE, new TurnQuota(0, 0, 100)));
    assertInstanceOf(Reservation.class, ofNode.reserve("r", "ann", 1, 60));
    assertEquals(Quotas.Short.CAPACITY, ofNode.reserve("other", "bob", 1, 60));
    assertEquals(Quotas.Short.CAPACITY, ofNode.reserve("unknown", "bob", 1, 0));
  }

  @Test
  void whatIsReleasedIsFreeAgainOnceHoweverOftenItIsReleased() {
    var quotas = new SharedQuotas(policy(new TurnQuota(2, 4, 10), NONE, NONE));
    var first = (Reservation) quotas.reserve("r", "ann", 2, 5);
    var second = (Reservation) quotas.reserve("r", "ann", 2, 5);
    assertEquals(Quotas.Short.USER, quotas.reserve("r", "ann", 1, 0));
    first.confirm();
    first.release();
    first.release();
    first.releasePorts(2);
    assertInstanceOf(Reservation.class, quotas.reserve("r", "ann", 2, 5));
    assertEquals(Quotas.Short.USER, quotas.reserve("r", "ann", 1, 0));
    second.release();
  }

  @Test
  void portsGivenBackAreNotGivenBackTwice() {
    var quotas = new SharedQuotas(policy(new TurnQuota(0, 4, 0), NONE, NONE));
    var first = (Reservation) quotas.reserve("r", "ann", 4, 0);
    first.releasePorts(1);
    first.releasePorts(9);
    var second = (Reservation) quotas.reserve("r", "ann", 4, 0);
    first.release();
    assertEquals(Quotas.Short.USER, quotas.reserve("r", "ann", 1, 0));
    second.release();
    assertEquals(0, quotas.users());
  }

  @Test
  void nothingIsKeptOfWhoIsGone() {
    var quotas = new SharedQuotas(policy(NONE, NONE, NONE));
    for (int i = 0; i < 1000; i++) {
      ((Reservation) quotas.reserve("r", "user" + i, 1, 0)).release();
    }
    assertEquals(0, quotas.users());
  }

  @Test
  void narrowerLimitsHoldForWhoComesNext() {
    var quotas = new SharedQuotas(policy(NONE, NONE, NONE));
    var held = new ArrayList<Reservation>();
    for (int i = 0; i < 5; i++) {
      held.add((Reservation) quotas.reserve("r", "ann", 1, 0));
    }
    quotas.follow(policy(new TurnQuota(2, 0, 0), NONE, NONE));
    assertEquals(Quotas.Short.USER, quotas.reserve("r", "ann", 1, 0));
    held.subList(0, 4).forEach(Reservation::release);
    assertInstanceOf(Reservation.class, quotas.reserve("r", "ann", 1, 0));
    assertEquals(Quotas.Short.USER, quotas.reserve("r", "ann", 1, 0));
  }

  @Test
  void aBurstOfThreadsOverrunsNoLimit() throws Exception {
    int threads = 16;
    var quotas =
        new SharedQuotas(
            policy(new TurnQuota(10, 0, 0), new TurnQuota(0, 75, 0), new TurnQuota(0, 0, 5000)));
    var inUse = new AtomicInteger();
    var most = new AtomicInteger();
    var granted = new AtomicInteger();
    var start = new CountDownLatch(1);
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var done = new ArrayList<Future<?>>();
      for (int t = 0; t < threads; t++) {
        String user = "user" + t % 8;
        done.add(
            pool.submit(
                () -> {
                  start.await();
                  var held = new ArrayList<Reservation>();
                  for (int i = 0; i < 5000; i++) {
                    if (quotas.reserve("r", user, 1, 70) instanceof Reservation reservation) {
                      most.accumulateAndGet(inUse.incrementAndGet(), Math::max);
                      granted.incrementAndGet();
                      held.add(reservation);
                    }
                    if (i % 3 == 0 && !held.isEmpty()) {
                      inUse.decrementAndGet();
                      Reservation last = held.removeLast();
                      last.release();
                      last.release();
                    }
                  }
                  inUse.addAndGet(-held.size());
                  held.forEach(Reservation::release);
                  return null;
                }));
      }
      start.countDown();
      for (var thread : done) {
        thread.get();
      }
    }
    // 5000 / 70 octets a second is 71 at a time, fewer than 75 ports and 8 times 10.
    assertTrue(most.get() <= 71, most + " at once");
    assertTrue(granted.get() > 71, granted + " granted");
    assertEquals(0, quotas.users());
  }

  private static TurnPolicy policy(TurnQuota user, TurnQuota realm, TurnQuota node) {
    return new TurnPolicy(
        List.of(realm("r", user, realm), realm("other", user, NONE)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        node,
        0,
        true,
        List.of(),
        null);
  }

  private static TurnRealm realm(String name, TurnQuota user, TurnQuota whole) {
    return new TurnRealm(name, List.of(), List.of(), List.of(), null, user, whole);
  }
}
