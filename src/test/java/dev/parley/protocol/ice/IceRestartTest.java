package dev.parley.protocol.ice;

import static dev.parley.protocol.ice.IceScenario.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.IceClient;
import dev.parley.protocol.ice.IceEvent.ConsentLost;
import dev.parley.protocol.ice.IceEvent.Forgotten;
import dev.parley.protocol.ice.IceEvent.Restarted;
import dev.parley.protocol.ice.IceEvent.Retired;
import dev.parley.protocol.ice.IceEvent.Selected;
import dev.parley.protocol.ice.IceEvent.Verified;
import dev.parley.wire.FiveTuple;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IceRestartTest {
  private static final FiveTuple A = path(1);
  private static final FiveTuple B = path(2);

  private final IceScenario s = IceScenario.connected(A);
  private final IceCredentials newLocal = IceCredentials.generate(new Random(70));
  private final IceCredentials newRemote = IceCredentials.generate(new Random(71));
  private final IceClient renewed = new IceClient(newRemote, newLocal, 72);

  private IceVerdict checkAnew(FiveTuple path, boolean nominates) {
    byte[] check = renewed.check(nominates);
    IceVerdict verdict = s.agent.receive(check, 0, check.length, path, s.clock.now());
    while (!s.sent.isEmpty()) {
      IceScenario.Sent sent = s.sent.removeFirst();
      byte[] answer = renewed.receive(sent.octets(), sent.path());
      if (answer != null) {
        s.agent.receive(answer, 0, answer.length, sent.path(), s.clock.now());
      }
    }
    return verdict;
  }

  private void restart() {
    s.agent.restart(newLocal);
    s.agent.remote(newRemote);
  }

  @Test
  void theOldPathCarriesUntilANewOneIsNominated() {
    restart();
    assertEquals(newLocal, s.agent.local());
    assertEquals(A, s.agent.path());
    assertEquals(IceVerdict.ANSWERED, checkAnew(B, false));
    assertEquals(A, s.agent.path());
    assertTrue(s.agent.verified(A));
    assertTrue(s.agent.verified(B), "both generations' packets are taken");
    assertEquals(List.of(new Verified(B)), s.events());

    assertEquals(IceVerdict.ANSWERED, checkAnew(B, true));

    assertEquals(
        List.of(new Selected(B), new Restarted(), new Forgotten(A), new Retired(s.local.ufrag())),
        s.events());
    assertEquals(B, s.agent.path());
    assertFalse(s.agent.verified(A));
  }

  @Test
  void oldCredentialsAreAnsweredUntilThenAndRefusedAfterwards() {
    restart();
    assertEquals(IceVerdict.ANSWERED, s.check(A, true));
    checkAnew(B, true);
    assertEquals(IceVerdict.UNAUTHENTICATED, s.check(A, true));
    assertEquals(401, s.client.error());
    assertEquals(B, s.agent.path());
  }

  @Test
  void aRestartMayStayOnItsPath() {
    restart();
    checkAnew(A, false);
    assertEquals(A, s.agent.path());
    assertEquals(IceVerdict.ANSWERED, s.check(A, true), "a late check of the old generation");
    assertEquals(List.of(), s.events());
    checkAnew(A, true);
    assertEquals(List.of(new Restarted(), new Retired(s.local.ufrag())), s.events());
    assertEquals(A, s.agent.path());
    assertTrue(s.agent.verified(A));
  }

  @Test
  void aLowerPathOfTheNewGenerationWinsAtOnce() {
    restart();
    byte[] check = renewed.check(1, true);
    s.agent.receive(check, 0, check.length, B, s.clock.now());
    assertEquals(B, s.agent.path());
  }

  @Test
  void consentIsAskedWithTheCredentialsOfTheGenerationThatCarries() {
    restart();
    s.passChecking(Duration.ofSeconds(20), A); // the old client would fail on foreign credentials
    int before = s.client.consentChecks();
    assertTrue(before >= 3);
    checkAnew(B, true);
    s.agent.tick(s.clock.now());
    assertEquals(1, s.sent.size(), "the new path is asked at once");
    IceScenario.Sent asked = s.sent.removeFirst();
    byte[] answer = renewed.receive(asked.octets(), asked.path());
    assertEquals(IceVerdict.CONSENTED, s.agent.receive(answer, 0, answer.length, B, s.clock.now()));
  }

  @Test
  void theNewGenerationMayBeCheckedBeforeItsDescriptionHasCome() {
    s.agent.restart(newLocal);
    assertNull(s.agent.remote());
    assertEquals(IceVerdict.ANSWERED, checkAnew(B, true));
    assertEquals(B, s.agent.path());
    s.agent.remote(newRemote);
    s.agent.tick(s.clock.now() + Duration.ofSeconds(7).toNanos());
    assertEquals(1, s.sent.size());
  }

  @Test
  void aRestartAmidARestartReplacesIt() {
    restart();
    checkAnew(B, false);
    IceCredentials third = IceCredentials.generate(new Random(73));
    s.events();
    s.agent.restart(third);
    assertEquals(List.of(new Forgotten(B), new Retired(newLocal.ufrag())), s.events());
    assertEquals(IceVerdict.UNAUTHENTICATED, checkAnew(B, true));
    assertEquals(A, s.agent.path());
    s.client.restart(newRemote, third);
    s.check(A, true);
    assertEquals(A, s.agent.path());
    assertFalse(s.agent.verified(B), "the replaced generation leaves no path behind");
  }

  @Test
  void aRestartThatIsTakenBackChangesNothing() {
    restart();
    checkAnew(B, false);
    s.events();
    s.agent.rollBack();
    assertEquals(List.of(new Forgotten(B), new Retired(newLocal.ufrag())), s.events());
    assertEquals(s.local, s.agent.local());
    assertEquals(s.client.own(), s.agent.remote());
    assertEquals(IceVerdict.UNAUTHENTICATED, checkAnew(B, true));
    assertEquals(IceVerdict.ANSWERED, s.check(A, true));
    s.agent.rollBack();
    assertEquals(List.of(), s.events());
  }

  @Test
  void aPathOfBothGenerationsSurvivesARollBack() {
    restart();
    checkAnew(A, false);
    s.agent.rollBack();
    assertEquals(A, s.agent.path());
    assertTrue(s.agent.verified(A));
  }

  @Test
  void aRestartBringsALostConsentBack() {
    s.client.consents(false);
    s.passChecking(Duration.ofSeconds(40), A);
    assertEquals(List.of(new ConsentLost()), s.events());
    assertNull(s.agent.path());
    s.check(A, true);
    assertNull(s.agent.path(), "a check of the old generation does not");
    restart();
    checkAnew(A, true);
    assertEquals(A, s.agent.path());
    assertTrue(s.events().contains(new Selected(A)));
  }
}
