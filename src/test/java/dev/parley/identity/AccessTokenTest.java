package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.identity.TokenRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final byte[] SECRET = octets("0123456789abcdef0123456789abcdef");
  private static final KeyRing RING =
      new KeyRing() {
        @Override
        public byte[] secret(String id) {
          return id.equals("app") || id.equals("revoked") ? SECRET : null;
        }

        @Override
        public boolean holds(String id) {
          return !id.equals("revoked");
        }
      };

  private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64url(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /// A token as another program would write it, without any of our code.
  private static String token(String algorithm, String header, String claims, byte[] secret)
      throws Exception {
    String input = base64url(octets(header)) + "." + base64url(octets(claims));
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(secret, algorithm));
    return input + "." + base64url(mac.doFinal(octets(input)));
  }

  private static String token(String claims) throws Exception {
    return token("HmacSHA256", HS256, claims, SECRET);
  }

  private static String claims(String video) {
    return "{\"iss\":\"app\",\"sub\":\"ada\",\"exp\":"
        + NOW.plusSeconds(60).getEpochSecond()
        + ",\"video\":"
        + video
        + "}";
  }

  private static Grant join(String token) throws TokenRefused {
    return AccessToken.verifyJoin(token, "daily", RING, NOW);
  }

  private static void refuses(Reason reason, Executable call) {
    TokenRefused refused = assertThrows(TokenRefused.class, call);
    assertEquals(reason, refused.reason());
    assertEquals(0, refused.getStackTrace().length);
  }

  @Test
  void readsAForeignTokenWithTheDefaultsOfLiveKit() throws Exception {
    Grant grant = join(token(claims("{\"roomJoin\":true,\"room\":\"daily\"}")));
    assertEquals(Grant.join("ada", "ada", "daily", false, NOW.plusSeconds(60)), grant);
  }

  @Test
  void readsEveryClaim() throws Exception {
    String all =
        "{\"iss\":\"app\",\"sub\":\"ada\",\"name\":\" Ada \",\"metadata\":\"m\",\"exp\":"
            + NOW.plusSeconds(60).getEpochSecond()
            + ",\"video\":{\"roomJoin\":true,\"roomCreate\":true,\"roomList\":true,"
            + "\"roomAdmin\":true,\"canPublish\":false,\"canSubscribe\":false,"
            + "\"canPublishData\":false,\"hidden\":true}}";
    Grant expected =
        new Grant(
            "ada",
            "Ada",
            null,
            true,
            true,
            true,
            true,
            false,
            false,
            false,
            true,
            "m",
            NOW.plusSeconds(60));
    assertEquals(expected, join(token(all)));
    assertEquals(expected, join(AccessToken.mint(expected, "app", SECRET, NOW)));
  }

  @Test
  void readsTheClaimsThatFewTokensHave() throws Exception {
    String all =
        "{\"iss\":\"app\",\"sub\":\"ada\",\"exp\":"
            + NOW.plusSeconds(60).getEpochSecond()
            + ",\"kind\":\"agent\",\"kindDetails\":[\"cloud\"],\"sha256\":\"abc=\","
            + "\"attributes\":{\"a\":\"1\",\"b\":\"\"},\"roomPreset\":\"large\","
            + "\"roomConfig\":{\"emptyTimeout\":60,\"departure_timeout\":5,"
            + "\"maxParticipants\":0,\"metadata\":\"m\"},\"sip\":{\"admin\":true,\"call\":true},"
            + "\"video\":{\"roomJoin\":true,\"canPublishSources\":[\"camera\",\"screen_share\"],"
            + "\"canUpdateOwnMetadata\":true,\"recorder\":true,\"agent\":true,"
            + "\"roomRecord\":true,\"ingressAdmin\":true,\"destinationRoom\":\"other\"}}";
    GrantDetails expected =
        new GrantDetails(
            Map.of("a", "1", "b", ""),
            Set.of("camera", "screen_share"),
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            "agent",
            Set.of("cloud"),
            "other",
            "large",
            new GrantDetails.RoomWish(60, 5, null, "m"),
            "abc=");
    Grant grant = join(token(all));
    assertEquals(expected, grant.details());
    assertEquals(grant, join(AccessToken.mint(grant, "app", SECRET, NOW)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"attributes\":[]",
        "\"attributes\":{\"a\":1}",
        "\"kind\":1",
        "\"kindDetails\":\"x\"",
        "\"roomConfig\":{\"emptyTimeout\":-1}",
        "\"roomConfig\":{\"emptyTimeout\":1.5}",
        "\"sip\":true",
        "\"video\":{\"canPublishSources\":[1]}",
        "\"video\":{\"recorder\":\"yes\"}"
      })
  void refusesClaimsOfTheWrongKind(String claim) {
    String all =
        "{\"iss\":\"app\",\"sub\":\"ada\",\"exp\":"
            + NOW.plusSeconds(60).getEpochSecond()
            + ","
            + claim
            + "}";
    refuses(Reason.MALFORMED, () -> AccessToken.verify(token(all), RING, NOW));
  }

  @Test
  void aTokenWithoutSubIsForWhomItsIdNames() throws Exception {
    String all =
        "{\"iss\":\"app\",\"jti\":\"ada\",\"exp\":"
            + NOW.plusSeconds(60).getEpochSecond()
            + ",\"video\":{\"roomJoin\":true}}";
    assertEquals("ada", join(token(all)).identity());
  }

  @Test
  void letsATokenWithoutSubDoEverythingButJoin() throws Exception {
    String claims =
        "{\"iss\":\"app\",\"exp\":"
            + NOW.plusSeconds(60).getEpochSecond()
            + ",\"video\":{\"roomJoin\":true,\"roomCreate\":true}}";
    Grant grant = AccessToken.verifyFully(token(claims), RING, NOW);
    assertTrue(grant.roomCreate());
    assertEquals("app", grant.identity());
    assertNull(grant.room());
    refuses(Reason.MALFORMED, () -> join(token(claims)));
  }

  @Test
  void refusesAnyAlgorithmButHs256() throws Exception {
    String good = claims("{\"roomJoin\":true}");
    byte[] secret = octets("0123456789abcdef".repeat(4));
    String none = base64url(octets("{\"alg\":\"none\"}")) + "." + base64url(octets(good)) + ".";
    refuses(Reason.MALFORMED, () -> join(none));
    for (String bits : List.of("384", "512")) {
      String other = token("HmacSHA" + bits, "{\"alg\":\"HS" + bits + "\"}", good, secret);
      refuses(Reason.MALFORMED, () -> join(other));
    }
    String rsa = token("HmacSHA256", "{\"alg\":\"RS256\"}", good, SECRET);
    refuses(Reason.MALFORMED, () -> join(rsa));
    String critical =
        token("HmacSHA256", "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":true}", good, SECRET);
    refuses(Reason.MALFORMED, () -> join(critical));
  }

  @Test
  void refusesATokenOfWhichAnyOctetWasChanged() throws Exception {
    String good = token(claims("{\"roomJoin\":true,\"room\":\"daily\"}"));
    join(good);
    for (int at = 0; at < good.length(); at++) {
      char other = good.charAt(at) == 'A' ? 'B' : 'A';
      String changed = good.substring(0, at) + other + good.substring(at + 1);
      // The last letter of a part has bits that mean nothing.
      if (base64Equal(good, changed)) {
        continue;
      }
      assertThrows(TokenRefused.class, () -> join(changed), () -> changed);
    }
  }

  private static boolean base64Equal(String one, String other) {
    String[] a = one.split("\\.");
    String[] b = other.split("\\.");
    return b.length == 3
        && a[0].equals(b[0])
        && a[1].equals(b[1])
        && new String(Base64.getUrlDecoder().decode(a[2]), StandardCharsets.ISO_8859_1)
            .equals(new String(Base64.getUrlDecoder().decode(b[2]), StandardCharsets.ISO_8859_1));
  }

  @Test
  void refusesAnotherSecretAndAnotherIssuer() throws Exception {
    String good = claims("{\"roomJoin\":true}");
    String forged = token("HmacSHA256", HS256, good, octets("x".repeat(32)));
    refuses(Reason.SIGNATURE, () -> join(forged));
    refuses(Reason.UNKNOWN_KEY, () -> join(token(good.replace("app", "nobody"))));
    refuses(Reason.UNKNOWN_KEY, () -> join(token(good.replace("\"iss\":\"app\",", ""))));
    refuses(Reason.UNKNOWN_KEY, () -> join(token(good.replace("app", "revoked"))));
  }

  @Test
  void refusesATokenBeforeAndAfterItsTime() throws Exception {
    Grant grant = Grant.join("ada", "Ada", "daily", false, NOW.plusSeconds(60));
    String token = AccessToken.mint(grant, "app", SECRET, NOW);
    AccessToken.verifyJoin(token, "daily", RING, NOW.plusSeconds(59));
    refuses(
        Reason.EXPIRED, () -> AccessToken.verifyJoin(token, "daily", RING, NOW.plusSeconds(60)));
    AccessToken.verifyJoin(token, "daily", RING, NOW.minus(Jwt.SKEW));
    Instant tooEarly = NOW.minus(Jwt.SKEW).minus(Duration.ofMillis(1));
    refuses(Reason.NOT_YET_VALID, () -> AccessToken.verifyJoin(token, "daily", RING, tooEarly));
    String endless = claims("{\"roomJoin\":true}").replaceFirst("\"exp\":\\d+,", "");
    refuses(Reason.MALFORMED, () -> join(token(endless)));
  }

  @Test
  void refusesOtherRoomsAndThoseWhoMayNotJoin() throws Exception {
    refuses(Reason.OTHER_ROOM, () -> join(token(claims("{\"roomJoin\":true,\"room\":\"other\"}"))));
    refuses(Reason.NOT_GRANTED, () -> join(token(claims("{\"room\":\"daily\"}"))));
    refuses(Reason.NOT_GRANTED, () -> join(token(claims("{}"))));
    assertFalse(join(token(claims("{\"roomJoin\":true}"))).roomAdmin());
  }

  @Test
  void refusesClaimsOfTheWrongKind() throws Exception {
    List<String> wrong =
        List.of(
            claims("[]"),
            claims("{\"roomJoin\":\"true\"}"),
            claims("{\"roomJoin\":true,\"room\":7}"),
            claims("{\"roomJoin\":true}").replace("\"ada\"", "\"a\\u0000b\""),
            claims("{\"roomJoin\":true}").replace("\"ada\"", "\"" + "x".repeat(129) + "\""),
            claims("{\"roomJoin\":true}").replace("\"ada\"", "\" \""),
            claims("{\"roomJoin\":true}").replaceFirst("\"exp\":\\d+", "\"exp\":\"soon\""));
    for (String claims : wrong) {
      refuses(Reason.MALFORMED, () -> join(token(claims)));
    }
  }

  @Test
  void refusesClaimsThatAreNoObject() throws Exception {
    for (String claims : List.of("[]", "nothing", "7", "null", "")) {
      String token = token(claims);
      assertThrows(TokenRefused.class, () -> join(token));
    }
  }

  @Test
  void refusesWhatIsMissingOrTooLong() {
    refuses(Reason.MISSING, () -> join(null));
    refuses(Reason.MISSING, () -> join(" "));
    refuses(Reason.MALFORMED, () -> join("x".repeat(Jwt.MAX_LENGTH + 1)));
    refuses(Reason.MALFORMED, () -> join("..."));
  }

  @Test
  void refusesDeepNestingWithoutOverflow() throws Exception {
    String deep = "[".repeat(2500) + "]".repeat(2500);
    refuses(Reason.MALFORMED, () -> join(token("{\"iss\":\"app\",\"x\":" + deep)));
  }
}
