package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class AccessTokenProperties {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  /// Every issuer has the secret, so that what is read behind the signature is reached, too.
  private static final KeyRing RING =
      new KeyRing() {
        @Override
        public byte[] secret(String id) {
          return SECRET;
        }

        @Override
        public boolean holds(String id) {
          return true;
        }
      };

  private static void onlyRefused(String token) {
    TokenRefused refused =
        assertThrows(TokenRefused.class, () -> AccessToken.verifyJoin(token, "x", RING, NOW));
    if (token.length() > 40) {
      assertFalse(refused.getMessage().contains(token));
    }
  }

  @Property(tries = 2000)
  void refusesAnyText(@ForAll @StringLength(max = 300) String text) {
    onlyRefused(text);
  }

  @Property(tries = 2000)
  void refusesAnyThreeParts(@ForAll("json") String header, @ForAll("json") String claims) {
    onlyRefused(Base64URL.encode(header) + "." + Base64URL.encode(claims) + "." + "AAAA");
  }

  @Provide
  Arbitrary<String> json() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"alg\"",
            "\"HS256\"",
            "\"iss\"",
            "\"exp\"",
            "\"nbf\"",
            "1e999",
            "-1",
            "9223372036854775808",
            "null",
            "true",
            "\"video\"",
            "\"\\ud800\"",
            "\"")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 500)
  void readsBackWhatItMinted(@ForAll("grants") Grant grant) throws TokenRefused {
    String token = AccessToken.mint(grant, "app", SECRET, NOW);
    assertEquals(grant, AccessToken.verify(token, RING, NOW));
  }

  @Provide
  Arbitrary<Grant> grants() {
    Arbitrary<String> words =
        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(64);
    Arbitrary<Integer> flags = Arbitraries.integers().between(0, 255);
    return net.jqwik.api.Combinators.combine(
            words, words, words.injectNull(0.3), flags, words.injectNull(0.5), details())
        .as(
            (identity, name, room, bits, metadata, details) ->
                new Grant(
                    identity,
                    name,
                    room,
                    (bits & 1) != 0,
                    (bits & 2) != 0,
                    (bits & 4) != 0,
                    (bits & 8) != 0,
                    (bits & 16) != 0,
                    (bits & 32) != 0,
                    (bits & 64) != 0,
                    (bits & 128) != 0,
                    metadata,
                    NOW.plusSeconds(60),
                    details));
  }

  private static Arbitrary<GrantDetails> details() {
    Arbitrary<String> words = Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(8);
    Arbitrary<Integer> numbers = Arbitraries.integers().between(1, 1000).injectNull(0.3);
    return net.jqwik.api.Combinators.combine(
            Arbitraries.maps(words, words).ofMaxSize(3),
            words.set().ofMaxSize(3),
            Arbitraries.integers().between(0, 127),
            words.injectNull(0.5),
            words.injectNull(0.5),
            numbers)
        .as(
            (attributes, some, bits, word, other, number) ->
                new GrantDetails(
                    attributes,
                    some,
                    (bits & 1) != 0,
                    (bits & 2) != 0,
                    (bits & 4) != 0,
                    (bits & 8) != 0,
                    (bits & 16) != 0,
                    (bits & 32) != 0,
                    (bits & 64) != 0,
                    word,
                    some,
                    other,
                    word,
                    number == null ? null : new GrantDetails.RoomWish(number, null, number, other),
                    other));
  }
}
