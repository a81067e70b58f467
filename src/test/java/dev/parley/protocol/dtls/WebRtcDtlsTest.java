package dev.parley.protocol.dtls;

import static dev.parley.protocol.dtls.DtlsPair.CM_SHA1_80;
import static dev.parley.protocol.dtls.DtlsPair.GCM_128;
import static dev.parley.protocol.dtls.DtlsPair.GCM_256;
import static dev.parley.protocol.dtls.DtlsPair.PROFILES;
import static dev.parley.protocol.dtls.DtlsPair.acquainted;
import static dev.parley.protocol.dtls.DtlsPair.identity;
import static dev.parley.protocol.dtls.DtlsPair.rules;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.TestCertificate;
import dev.parley.protocol.dtls.DtlsConnection.State;
import dev.parley.protocol.dtls.DtlsPair.Told;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two ends of a WebRTC connection over a wire that loses nothing.
class WebRtcDtlsTest {
  private final DtlsIdentity one = identity();
  private final DtlsIdentity other = identity();

  private static Told data(String text) {
    return new Told.Data(text);
  }

  private static final Told ESTABLISHED = new Told.Established();

  @Test
  void messagesGoBothWays() throws Exception {
    DtlsPair pair = acquainted().established();
    pair.client.send("to the server");
    pair.server.send("to the client");
    pair.settle();
    assertEquals(List.of(ESTABLISHED, data("to the server")), pair.server.told);
    assertEquals(List.of(ESTABLISHED, data("to the client")), pair.client.told);
    assertNull(pair.client.connection.end());
  }

  @Test
  void aFlightIsOneDatagram() throws Exception {
    DtlsPair pair = acquainted().established();
    assertEquals(2, pair.client.sent.size());
    assertEquals(2, pair.server.sent.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {GCM_128, GCM_256, CM_SHA1_80})
  void bothEndsHaveTheSameKeysForEveryProfile(int profile) throws Exception {
    DtlsPair pair =
        DtlsPair.of(rules(one, other, List.of(profile)), rules(other, one, PROFILES)).established();
    assertEquals(profile, pair.client.connection.srtpProfile());
    assertEquals(profile, pair.server.connection.srtpProfile());
    byte[] keys = pair.client.connection.exportSrtpKeys(88);
    assertArrayEquals(keys, pair.server.connection.exportSrtpKeys(88));
    assertFalse(java.util.Arrays.equals(keys, new byte[88]));
    assertArrayEquals(java.util.Arrays.copyOf(keys, 56), pair.server.connection.exportSrtpKeys(56));
  }

  @Test
  void theServersOrderOfProfilesDecides() throws Exception {
    DtlsPair pair =
        DtlsPair.of(
                rules(one, other, List.of(CM_SHA1_80, GCM_128)),
                rules(other, one, List.of(GCM_256, GCM_128, CM_SHA1_80)))
            .established();
    assertEquals(GCM_128, pair.client.connection.srtpProfile());
    assertEquals(GCM_128, pair.server.connection.srtpProfile());
  }

  @Test
  void noCommonProfileEndsBoth() throws Exception {
    DtlsPair pair =
        DtlsPair.of(rules(one, other, List.of(CM_SHA1_80)), rules(other, one, List.of(GCM_128)));
    closed(pair, DtlsEnd.PEER_ALERT, DtlsEnd.SRTP_PROFILE);
  }

  @Test
  void aClientWithoutUseSrtpIsRefused() throws Exception {
    DtlsPair pair = DtlsPair.of(rules(one, other, List.of()), rules(other, one, PROFILES));
    closed(pair, DtlsEnd.PEER_ALERT, DtlsEnd.SRTP_PROFILE);
  }

  @Test
  void aServerWithoutUseSrtpIsRefused() throws Exception {
    DtlsPair pair = DtlsPair.of(rules(one, other, PROFILES), rules(other, one, List.of()));
    closed(pair, DtlsEnd.SRTP_PROFILE, DtlsEnd.PEER_ALERT);
  }

  @Test
  void aConnectionForDataOnlyHasNoProfile() throws Exception {
    DtlsPair pair =
        DtlsPair.of(rules(one, other, List.of()), rules(other, one, List.of())).established();
    assertEquals(-1, pair.client.connection.srtpProfile());
    assertThrows(IllegalStateException.class, () -> pair.server.connection.exportSrtpKeys(56));
  }

  @Test
  void aServerRefusesAClientThatNobodyVouchesFor() throws Exception {
    DtlsPair pair = DtlsPair.of(rules(one, other, PROFILES), rules(other, identity(), PROFILES));
    closed(pair, DtlsEnd.PEER_ALERT, DtlsEnd.FINGERPRINT);
    assertEquals(List.of(), pair.server.told);
    assertEquals(List.of(), pair.client.told);
  }

  @Test
  void aClientRefusesAServerThatNobodyVouchesFor() throws Exception {
    DtlsPair pair = DtlsPair.of(rules(one, identity(), PROFILES), rules(other, one, PROFILES));
    closed(pair, DtlsEnd.FINGERPRINT, DtlsEnd.PEER_ALERT);
    assertEquals(List.of(), pair.client.told);
  }

  @Test
  void aFingerprintMayComeAfterTheHandshake() throws Exception {
    DtlsPair pair = DtlsPair.of(rules(one, other, PROFILES), rules(other, null, PROFILES));
    pair.until("done but not verified", () -> pair.server.state() == State.UNVERIFIED);
    pair.until("established", () -> pair.client.state() == State.ESTABLISHED);
    pair.client.send("early");
    pair.settle();
    pair.server.send("never");
    assertEquals(List.of(), pair.server.told);
    assertEquals(-1, pair.server.connection.srtpProfile());
    assertThrows(IllegalStateException.class, () -> pair.server.connection.exportSrtpKeys(56));
    pair.server.connection.expect(List.of(one.fingerprint()));
    assertEquals(List.of(ESTABLISHED, data("early")), pair.server.told);
    pair.settle();
    assertEquals(List.of(ESTABLISHED), pair.client.told);
    assertArrayEquals(
        pair.client.connection.exportSrtpKeys(56), pair.server.connection.exportSrtpKeys(56));
  }

  @Test
  void aFingerprintMayComeDuringTheHandshake() throws Exception {
    DtlsPair pair = DtlsPair.of(rules(one, other, PROFILES), rules(other, null, PROFILES));
    pair.server.connection.expect(List.of(one.fingerprint()));
    pair.established();
  }

  @Test
  void aLateFingerprintOfSomebodyElseEndsBothWithAnAlert() throws Exception {
    DtlsPair pair = DtlsPair.of(rules(one, other, PROFILES), rules(other, null, PROFILES));
    pair.until("done but not verified", () -> pair.server.state() == State.UNVERIFIED);
    pair.until("established", () -> pair.client.state() == State.ESTABLISHED);
    pair.client.send("early");
    pair.settle();
    pair.server.connection.expect(List.of(identity().fingerprint()));
    pair.settle();
    closed(pair, DtlsEnd.PEER_ALERT, DtlsEnd.FINGERPRINT);
    assertEquals(List.of(), pair.server.told);
  }

  @Test
  void aClientTooMayLearnTheFingerprintLate() throws Exception {
    DtlsPair pair = DtlsPair.of(rules(one, null, PROFILES), rules(other, one, PROFILES));
    pair.until("done but not verified", () -> pair.client.state() == State.UNVERIFIED);
    pair.client.connection.expect(List.of(other.fingerprint()));
    assertEquals(List.of(ESTABLISHED), pair.client.told);
    assertThrows(IllegalArgumentException.class, () -> pair.client.connection.expect(List.of()));
  }

  @Test
  void anRsaCertificateOfTheClientIsAccepted() throws Exception {
    DtlsIdentity rsa = rsa();
    DtlsPair.of(rules(rsa, other, PROFILES), rules(other, rsa, PROFILES)).established();
  }

  @Test
  void anRsaCertificateOfTheServerIsAccepted() throws Exception {
    DtlsIdentity rsa = rsa();
    DtlsPair.of(rules(one, rsa, PROFILES), rules(rsa, one, PROFILES)).established();
  }

  private static DtlsIdentity rsa() {
    TestCertificate certificate = TestCertificate.of("RSA", "rsa.example");
    return new DtlsIdentity(certificate.keys().getPrivate(), List.of(certificate.certificate()));
  }

  /// The certificate is public; only who has its key may show it.
  @Test
  void aCertificateOfSomebodyElseProvesNothing() throws Exception {
    DtlsIdentity stolen = new DtlsIdentity(identity().key(), one.chain());
    DtlsPair client = DtlsPair.of(rules(stolen, other, PROFILES), rules(other, one, PROFILES));
    closed(client, DtlsEnd.PEER_ALERT, DtlsEnd.HANDSHAKE);
    DtlsPair server = DtlsPair.of(rules(other, one, PROFILES), rules(stolen, other, PROFILES));
    closed(server, DtlsEnd.HANDSHAKE, DtlsEnd.PEER_ALERT);
  }

  @Test
  void connectionsKeepTheirIdentityWhenTheOwnerTurnsToAnother() throws Exception {
    DtlsPair old = acquainted().established();
    DtlsPair.of(rules(one, other, PROFILES), rules(other, one, PROFILES)).established();
    old.client.send("still here");
    old.settle();
    assertEquals(List.of(ESTABLISHED, data("still here")), old.server.told);
  }

  @Test
  void garbageBetweenRecordsHarmsNobody() throws Exception {
    Random random = new Random(7);
    DtlsPair pair = DtlsPair.of(rules(one, other, PROFILES), rules(other, one, PROFILES));
    pair.wire =
        (from, datagram) -> {
          byte[] garbage = garbage(random);
          return List.of(garbage, datagram, garbage(random));
        };
    pair.established();
    for (int i = 0; i < 200; i++) {
      pair.client.send("message " + i);
    }
    pair.settle();
    assertEquals(State.ESTABLISHED, pair.server.state());
    assertEquals(null, pair.server.connection.end());
    assertEquals(201, pair.server.told.size());
    assertEquals(State.ESTABLISHED, pair.client.state());
  }

  // Of no epoch that there is, or too short for anything: plaintext of epoch 0 cannot be told from
  // the peer's while the handshake runs.
  private static byte[] garbage(Random random) {
    byte[] garbage = new byte[1 + random.nextInt(80)];
    random.nextBytes(garbage);
    garbage[0] = (byte) (20 + random.nextInt(44));
    if (garbage.length > 12) {
      garbage[1] = (byte) 0xfe;
      garbage[2] = (byte) 0xfd;
      garbage[3] = 0;
      garbage[4] = (byte) (1 + random.nextInt(2));
      garbage[11] = 0;
      garbage[12] = (byte) (garbage.length - 13);
    }
    return garbage;
  }

  @Test
  void shortestDatagramsHarmNobody() throws Exception {
    DtlsPair pair = acquainted().established();
    for (int length = 0; length < 60; length++) {
      for (int type = 20; type < 26; type++) {
        byte[] octets = new byte[length];
        java.util.Arrays.fill(octets, (byte) type);
        pair.server.receive(octets);
        pair.client.receive(octets);
      }
    }
    pair.client.send("still here");
    pair.settle();
    assertEquals(List.of(ESTABLISHED, data("still here")), pair.server.told);
  }

  @Test
  void closeNotifyEndsBothEnds() throws Exception {
    DtlsPair pair = acquainted().established();
    pair.server.connection.close();
    pair.settle();
    closed(pair, DtlsEnd.CLOSED_BY_PEER, DtlsEnd.CLOSED_HERE);
    pair.server.send("nobody hears");
    pair.server.connection.close();
    pair.settle();
    assertEquals(List.of(ESTABLISHED), pair.client.told);
    assertThrows(IllegalStateException.class, () -> pair.server.connection.exportSrtpKeys(56));
  }

  @Test
  void aConnectionMayBeClosedBeforeAnythingCame() {
    DtlsPair pair = acquainted();
    pair.server.connection.close();
    pair.client.connection.close();
    assertEquals(DtlsEnd.CLOSED_HERE, pair.server.connection.end());
    assertEquals(DtlsEnd.CLOSED_HERE, pair.client.connection.end());
    pair.server.receive(new byte[40]);
    pair.server.connection.advance();
    assertEquals(List.of(), pair.server.sent);
  }

  @Test
  void aConnectionMayBeClosedInTheMiddleOfItsHandshake() throws Exception {
    DtlsPair pair = acquainted();
    pair.until("answered", () -> !pair.server.sent.isEmpty());
    pair.server.connection.close();
    assertEquals(DtlsEnd.CLOSED_HERE, pair.server.connection.end());
    pair.client.connection.close();
    assertEquals(DtlsEnd.CLOSED_HERE, pair.client.connection.end());
  }

  @Test
  void aConnectionMayBeClosedBeforeItIsVerified() throws Exception {
    DtlsPair pair = DtlsPair.of(rules(one, other, PROFILES), rules(other, null, PROFILES));
    pair.until("done but not verified", () -> pair.server.state() == State.UNVERIFIED);
    pair.until("established", () -> pair.client.state() == State.ESTABLISHED);
    pair.server.connection.close();
    pair.settle();
    closed(pair, DtlsEnd.CLOSED_BY_PEER, DtlsEnd.CLOSED_HERE);
    pair.server.connection.expect(List.of(one.fingerprint()));
    assertEquals(List.of(), pair.server.told);
  }

  @Test
  void aHandshakeThatNobodyAnswersEndsInItsTime() throws Exception {
    DtlsPeerRules hasty =
        new DtlsPeerRules(one, List.of(other.fingerprint()), PROFILES, Duration.ofMillis(700));
    DtlsPair pair = DtlsPair.of(hasty, rules(other, one, PROFILES));
    pair.wire = (from, datagram) -> List.of();
    pair.until("given up", () -> pair.client.state() == State.CLOSED);
    assertEquals(DtlsEnd.TIMEOUT, pair.client.connection.end());
    assertTrue(pair.client.sent.size() > 1, "sent again meanwhile");
  }

  private static void closed(DtlsPair pair, DtlsEnd client, DtlsEnd server)
      throws InterruptedException {
    pair.until(
        "closed", () -> pair.client.state() == State.CLOSED && pair.server.state() == State.CLOSED);
    assertEquals(client, pair.client.connection.end());
    assertEquals(server, pair.server.connection.end());
  }
}
