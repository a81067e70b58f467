package dev.parley.engine.turn.auth;

import static dev.parley.engine.turn.auth.Requests.*;
import static dev.parley.protocol.stun.StunAttribute.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.turn.auth.Verdict.Granted;
import dev.parley.engine.turn.auth.Verdict.Refused;
import dev.parley.engine.turn.auth.Verdict.Wanted;
import dev.parley.lab.SettableClock;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunIntegrity.Algorithm;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunPasswordAlgorithm;
import dev.parley.protocol.stun.StunUserhash;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// RFC 8489, section 9.2.4, check by check.
class AuthenticatorTest {
  private static final Verdict CHALLENGED = new Refused(StunError.UNAUTHENTICATED, true);
  private static final Verdict STALE = new Refused(StunError.STALE_NONCE, true);
  private static final Verdict BAD = new Refused(StunError.BAD_REQUEST, false);

  private final SettableClock clock = new SettableClock();
  private final Authenticator server =
      new Authenticator(policy(realm("parley", List.of(), "new", "old")), SECRET, clock);

  @Test
  void aRequestWithoutIntegrityIsChallenged() {
    assertEquals(CHALLENGED, check(bare()));
  }

  @Test
  void aRequestThatLacksWhatGoesWithIntegrityIsBad() {
    StunIntegrity any = new StunIntegrity(Algorithm.SHA1, new byte[16]);
    List<Consumer<StunWriter>> lacking =
        List.of(
            w -> w.text(REALM, "parley").text(NONCE, nonce()),
            w -> w.text(USERNAME, "9999999999").text(NONCE, nonce()),
            w -> w.text(USERNAME, "9999999999").text(REALM, "parley"),
            w ->
                w.octets(USERHASH, new byte[31], 0, 31).text(REALM, "parley").text(NONCE, nonce()));
    for (Consumer<StunWriter> attributes : lacking) {
      assertEquals(
          BAD, check(request(StunMethod.ALLOCATE, attributes.andThen(w -> w.integrity(any)))));
    }
  }

  @Test
  void aTimeLimitedCredentialIsGrantedToItsNameUnderEveryActiveSecret() {
    for (String secret : List.of("new", "old")) {
      Credential credential = granted(signed(username(60, "ann"), secret));
      assertEquals("ann", credential.user());
      assertEquals(username(60, "ann"), credential.username());
      assertEquals(clock.millis() / 1000 + 60, credential.expires());
      assertEquals(Algorithm.SHA1, credential.algorithm());
    }
    String nameless = Long.toString(clock.millis() / 1000 + 60);
    assertEquals(nameless, granted(signed(nameless, "new")).user());
  }

  @Test
  void aSecretThatWasRotatedOutIsRefusedAtOnce() {
    assertInstanceOf(Granted.class, check(signed(username(60, "ann"), "old")));
    server.follow(policy(realm("parley", List.of(), "newest", "new")));
    assertEquals(CHALLENGED, check(signed(username(60, "ann"), "old")));
    assertInstanceOf(Granted.class, check(signed(username(60, "ann"), "newest")));
  }

  @Test
  void anExpiredOrForgedCredentialIsChallenged() {
    StunMessage good = signed(username(60, "ann"), "new");
    assertEquals(CHALLENGED, check(signed(username(60, "ann"), "forged")));
    assertEquals(CHALLENGED, check(signed(username(0, "ann"), "new")));
    Credential bound = granted(good);
    clock.pass(Duration.ofSeconds(60));
    assertEquals(CHALLENGED, check(good));
    assertEquals(CHALLENGED, server.check(good, PATH, bound, 0));
  }

  @Test
  void aBoundCredentialIsTheSameObjectAgain() {
    StunMessage good = signed(username(60, "ann"), "new");
    Credential bound = granted(good);
    assertSame(bound, ((Granted) server.check(good, PATH, bound, 0)).credential());
  }

  @Test
  void anotherUserOnTheSamePathIsRefusedWithHisOwnKeyButMayAllocate() {
    Credential bound = granted(signed(username(60, "ann"), "new"));
    String bob = username(60, "bob");
    String password = TimeLimited.password("new", bob);
    StunMessage refresh = Requests.signed(StunMethod.REFRESH, "parley", nonce(), bob, password);
    Refused refused = assertInstanceOf(Refused.class, server.check(refresh, PATH, bound, 0));
    assertEquals(StunError.WRONG_CREDENTIALS, refused.error());
    assertFalse(refused.challenge());
    assertEquals("bob", refused.by().user());
    StunMessage allocate = Requests.signed(StunMethod.ALLOCATE, "parley", nonce(), bob, password);
    assertInstanceOf(Granted.class, server.check(allocate, PATH, bound, 0));
  }

  @Test
  void aBoundUserWithAWrongKeyIsChallengedAndTheDatabaseIsNotAsked() {
    Credential bound =
        new Credential("parley", "ann", "ann", Algorithm.SHA1, new byte[16], Credential.NEVER);
    StunMessage wrong = Requests.signed(StunMethod.REFRESH, "parley", nonce(), "ann", "wrong");
    assertEquals(CHALLENGED, server.check(wrong, PATH, bound, 0));
  }

  @Test
  void aNonceIsStaleAfterAnHourOrFromAnotherAddressOrAltered() {
    String ann = username(36000, "ann");
    String nonce = nonce();
    StunMessage good = signedWith(nonce, ann);
    clock.pass(Duration.ofSeconds(Nonces.LIFETIME));
    assertInstanceOf(Granted.class, check(good));
    clock.pass(Duration.ofSeconds(1));
    assertEquals(STALE, check(good));
    StunMessage fresh = signedWith(nonce(), ann);
    TransportAddress elsewhere = TransportAddress.ipv4(0xc0000202, 40000);
    TransportAddress otherPort = TransportAddress.ipv4(0xc0000201, 40001);
    assertEquals(STALE, server.check(fresh, path(Transport.UDP, elsewhere), null, 0));
    assertInstanceOf(Granted.class, server.check(fresh, path(Transport.UDP, otherPort), null, 0));
    for (int i = 0; i < nonce.length(); i++) {
      char other = nonce().charAt(i) == 'A' ? 'B' : 'A';
      String altered = nonce().substring(0, i) + other + nonce().substring(i + 1);
      assertEquals(STALE, check(signedWith(altered, ann)), altered);
    }
    assertEquals(STALE, check(signedWith("", ann)));
    assertEquals(STALE, check(signedWith("obMatJos2AAAB", ann)));
  }

  @Test
  void aStaleNonceWithAWrongPasswordIsAWrongPassword() {
    StunMessage wrong =
        Requests.signed(StunMethod.ALLOCATE, "parley", "x", username(60, "ann"), "wrong");
    assertEquals(CHALLENGED, check(wrong));
  }

  @Test
  void theChallengeOffersSha256FirstAndTellsSoInTheNonce() {
    StunMessage challenge = challenge(server, bare(), STREAM);
    assertEquals("parley", text(challenge, REALM));
    assertTrue(text(challenge, NONCE).startsWith("obMatJos2AAAB"));
    int list = challenge.find(PASSWORD_ALGORITHMS);
    assertArrayEquals(
        OFFERED, Arrays.copyOfRange(challenge.octets(), list, list + challenge.length(list)));
    assertFalse(challenge.has(THIRD_PARTY_AUTHORIZATION));
  }

  @Test
  void theChallengeToAShortDatagramIsShortAndNobodyCanForceItOnALongerOne() {
    StunMessage challenge = challenge(server, bare(), PATH);
    assertFalse(challenge.has(PASSWORD_ALGORITHMS));
    assertTrue(5 * (challenge.length() + 28) <= 8 * (bare().length() + 28));
    String plain = text(challenge, NONCE);
    String ann = username(60, "ann");
    assertInstanceOf(Granted.class, check(signedWith(plain, ann)));
    byte[] key = StunPasswordAlgorithm.MD5.key(ann, "parley", TimeLimited.password("new", ann));
    StunMessage longer =
        request(
            StunMethod.ALLOCATE,
            w -> {
              allocate(w);
              w.text(SOFTWARE, "what the attacker has cut away, and more of it")
                  .text(USERNAME, ann)
                  .text(REALM, "parley")
                  .text(NONCE, plain)
                  .integrity(new StunIntegrity(Algorithm.SHA1, key));
            });
    assertEquals(STALE, check(longer));
    assertTrue(challenge(server, longer, PATH).has(PASSWORD_ALGORITHMS));
  }

  @Test
  void aClientOfRfc8489IsAnsweredInSha256() {
    String ann = username(60, "ann");
    for (StunPasswordAlgorithm chosen : StunPasswordAlgorithm.values()) {
      byte[] key = chosen.key(ann, "parley", TimeLimited.password("new", ann));
      StunMessage request = choosing(ann, OFFERED, chosen.code(), key);
      Credential credential = granted(request);
      assertEquals(Algorithm.SHA256, credential.algorithm());
      byte[] octets = new byte[200];
      StunWriter answer = new StunWriter().answer(octets, 0, StunClass.SUCCESS_RESPONSE, request);
      server.sign(answer, credential);
      StunMessage signed = parse(octets, answer.length());
      assertTrue(new StunIntegrity(Algorithm.SHA256, key).verifies(signed));
      assertFalse(signed.has(MESSAGE_INTEGRITY));
    }
  }

  @Test
  void aListThatWasTamperedWithIsBad() {
    String ann = username(60, "ann");
    byte[] key = StunPasswordAlgorithm.MD5.key(ann, "parley", TimeLimited.password("new", ann));
    byte[] md5Only = StunPasswordAlgorithm.list(StunPasswordAlgorithm.MD5);
    assertEquals(BAD, check(choosing(ann, md5Only, 1, key)));
    assertEquals(BAD, check(choosing(ann, OFFERED, 3, key)));
    assertEquals(BAD, check(choosing(ann, OFFERED, -1, key)));
    assertEquals(BAD, check(choosing(ann, new byte[0], 1, key)));
  }

  @Test
  void ofTwoIntegritiesTheStrongerCounts() {
    String ann = username(60, "ann");
    byte[] key = StunPasswordAlgorithm.MD5.key(ann, "parley", TimeLimited.password("new", ann));
    for (boolean right : List.of(true, false)) {
      StunMessage both =
          request(
              StunMethod.ALLOCATE,
              w ->
                  w.text(USERNAME, ann)
                      .text(REALM, "parley")
                      .text(NONCE, nonce())
                      .integrity(new StunIntegrity(Algorithm.SHA1, right ? new byte[1] : key))
                      .integrity(new StunIntegrity(Algorithm.SHA256, right ? key : new byte[1])));
      assertEquals(right, check(both) instanceof Granted);
    }
  }

  @Test
  void aUserOfTheDatabaseIsAskedForAndThenBound() {
    StunMessage request = Requests.signed(StunMethod.ALLOCATE, "parley", nonce(), "carol", "pw");
    assertEquals(new Wanted("parley", "carol", null), check(request));
    byte[] md5 = StunPasswordAlgorithm.MD5.key("carol", "parley", "pw");
    FoundKey found = new FoundKey("carol", md5, new byte[32]);
    Granted granted = assertInstanceOf(Granted.class, server.check(request, PATH, null, found, 0));
    assertEquals(Credential.NEVER, granted.credential().expires());
    assertEquals(granted, server.check(request, PATH, granted.credential(), 0));
    assertEquals(CHALLENGED, server.check(request, PATH, null, FoundKey.NOBODY, 0));
    assertEquals(
        CHALLENGED, server.check(request, PATH, null, new FoundKey("carol", null, md5), 0));
    StunMessage stale = Requests.signed(StunMethod.ALLOCATE, "parley", "stale", "carol", "pw");
    assertEquals(STALE, check(stale));
  }

  @Test
  void aHashInPlaceOfTheNameIsComparedWithTheBoundOneOrAskedFor() {
    byte[] hash = StunUserhash.of("carol", "parley");
    byte[] sha256 = StunPasswordAlgorithm.SHA_256.key("carol", "parley", "pw");
    StunMessage request =
        request(
            StunMethod.REFRESH,
            w ->
                w.octets(USERHASH, hash, 0, 32)
                    .text(REALM, "parley")
                    .text(NONCE, nonce())
                    .octets(PASSWORD_ALGORITHMS, OFFERED, 0, OFFERED.length)
                    .u32(PASSWORD_ALGORITHM, 2 << 16)
                    .integrity(new StunIntegrity(Algorithm.SHA256, sha256)));
    Wanted wanted = assertInstanceOf(Wanted.class, check(request));
    assertArrayEquals(hash, wanted.userhash());
    FoundKey found = new FoundKey("carol", null, sha256);
    Granted granted = assertInstanceOf(Granted.class, server.check(request, PATH, null, found, 0));
    assertEquals("carol", granted.credential().username());
    assertEquals(granted, server.check(request, PATH, granted.credential(), 0));
  }

  @Test
  void whereNoCredentialIsComputedNamesMayBeHidden() {
    server.follow(policy(realm("parley", List.of())));
    assertTrue(text(challenge(server, bare(), STREAM), NONCE).startsWith("obMatJos2AAAD"));
    StunMessage digits =
        Requests.signed(StunMethod.ALLOCATE, "parley", nonce(), "9999999999", "pw");
    assertInstanceOf(Wanted.class, check(digits));
  }

  @Test
  void aTenantHasHisOwnRealmByTheAddressHisClientsCameTo() {
    var mine = realm("mine", List.of("198.51.100.1", "turn.example.org"), "a", "shared");
    server.follow(policy(realm("parley", List.of(), "shared"), mine));
    String ann = username(60, "ann");
    String nonce = text(challenge(server, bare(), PATH), NONCE);
    assertEquals("mine", text(challenge(server, bare(), PATH), REALM));
    assertEquals("mine", granted(of("mine", nonce, ann, "a")).realm());
    // What opens one realm opens no other: neither its name, nor a secret that another owns.
    assertEquals(CHALLENGED, check(of("parley", nonce, ann, "shared")));
    assertEquals(CHALLENGED, check(of("mine", nonce, ann, "shared")));
  }

  @Test
  void aRevokedUserOrCredentialIsChallengedUntilItWouldHaveExpired() {
    StunMessage request = signed(username(60, "ann"), "new");
    Credential bound = granted(request);
    long now = clock.millis() / 1000;
    server.revoke("parley", "ann", null, now + 100);
    assertTrue(server.revoked(bound));
    assertEquals(CHALLENGED, check(request));
    assertEquals(CHALLENGED, server.check(request, PATH, bound, 0));
    assertInstanceOf(Granted.class, check(signed(username(101, "ann"), "new")));
    assertInstanceOf(Granted.class, check(signed(username(60, "bob"), "new")));
    server.revoke("parley", null, username(60, "bob"), now + 100);
    assertEquals(CHALLENGED, check(signed(username(60, "bob"), "new")));
    assertInstanceOf(Granted.class, check(signed(username(61, "bob"), "new")));
    server.revoke("other", "cid", null, now + 100);
    assertInstanceOf(Granted.class, check(signed(username(60, "cid"), "new")));
    Credential forever =
        new Credential("parley", "ann", "ann", Algorithm.SHA1, new byte[1], Credential.NEVER);
    assertTrue(server.revoked(forever));
    clock.pass(Duration.ofSeconds(101));
    assertFalse(server.revoked(forever));
  }

  @Test
  void nothingThatIsPrintedTellsASecret() {
    String printed = granted(signed(username(60, "ann"), "new")) + "" + FoundKey.NOBODY;
    assertEquals("Credential[SHA1]FoundKey[nobody]", printed);
    assertFalse(
        check(Requests.signed(StunMethod.REFRESH, "parley", nonce(), "carol", "pw"))
            .toString()
            .contains("carol"));
  }

  private Verdict check(StunMessage request) {
    return server.check(request, PATH, null, 0);
  }

  private Credential granted(StunMessage request) {
    return assertInstanceOf(Granted.class, check(request)).credential();
  }

  private String nonce() {
    return text(challenge(server, bare(), STREAM), NONCE);
  }

  private String username(long seconds, String name) {
    return clock.millis() / 1000 + seconds + ":" + name;
  }

  private StunMessage signed(String username, String secret) {
    return of("parley", nonce(), username, secret);
  }

  private StunMessage signedWith(String nonce, String username) {
    return of("parley", nonce, username, "new");
  }

  private StunMessage of(String realm, String nonce, String username, String secret) {
    String password = TimeLimited.password(secret, username);
    return Requests.signed(StunMethod.ALLOCATE, realm, nonce, username, password);
  }

  private StunMessage choosing(String username, byte[] list, int code, byte[] key) {
    return request(
        StunMethod.ALLOCATE,
        w -> {
          w.text(USERNAME, username).text(REALM, "parley").text(NONCE, nonce());
          if (list.length > 0) {
            w.octets(PASSWORD_ALGORITHMS, list, 0, list.length);
          }
          if (code >= 0) {
            w.u32(PASSWORD_ALGORITHM, code << 16);
          }
          w.integrity(new StunIntegrity(Algorithm.SHA256, key));
        });
  }
}
