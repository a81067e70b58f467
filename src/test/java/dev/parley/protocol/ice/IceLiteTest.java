package dev.parley.protocol.ice;

import static dev.parley.protocol.ice.IceScenario.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.IceClient;
import dev.parley.protocol.ice.IceEvent.Forgotten;
import dev.parley.protocol.ice.IceEvent.Selected;
import dev.parley.protocol.ice.IceEvent.Verified;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IceLiteTest {
  private static final FiveTuple A = path(1);
  private static final FiveTuple B = path(2);

  @Test
  void aCheckMakesAPathValidAndTellsTheClientItsAddress() {
    IceScenario s = IceScenario.described();
    assertNull(s.agent.path());

    assertEquals(IceVerdict.ANSWERED, s.check(A, false));

    assertEquals(1, s.client.succeeded());
    assertEquals(A.remote(), s.client.mapped());
    assertEquals(List.of(new Verified(A)), s.events());
    assertTrue(s.agent.verified(A));
    assertFalse(s.agent.verified(B));
    assertEquals(A, s.agent.path());
  }

  @Test
  void aRegularNominationSelectsAfterwards() {
    IceScenario s = IceScenario.described();
    s.check(A, false);
    s.check(B, false);
    s.events();
    s.check(A, true);
    assertEquals(List.of(new Selected(A)), s.events());
    s.check(A, true);
    assertEquals(List.of(), s.events());
    assertEquals(A, s.agent.path());
  }

  @Test
  void anAggressiveNominationSettlesOnTheBestPathHoweverTheChecksCome() {
    IceScenario s = IceScenario.described();
    long low = IceClient.PRIORITY - 1000;
    s.check(A, low, true);
    s.check(B, IceClient.PRIORITY, true);
    for (int i = 0; i < 20; i++) {
      s.pass(Duration.ofSeconds(1));
      s.check(A, low, true);
      s.check(B, IceClient.PRIORITY, true);
    }
    assertEquals(
        List.of(new Verified(A), new Selected(A), new Verified(B), new Selected(B)), s.events());
  }

  @Test
  void beforeANominationTheBestPathIsAnswered() {
    IceScenario s = IceScenario.described();
    s.check(A, IceClient.PRIORITY, false);
    s.check(B, IceClient.PRIORITY - 1, false);
    assertEquals(A, s.agent.path());
    s.pass(Duration.ofMillis(50));
    FiveTuple equal = path(3);
    s.check(equal, IceClient.PRIORITY, false);
    assertEquals(equal, s.agent.path(), "of equal ones the latest");
    s.check(path(Transport.TCP, 4), IceClient.PRIORITY, false);
    assertEquals(equal, s.agent.path(), "TCP stands behind UDP");
  }

  @Test
  void aDescribedCandidateTellsWhatACheckDoesNot() throws IceRefused {
    IceScenario s = IceScenario.described();
    String relay = "candidate:1 1 udp 41885439 192.0.2.0 40002 typ relay raddr 0.0.0.0 rport 0";
    s.agent.candidate(IceCandidate.parse(relay));
    s.check(A, IceClient.PRIORITY - 1, false);
    s.check(B, IceClient.PRIORITY, false);
    assertEquals(A, s.agent.path());
  }

  @Test
  void checksAreTakenBeforeTheClientsDescriptionHasCome() {
    IceScenario s = new IceScenario();
    assertEquals(IceVerdict.ANSWERED, s.check(A, true));
    assertEquals(List.of(new Verified(A), new Selected(A)), s.events());
    s.pass(Duration.ofSeconds(10));
    assertEquals(0, s.client.consentChecks(), "nobody can be asked yet");
    s.agent.remote(s.client.own());
    s.pass(Duration.ofSeconds(10));
    assertTrue(s.client.consentChecks() > 0);
  }

  @Test
  void onceKnownTheClientsHalfOfTheUsernameMustBeRight() {
    IceScenario s = new IceScenario();
    s.agent.remote(IceCredentials.generate(new Random(99)));
    assertEquals(IceVerdict.UNAUTHENTICATED, s.check(A, true));
    assertEquals(401, s.client.error());
    assertNull(s.agent.path());
  }

  @Test
  void aWrongPasswordIsRefusedAndLeavesNothing() {
    IceScenario s = IceScenario.described();
    String ufrag = s.local.ufrag();
    s.client.restart(s.client.own(), new IceCredentials(ufrag, "0123456789012345678901"));
    for (int i = 0; i < 1000; i++) {
      assertEquals(IceVerdict.UNAUTHENTICATED, s.check(path(i), true));
    }
    assertEquals(401, s.client.error());
    assertNull(s.agent.path());
    assertEquals(IceLite.NEVER, s.agent.deadline());
    assertEquals(List.of(), s.events());
  }

  @Test
  void aCheckForSomebodyElseIsRefused() {
    IceScenario s = IceScenario.described();
    IceCredentials other = IceCredentials.generate(new Random(5));
    s.client.restart(s.client.own(), new IceCredentials(other.ufrag(), s.local.pwd()));
    assertEquals(IceVerdict.UNAUTHENTICATED, s.check(A, true));
  }

  @Test
  void aMissingOrWrongFingerprintIsNotAnswered() {
    IceScenario s = IceScenario.described();
    String username = s.local.ufrag() + ":" + s.client.own().ufrag();
    byte[] without =
        s.client.unsigned(
            w ->
                w.text(StunAttribute.USERNAME, username)
                    .u32(StunAttribute.PRIORITY, 1)
                    .integrity(IceClient.key(s.local.pwd())));
    assertEquals(IceVerdict.MALFORMED, s.receive(without, A));
    byte[] wrong = s.client.check(true);
    wrong[wrong.length - 1] ^= 1;
    assertEquals(IceVerdict.MALFORMED, s.receive(wrong, A));
    assertEquals(0, s.client.succeeded());
    assertEquals(0, s.client.error());
  }

  @Test
  void aCheckWithoutIntegrityIsABadRequest() {
    IceScenario s = IceScenario.described();
    byte[] check =
        s.client.unsigned(
            w ->
                w.text(StunAttribute.USERNAME, s.local.ufrag() + ":x")
                    .u32(StunAttribute.PRIORITY, 1)
                    .fingerprint());
    assertEquals(IceVerdict.UNAUTHENTICATED, s.receive(check, A));
    assertEquals(400, s.client.error());
  }

  @Test
  void aStrangerIsNeverAnsweredWithMoreThanItSent() {
    IceScenario s = IceScenario.described();
    s.receive(s.client.unsigned(StunWriter::fingerprint), A);
    assertEquals(0, s.client.error());
  }

  @Test
  void aClientThatThinksItIsControlledIsToldOtherwise() {
    IceScenario s = IceScenario.described();
    s.client.controlling(false);
    assertEquals(IceVerdict.ROLE_CONFLICT, s.check(A, true));
    assertEquals(487, s.client.error());
    assertEquals(List.of(), s.events());
    assertTrue(s.client.controlling());
    assertEquals(IceVerdict.ANSWERED, s.check(A, true));
  }

  @Test
  void attributesThatMustBeComprehendedAreNamed() {
    IceScenario s = IceScenario.described();
    byte[] check =
        s.client.check(IceClient.PRIORITY, true, w -> w.u32(StunAttribute.CHANNEL_NUMBER, 1));
    assertEquals(IceVerdict.REFUSED, s.receive(check, A));
    assertEquals(420, s.client.error());
    assertEquals(List.of(), s.events());
  }

  @Test
  void aCheckOfManyUnknownAttributesIsAnsweredAllTheSame() {
    IceScenario s = IceScenario.described();
    byte[] check =
        s.client.check(
            IceClient.PRIORITY,
            true,
            w -> {
              for (int i = 0; i < 100; i++) {
                w.flag(StunAttribute.DONT_FRAGMENT);
              }
              return w;
            });
    assertEquals(IceVerdict.REFUSED, s.receive(check, A));
    assertEquals(420, s.client.error());
  }

  @Test
  void aCheckNeedsAPriorityUntilItsPathIsVerified() {
    IceScenario s = IceScenario.described();
    assertEquals(IceVerdict.REFUSED, s.check(A, 0, true));
    assertEquals(400, s.client.error());
    assertEquals(IceVerdict.REFUSED, s.check(A, 0xffff_ffffL, true));
    s.check(A, false);
    assertEquals(IceVerdict.ANSWERED, s.check(A, 0, true));
    assertEquals(A, s.agent.path());
  }

  @Test
  void aReplayFromElsewhereIsRefusedAndARetransmissionIsNot() {
    IceScenario s = IceScenario.described();
    byte[] check = s.client.check(true);
    assertEquals(IceVerdict.ANSWERED, s.receive(check, A));
    s.events();
    assertEquals(IceVerdict.REPLAYED, s.receive(check, B));
    assertEquals(List.of(), s.events());
    s.agent.receive(check, 0, check.length, A, s.clock.now());
    assertEquals(1, s.sent.size(), "answered once more");
  }

  @Test
  void aLateReplayFromElsewhereDivertsNothing() {
    IceScenario s = IceScenario.described();
    byte[] check = s.client.check(IceClient.PRIORITY + 9, true);
    s.receive(check, A);
    for (int i = 0; i < 40; i++) {
      s.pass(Duration.ofSeconds(1));
      s.check(A, true);
    }
    s.events();
    s.agent.receive(check, 0, check.length, B, s.clock.now());
    s.deaf = B;
    s.deliver();
    for (int i = 0; i < 20; i++) {
      s.pass(Duration.ofMillis(500));
      s.check(A, true);
    }
    assertEquals(A, s.agent.path());
    assertFalse(s.events().contains(new Selected(B)));
  }

  @Test
  void aFloodOfPathsIsBoundedAndTheSelectedOneStays() {
    IceScenario s = IceScenario.connected(A);
    for (int i = 100; i < 400; i++) {
      s.pass(Duration.ofMillis(1));
      assertEquals(IceVerdict.ANSWERED, s.check(path(i), false));
    }
    List<IceEvent> events = s.events();
    long verified = events.stream().filter(Verified.class::isInstance).count();
    long forgotten = events.stream().filter(Forgotten.class::isInstance).count();
    assertEquals(300, verified);
    assertEquals(300 - 15, forgotten);
    assertEquals(A, s.agent.path());
    assertTrue(s.agent.verified(A));
    assertTrue(s.agent.verified(path(399)));
    assertFalse(s.agent.verified(path(384)));
    assertTrue(s.agent.verified(path(385)));
  }

  @Test
  void thePathLeastRecentlyCheckedGoes() {
    IceScenario s =
        new IceScenario(
            new IceLimits(
                2, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(15)));
    s.check(A, false);
    s.pass(Duration.ofSeconds(1));
    s.check(B, false);
    s.pass(Duration.ofSeconds(1));
    s.check(A, false);
    s.events();
    s.check(path(3), false);
    assertEquals(List.of(new Forgotten(B), new Verified(path(3))), s.events());
  }

  @Test
  void aChangedAddressGoesOnWithoutRestart() {
    IceScenario s = IceScenario.connected(A);
    s.passChecking(Duration.ofSeconds(60), A);
    s.events();
    // Another network, of lower preference; the old one is gone.
    s.check(B, IceClient.PRIORITY - 256, true);
    assertEquals(List.of(new Verified(B), new Selected(B)), s.events());
    assertEquals(B, s.agent.path());
    s.passChecking(Duration.ofSeconds(60), B);
    assertEquals(List.of(), s.events());
  }

  @Test
  void aChangedAddressIsFollowedEvenWhenTheFirstTrialsAreLost() {
    IceScenario s = IceScenario.connected(A);
    s.pass(Duration.ofSeconds(4));
    s.client.consents(false);
    s.check(B, true);
    s.pass(Duration.ofMillis(1200));
    assertEquals(A, s.agent.path());
    s.client.consents(true);
    s.pass(Duration.ofMillis(500));
    assertEquals(B, s.agent.path());
  }

  @Test
  void aTrialWithoutAnswerEnds() {
    IceScenario s = IceScenario.connected(A);
    s.pass(Duration.ofSeconds(4));
    s.client.consents(false);
    int before = s.client.consentChecks();
    s.check(B, true);
    s.pass(Duration.ofSeconds(20));
    int asked = s.client.consentChecks() - before;
    assertTrue(asked <= 7 + 5, asked + " requests");
    assertEquals(A, s.agent.path());
  }

  @Test
  void aNominationThatIsWithdrawnGivesWayToALowerOne() {
    IceScenario s = IceScenario.described();
    s.check(A, IceClient.PRIORITY, true);
    s.check(B, IceClient.PRIORITY - 256, true);
    assertEquals(A, s.agent.path());
    s.check(A, IceClient.PRIORITY, false);
    s.check(B, IceClient.PRIORITY - 256, true);
    assertEquals(B, s.agent.path());
  }

  @Test
  void aTcpPathThatEndsGivesWayToAnotherNominatedOne() {
    FiveTuple tcp = path(Transport.TCP, 9);
    FiveTuple other = path(Transport.TCP, 10);
    IceScenario s = IceScenario.described();
    s.check(tcp, IceClient.PRIORITY, true);
    s.check(other, IceClient.PRIORITY - 1, true);
    assertEquals(tcp, s.agent.path());
    s.events();
    s.agent.closed(tcp, s.clock.now());
    assertEquals(List.of(new Forgotten(tcp), new Selected(other)), s.events());
    s.agent.closed(other, s.clock.now());
    assertNull(s.agent.path());
    s.agent.closed(other, s.clock.now());
    assertEquals(List.of(new Forgotten(other)), s.events());
    s.check(B, true);
    assertEquals(B, s.agent.path());
  }

  @Test
  void ipv6ClientsAreToldTheirAddress() {
    IceScenario s = IceScenario.described();
    TransportAddress server = new TransportAddress(0x2001_0db8L << 32, 1, 7882);
    TransportAddress remote = new TransportAddress(0x2001_0db8L << 32, 2, 5000);
    FiveTuple six = new FiveTuple(Transport.UDP, server, remote);
    s.check(six, true);
    assertEquals(remote, s.client.mapped());
  }

  @Test
  void indicationsAndOtherMethodsChangeNothing() {
    IceScenario s = IceScenario.described();
    byte[] buffer = new byte[200];
    StunWriter writer = new StunWriter();
    writer.indication(buffer, 0, StunMethod.BINDING, new byte[12]).fingerprint();
    assertEquals(
        IceVerdict.KEEPALIVE, s.agent.receive(buffer, 0, writer.length(), A, s.clock.now()));
    writer.request(buffer, 0, StunMethod.ALLOCATE, new byte[12]).fingerprint();
    assertEquals(
        IceVerdict.MALFORMED, s.agent.receive(buffer, 0, writer.length(), A, s.clock.now()));
    assertEquals(List.of(), s.sent);
  }

  @Test
  void otherCredentialsOfTheClientNeedARestart() {
    IceScenario s = IceScenario.described();
    IceCredentials other = IceCredentials.generate(new Random(3));
    assertFalse(s.agent.restartedBy(s.client.own()));
    s.agent.remote(s.client.own());
    assertTrue(s.agent.restartedBy(other));
    assertThrows(IllegalStateException.class, () -> s.agent.remote(other));
  }
}
