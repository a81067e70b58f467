package dev.parley.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.stun.StunIntegrity.Algorithm;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The long-term credential mechanism against RFC 5769 section 2.4, RFC 8489 section 9.2.2 and
/// appendix B.1 as corrected by erratum 6268.
class LongTermVectorsTest {
  private static final String USER = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";

  /// The password of the samples before SASLprep or OpaqueString: `The<U+00AD>M<U+00AA>trIX`; what
  /// OpaqueString keeps of it differs from SASLprep, so the prepared one is given.
  private static final String PASSWORD = "TheMatrIX";

  @Test
  void theKeyOfMd5IsTheOneOfTheRfc() {
    assertEquals(
        "8493fbc53ba582fb4c044c456bdc40eb",
        HexFormat.of().formatHex(StunPasswordAlgorithm.MD5.key("user", "realm", "pass")));
  }

  @Test
  void theLongTermRequestOfRfc5769Verifies() throws Exception {
    StunMessage message =
        parse(
            """
            000100602112a44278ad3433c6ad72c029da412e
            00060012e3839ee38388e383aae38383e382afe382b90000
            0015001c662f2f3439396b39353464364f4c33346f4c39465354767936347341
            0014000b6578616d706c652e6f726700
            00080014f67024656dd64a3e02b8e0712e85c9a28ca89666\
            """);
    byte[] key = StunPasswordAlgorithm.MD5.key(USER, "example.org", PASSWORD);
    assertTrue(new StunIntegrity(Algorithm.SHA1, key).verifies(message));
  }

  @Test
  void theRequestOfRfc8489Verifies() throws Exception {
    StunMessage message =
        parse(
            """
            000100902112a44278ad3433c6ad72c029da412e
            001e00204a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704
            001500296f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39
            465354767936347341000000
            0014000b6578616d706c652e6f726700
            001d000400020000
            001c0020b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65\
            """);
    int chosen = message.find(StunAttribute.PASSWORD_ALGORITHM);
    StunPasswordAlgorithm algorithm = StunPasswordAlgorithm.read(message, chosen);
    assertSame(StunPasswordAlgorithm.SHA_256, algorithm);
    byte[] key = algorithm.key(USER, "example.org", PASSWORD);
    assertTrue(new StunIntegrity(Algorithm.SHA256, key).verifies(message));
    int hash = message.find(StunAttribute.USERHASH);
    assertArrayEquals(
        StunUserhash.of(USER, "example.org"),
        Arrays.copyOfRange(message.octets(), hash, hash + StunUserhash.LENGTH));
    int nonce = message.find(StunAttribute.NONCE);
    assertEquals(
        StunNonceCookie.Feature.USERNAME_ANONYMITY.mask(),
        StunNonceCookie.features(message.octets(), nonce, message.length(nonce)));
  }

  @Test
  void oneInstanceServesOneKeyAfterTheOther() throws Exception {
    byte[] octets = new byte[100];
    StunWriter writer = new StunWriter().request(octets, 0, StunMethod.REFRESH, new byte[12]);
    writer.integrity(new StunIntegrity(Algorithm.SHA1, new byte[] {1}));
    StunMessage message = StunMessage.parse(octets, 0, writer.length());
    StunIntegrity integrity = new StunIntegrity(Algorithm.SHA1, new byte[] {2});
    assertFalse(integrity.verifies(message));
    assertTrue(integrity.key(new byte[] {1}).verifies(message));
    assertFalse(integrity.key(new byte[100]).verifies(message));
  }

  @Test
  void opaqueStringsAreComposedAndSpacedAndWithoutControls() throws Exception {
    assertEquals("TheMatrIX", OpaqueString.of("TheMatrIX"));
    assertEquals("\u00e9 x  Y", OpaqueString.of("e\u0301\u00a0x \u2003Y"));
    assertEquals("\u30DE:\ud83d\ude00", OpaqueString.of("\u30DE:\ud83d\ude00"));
    for (String refused :
        List.of("", "a\u0000b", "\t", "a\u007f", "\ud83d", "\ue000", "\u2028", "\ufdd0")) {
      StunRefused why = assertThrows(StunRefused.class, () -> OpaqueString.of(refused));
      assertSame(StunRefused.Reason.TEXT, why.reason());
    }
  }

  @Test
  void anAlgorithmWithParametersOrOfAnotherNumberIsNotKnown() throws Exception {
    assertEquals(null, StunPasswordAlgorithm.read(algorithm("00030000"), 24));
    assertEquals(null, StunPasswordAlgorithm.read(algorithm("0002000100000000"), 24));
    for (String wrong : List.of("0001", "00010004", "0001000000000000")) {
      StunMessage message = algorithm(wrong);
      assertThrows(StunRefused.class, () -> StunPasswordAlgorithm.read(message, 24));
    }
  }

  private static StunMessage algorithm(String hex) throws StunRefused {
    byte[] value = HexFormat.of().parseHex(hex);
    byte[] octets = new byte[64];
    StunWriter writer = new StunWriter().request(octets, 0, StunMethod.REFRESH, new byte[12]);
    writer.octets(StunAttribute.PASSWORD_ALGORITHM, value, 0, value.length);
    return StunMessage.parse(octets, 0, writer.length());
  }

  private static StunMessage parse(String hex) throws StunRefused {
    byte[] octets = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    return StunMessage.parse(octets, 0, octets.length);
  }
}
