package dev.parley.engine.turn.auth;

import static dev.parley.engine.turn.auth.Requests.*;
import static dev.parley.protocol.stun.StunAttribute.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.engine.turn.auth.Verdict.Granted;
import dev.parley.engine.turn.auth.Verdict.Refused;
import dev.parley.lab.SettableClock;
import dev.parley.media.TurnOAuthKey;
import dev.parley.protocol.stun.StunAccessToken;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunIntegrity.Algorithm;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Third-party authorization (RFC 7635).
class OAuthTest {
  private static final Verdict CHALLENGED = new Refused(StunError.UNAUTHENTICATED, true);
  private static final TurnOAuthKey NORTH =
      new TurnOAuthKey("north", new byte[32], "A256GCM", 0, 0);
  private static final byte[] UNION_KEY = "1234567890123456\n".getBytes();

  private final SettableClock clock = new SettableClock();
  private final long now = clock.millis() / 1000;
  private final TurnOAuthKey union =
      new TurnOAuthKey("union", UNION_KEY, "A128GCM", now - 10, 1000);
  private final Authenticator server =
      new Authenticator(policy(oauth("parley", "turn.example.org", NORTH, union)), SECRET, clock);
  private final String nonce = text(challenge(server, bare(), STREAM), NONCE);

  @Test
  void theChallengeNamesTheServerThatTokensAreMadeFor() {
    assertEquals(
        "turn.example.org", text(challenge(server, bare(), STREAM), THIRD_PARTY_AUTHORIZATION));
    assertEquals(
        "turn.example.org", text(challenge(server, bare(), PATH), THIRD_PARTY_AUTHORIZATION));
  }

  @Test
  void aTokenIsGrantedAndItsKeyServesWithoutItFromThenOn() {
    Credential credential = granted(request("north", token(0, 600), 1), null);
    assertEquals("north", credential.user());
    assertEquals(now + 605, credential.expires());
    StunMessage bind = request("north", null, 1);
    assertEquals(new Granted(credential), server.check(bind, PATH, credential, 0));
    clock.pass(Duration.ofSeconds(605));
    assertEquals(CHALLENGED, server.check(bind, PATH, credential, 0));
  }

  @Test
  void aNewTokenUnderAnotherKeyCarriesTheAllocationOn() {
    Credential first = granted(request("north", token(0, 600), 1), null);
    byte[] other = sealed(union, StunAccessToken.Algorithm.A128GCM, 2, 0, 600, "turn.example.org");
    Credential second = granted(request("union", other, 2), first);
    assertEquals("union", second.username());
    assertEquals("north", second.user()); // whose allocation it stays
    assertEquals(2, second.key()[0]);
    Credential ann =
        new Credential("parley", "ann", "ann", Algorithm.SHA1, new byte[16], Credential.NEVER);
    Refused refused =
        assertInstanceOf(Refused.class, server.check(request("union", other, 2), PATH, ann, 0));
    assertEquals(StunError.WRONG_CREDENTIALS, refused.error());
  }

  @Test
  void aTokenThatIsOldForOthersUnderAnUnknownKeyOrForgedIsChallenged() {
    assertEquals(CHALLENGED, check(request("north", token(-605, 600), 1)));
    assertInstanceOf(Granted.class, check(request("north", token(-604, 600), 1)));
    assertEquals(CHALLENGED, check(request("north", token(700, 600), 1)));
    assertEquals(CHALLENGED, check(request("south", token(0, 600), 1)));
    assertEquals(CHALLENGED, check(request("union", token(0, 600), 1)));
    assertEquals(CHALLENGED, check(request("north", new byte[70], 1)));
    assertEquals(CHALLENGED, check(request("north", new byte[0], 1)));
    assertEquals(CHALLENGED, check(request("north", token(0, 600), 9)));
    byte[] elsewhere = sealed(NORTH, StunAccessToken.Algorithm.A256GCM, 1, 0, 600, "other.org");
    assertEquals(CHALLENGED, check(request("north", elsewhere, 1)));
  }

  @Test
  void aKeyIsTakenOnlyWhileItIsValid() {
    byte[] token = sealed(union, StunAccessToken.Algorithm.A128GCM, 1, 0, 5000, "turn.example.org");
    assertInstanceOf(Granted.class, check(request("union", token, 1)));
    clock.pass(Duration.ofSeconds(991));
    assertEquals(CHALLENGED, check(request("union", token, 1)));
  }

  @Test
  void theFirstSixteenOctetsOfALongerKeyServeAsCoturnsClientUsesThem() {
    byte[] whole = "a key of 20 octets..".getBytes(StandardCharsets.US_ASCII);
    byte[] token =
        new StunAccessToken(whole, now << 16, 600)
            .seal(StunAccessToken.Algorithm.A256GCM, NORTH.key(), "turn.example.org", new byte[12]);
    assertArrayEquals(whole, granted(signed(token, whole), null).key());
    byte[] start = Arrays.copyOf(whole, 16);
    assertArrayEquals(start, granted(signed(token, start), null).key());
    assertEquals(CHALLENGED, check(signed(token, Arrays.copyOf(whole, 15))));
  }

  private StunMessage signed(byte[] token, byte[] key) {
    return Requests.request(
        StunMethod.REFRESH,
        w ->
            w.text(USERNAME, "north")
                .text(REALM, "parley")
                .text(NONCE, nonce)
                .octets(ACCESS_TOKEN, token, 0, token.length)
                .integrity(new StunIntegrity(Algorithm.SHA1, key)));
  }

  @Test
  void aKeyThatCannotWorkIsRefusedWithThePolicy() {
    for (TurnOAuthKey key :
        new TurnOAuthKey[] {
          new TurnOAuthKey("k", new byte[31], "A256GCM", 0, 0),
          new TurnOAuthKey("k", new byte[32], "A256CBC", 0, 0)
        }) {
      var policy = policy(oauth("parley", "s", key));
      assertThrows(IllegalArgumentException.class, () -> server.follow(policy));
    }
  }

  private byte[] token(long since, long lifetime) {
    return sealed(NORTH, StunAccessToken.Algorithm.A256GCM, 1, since, lifetime, "turn.example.org");
  }

  private byte[] sealed(
      TurnOAuthKey key,
      StunAccessToken.Algorithm algorithm,
      int mac,
      long since,
      long lifetime,
      String name) {
    return new StunAccessToken(macKey(mac), now + since << 16, lifetime)
        .seal(algorithm, key.key(), name, new byte[12]);
  }

  private StunMessage request(String kid, byte[] token, int mac) {
    return Requests.request(
        token == null ? StunMethod.CREATE_PERMISSION : StunMethod.REFRESH,
        w -> {
          w.text(USERNAME, kid).text(REALM, "parley").text(NONCE, nonce);
          if (token != null) {
            w.octets(ACCESS_TOKEN, token, 0, token.length);
          }
          w.integrity(new StunIntegrity(Algorithm.SHA1, macKey(mac)));
        });
  }

  private static byte[] macKey(int first) {
    byte[] key = new byte[20];
    key[0] = (byte) first;
    return key;
  }

  private Verdict check(StunMessage request) {
    return server.check(request, PATH, null, 0);
  }

  private Credential granted(StunMessage request, Credential bound) {
    return assertInstanceOf(Granted.class, server.check(request, PATH, bound, 0)).credential();
  }
}
