package dev.parley.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.protocol.stun.StunAccessToken.Algorithm;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class StunAccessTokenProperties {
  /// The keys that `turnutils_uclient -J` of coturn is built with, by their kid; of each the first
  /// octets that its algorithm needs are used: north and oldempire A256GCM, union A128GCM.
  private static final String NORTH = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEK";

  private static final String UNION = "MTIzNDU2Nzg5MDEyMzQ1Ngo=";

  @Property
  void whatWasSealedIsOpened(
      @ForAll Algorithm algorithm,
      @ForAll @Size(min = 1, max = 64) byte[] mac,
      @ForAll long timestamp,
      @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long lifetime,
      @ForAll @Size(min = 12, max = 12) byte[] nonce) {
    byte[] key = key(algorithm);
    byte[] sealed = new StunAccessToken(mac, timestamp, lifetime).seal(algorithm, key, "s", nonce);
    StunAccessToken opened = open(algorithm, key, "s", sealed);
    assertArrayEquals(mac, opened.macKey());
    assertEquals(timestamp, opened.timestamp());
    assertEquals(lifetime, opened.lifetime());
    assertEquals(timestamp >>> 16, opened.made());
  }

  @Property
  void whatWasAlteredCutOrMeantForOthersIsRefused(
      @ForAll Algorithm algorithm, @ForAll @IntRange(max = 399) int bit) {
    byte[] key = key(algorithm);
    byte[] sealed =
        new StunAccessToken(new byte[20], 1L << 16, 60).seal(algorithm, key, "s", new byte[12]);
    byte[] altered = sealed.clone();
    altered[bit / 8 % sealed.length] ^= (byte) (1 << bit % 8);
    refused(algorithm, key, "s", altered);
    refused(algorithm, key, "s", Arrays.copyOf(sealed, bit % sealed.length));
    refused(algorithm, key, "t", sealed);
    key[0]++;
    refused(algorithm, key, "s", sealed);
  }

  /// Sealed with OpenSSL's AES-GCM.
  @Example
  void aTokenOfAnotherImplementationIsOpened() {
    byte[] token =
        HexFormat.of()
            .parseHex(
                "000c000102030405060708090a0b9e8b2ef47488b0322c330515115cabcc35072818c1842b6a4c1e"
                    + "af5234d036f8bde997bc73500cab97d66a17cf81f241f9b9");
    StunAccessToken opened = open(Algorithm.A128GCM, key(Algorithm.A128GCM), "north.gov", token);
    assertEquals(0x5459_0000, opened.made());
    assertEquals(3600, opened.lifetime());
    assertEquals(
        "000102030405060708090a0b0c0d0e0f10111213", HexFormat.of().formatHex(opened.macKey()));
  }

  @Property
  void anyOctetsAreRefused(@ForAll @Size(max = 200) byte[] octets) {
    refused(Algorithm.A128GCM, key(Algorithm.A128GCM), "s", octets);
  }

  @Example
  void aKeyThatIsTooShortOpensNothing() {
    refused(Algorithm.A256GCM, new byte[31], "s", new byte[80]);
    assertSame(null, Algorithm.of("A192GCM"));
    assertEquals(
        "31323334353637383930313233343536",
        HexFormat.of().formatHex(key(Algorithm.A128GCM), 0, 16));
  }

  private static StunAccessToken open(
      Algorithm algorithm, byte[] key, String server, byte[] token) {
    try {
      return StunAccessToken.open(algorithm, key, server, token, 0, token.length);
    } catch (StunRefused e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(Algorithm algorithm, byte[] key, String server, byte[] token) {
    StunRefused why =
        assertThrows(
            StunRefused.class,
            () -> StunAccessToken.open(algorithm, key, server, token, 0, token.length));
    assertSame(StunRefused.Reason.TOKEN, why.reason());
  }

  private static byte[] key(Algorithm algorithm) {
    return Base64.getDecoder().decode(algorithm == Algorithm.A256GCM ? NORTH : UNION);
  }
}
