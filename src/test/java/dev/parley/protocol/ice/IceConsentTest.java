package dev.parley.protocol.ice;

import static dev.parley.protocol.ice.IceScenario.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.IceClient;
import dev.parley.protocol.ice.IceEvent.ConsentLost;
import dev.parley.protocol.ice.IceEvent.Heard;
import dev.parley.protocol.ice.IceEvent.Quiet;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IceConsentTest {
  private static final FiveTuple A = path(1);
  private static final FiveTuple B = path(2);

  private final IceScenario s = IceScenario.connected(A);

  /// The next request of the agent, which has to come within its interval.
  private IceScenario.Sent request() {
    while (s.sent.isEmpty()) {
      s.clock.pass(Duration.ofNanos(s.agent.deadline() - s.clock.now()));
      s.agent.tick(s.clock.now());
    }
    return s.sent.removeFirst();
  }

  private IceVerdict hand(byte[] octets, FiveTuple path) {
    return s.agent.receive(octets, 0, octets.length, path, s.clock.now());
  }

  @Test
  void aClientThatAnswersIsAskedForEver() {
    s.pass(Duration.ofMinutes(10));
    assertEquals(List.of(), s.events());
    assertEquals(A, s.agent.path());
    int asked = s.client.consentChecks();
    assertTrue(asked >= 100 && asked <= 150, asked + " in 600 s");
  }

  @Test
  void intervalsAreFourToSixSecondsAndTransactionsNeverTheSame() {
    Set<String> transactions = new HashSet<>();
    Set<Long> intervals = new HashSet<>();
    long before = s.clock.now();
    for (int i = 0; i < 50; i++) {
      IceScenario.Sent request = request();
      assertEquals(A, request.path());
      long after = s.clock.now() - before;
      assertTrue(after >= 4_000_000_000L && after <= 6_000_000_000L, after + " ns");
      intervals.add(after);
      transactions.add(HexFormat.of().formatHex(request.octets(), 8, 20));
      hand(s.client.receive(request.octets(), A), A);
      before = s.clock.now();
    }
    assertEquals(50, transactions.size());
    assertTrue(intervals.size() > 40, "randomised");
  }

  @Test
  void consentEndsThirtySecondsAfterTheLastAnswer() {
    hand(s.client.receive(request().octets(), A), A);
    long answered = s.clock.now();
    s.client.consents(false);
    s.passChecking(Duration.ofMillis(29_900), A);
    assertEquals(A, s.agent.path());
    assertEquals(List.of(), s.events());
    s.passChecking(Duration.ofMillis(200), A);
    assertEquals(List.of(new ConsentLost()), s.events());
    assertNull(s.agent.path());
    assertTrue(s.clock.now() - answered >= 30_000_000_000L);
    int asked = s.client.consentChecks();
    s.passChecking(Duration.ofMinutes(5), A);
    assertEquals(asked, s.client.consentChecks(), "and nothing is asked any more");
    assertEquals(List.of(), s.events());
  }

  @Test
  void aLateAnswerCounts() {
    IceScenario.Sent first = request();
    request();
    request();
    assertEquals(IceVerdict.CONSENTED, hand(s.client.receive(first.octets(), A), A));
  }

  @Test
  void anAnswerCountsOnceAndOnlyFromWhereItWasAsked() {
    byte[] answer = s.client.receive(request().octets(), A);
    assertEquals(IceVerdict.UNEXPECTED, hand(answer, B));
    assertEquals(IceVerdict.CONSENTED, hand(answer, A));
    assertEquals(IceVerdict.UNEXPECTED, hand(answer, A));
  }

  @Test
  void aForgedAnswerIsNoConsent() {
    byte[] answer = s.client.receive(request().octets(), A);
    IceClient forger = new IceClient(s.client.own(), s.local, 1);
    byte[] unsigned = forger.unsigned(w -> w.fingerprint());
    System.arraycopy(answer, 8, unsigned, 8, 12);
    Octets.put16(unsigned, 0, 0x0101);
    assertEquals(IceVerdict.MALFORMED, hand(unsigned, A), "its FINGERPRINT is of something else");
    byte[] spoilt = answer.clone();
    spoilt[12] ^= 1;
    assertEquals(IceVerdict.MALFORMED, hand(spoilt, A));
    assertEquals(IceVerdict.CONSENTED, hand(answer, A));
  }

  @Test
  void checksOfTheClientAreNoConsent() {
    s.client.consents(false);
    List<IceEvent> events = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      s.passChecking(Duration.ofMillis(2500), A);
      events.addAll(s.events());
    }
    assertEquals(List.of(new ConsentLost()), events);
  }

  @Test
  void aSilentClientIsToldQuietOnceAndHeardAgain() {
    s.client.consents(false);
    s.pass(Duration.ofMillis(14_900));
    assertEquals(List.of(), s.events());
    s.pass(Duration.ofMillis(200));
    assertEquals(List.of(new Quiet()), s.events());
    s.pass(Duration.ofSeconds(5));
    assertEquals(List.of(), s.events());
    s.check(A, true);
    assertEquals(List.of(new Heard()), s.events());
    s.check(A, true);
    assertEquals(List.of(), s.events());
  }

  @Test
  void answersToConsentChecksAreHeardToo() {
    s.pass(Duration.ofMinutes(2));
    assertEquals(List.of(), s.events());
  }

  @Test
  void strangersKeepNobodyAlive() {
    s.client.consents(false);
    IceCredentials wrong = new IceCredentials(s.local.ufrag(), "0123456789012345678901");
    IceClient stranger = new IceClient(s.client.own(), wrong, 3);
    for (int i = 0; i < 31; i++) {
      s.pass(Duration.ofSeconds(1));
      hand(stranger.check(true), A);
      s.sent.clear();
    }
    assertEquals(List.of(new Quiet(), new ConsentLost()), s.events());
  }

  @Test
  void aJumpOfTheClockGivesAClientThatAnswersAChance() {
    s.clock.pass(Duration.ofHours(1));
    s.agent.tick(s.clock.now());
    s.deliver();
    s.pass(Duration.ofMinutes(1));
    assertEquals(List.of(), s.events());
    assertEquals(A, s.agent.path());
  }

  @Test
  void aJumpOfTheClockGivesAClientThatIsGoneOneShortTime() {
    s.client.consents(false);
    s.clock.pass(Duration.ofHours(1));
    s.agent.tick(s.clock.now());
    s.deliver();
    s.pass(Duration.ofSeconds(6));
    assertEquals(List.of(new Quiet(), new ConsentLost()), s.events());
  }

  @Test
  void aLoopThatIsAlwaysLateStillLosesAClientThatIsGone() {
    s.client.consents(false);
    for (int i = 0; i < 10; i++) {
      s.clock.pass(Duration.ofSeconds(20));
      s.agent.tick(s.clock.now());
      s.deliver();
    }
    assertEquals(List.of(new Quiet(), new ConsentLost()), s.events());
  }

  @Test
  void aClockThatStepsBackHarmsNobody() {
    s.clock.pass(Duration.ofSeconds(-20));
    s.agent.tick(s.clock.now());
    s.deliver();
    assertEquals(IceVerdict.ANSWERED, s.check(A, true));
    s.pass(Duration.ofMinutes(1));
    assertEquals(A, s.agent.path());
    assertFalse(s.events().contains(new ConsentLost()));
  }

  @Test
  void withoutAnythingAuthenticNothingIsDue() {
    IceScenario fresh = IceScenario.described();
    assertEquals(IceLite.NEVER, fresh.agent.deadline());
    fresh.agent.tick(fresh.clock.now());
    assertEquals(List.of(), fresh.events());
  }
}
