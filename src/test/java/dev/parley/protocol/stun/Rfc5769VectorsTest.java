package dev.parley.protocol.stun;

import static dev.parley.protocol.stun.StunAttribute.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.stun.StunIntegrity.Algorithm;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The sample messages of RFC 5769 and of RFC 8489, appendix B.1.
class Rfc5769VectorsTest {
  private static final String REQUEST =
      """
      000100582112a442b7e7a701bc34d686fa87dfae
      802200105354554e207465737420636c69656e74
      002400046e0001ff 80290008932ff9b151263b36
      000600096576746a3a68367659202020
      000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
      80280004e57a3bcf\
      """;
  private static final String IPV4_RESPONSE =
      """
      0101003c2112a442b7e7a701bc34d686fa87dfae
      8022000b7465737420766563746f7220
      002000080001a147e112a643
      000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7
      80280004c07d4c96\
      """;
  private static final String IPV6_RESPONSE =
      """
      010100482112a442b7e7a701bc34d686fa87dfae
      8022000b7465737420766563746f7220
      002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9
      00080014a382954e4be67bf11784c97c8292c275bfe3ed41
      80280004c8fb0b4c\
      """;
  private static final String LONG_TERM_REQUEST =
      """
      000100602112a44278ad3433c6ad72c029da412e
      00060012e3839ee38388e383aae38383e382afe382b90000
      0015001c662f2f3439396b39353464364f4c33346f4c39465354767936347341
      0014000b6578616d706c652e6f726700
      00080014f67024656dd64a3e02b8e0712e85c9a28ca89666\
      """;
  // With PASSWORD-ALGORITHM, and the authenticator over it, as the verified erratum 6268 corrects.
  private static final String SHA256_REQUEST =
      """
      000100902112a44278ad3433c6ad72c029da412e
      001e00204a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704
      001500296f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39
      465354767936347341000000
      0014000b6578616d706c652e6f726700
      001d000400020000
      001c0020b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65\
      """;

  private static final String SHORT_TERM_PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
  private static final String USER = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
  private static final String LONG_TERM = USER + ":example.org:TheMatrIX";
  private static final TransportAddress IPV4 = TransportAddress.ipv4(0xc0000201, 32853);

  @Test
  void readsTheSampleRequest() throws Exception {
    StunMessage message = parse(REQUEST);
    assertEquals(StunClass.REQUEST, message.messageClass());
    assertEquals(StunMethod.BINDING, message.method());
    assertEquals("STUN test client", text(message, SOFTWARE));
    assertEquals("evtj:h6vY", text(message, USERNAME));
    assertEquals(0x6e0001ff, StunValues.u32(message, message.find(PRIORITY)));
    assertEquals(0x932ff9b151263b36L, StunValues.u64(message, message.find(ICE_CONTROLLED)));
    assertTrue(message.fingerprinted());
    assertTrue(shortTerm().verifies(message));
  }

  @Test
  void readsTheSampleIpv4Response() throws Exception {
    StunMessage message = parse(IPV4_RESPONSE);
    assertEquals(StunClass.SUCCESS_RESPONSE, message.messageClass());
    assertEquals("test vector", text(message, SOFTWARE));
    assertEquals(IPV4, StunValues.xorAddress(message, message.find(XOR_MAPPED_ADDRESS)));
    assertTrue(message.fingerprinted());
    assertTrue(shortTerm().verifies(message));
  }

  @Test
  void readsTheSampleIpv6Response() throws Exception {
    StunMessage message = parse(IPV6_RESPONSE);
    assertEquals(ipv6(), StunValues.xorAddress(message, message.find(XOR_MAPPED_ADDRESS)));
    assertTrue(message.fingerprinted());
    assertTrue(shortTerm().verifies(message));
  }

  @Test
  void readsTheSampleRequestWithLongTermAuthentication() throws Exception {
    StunMessage message = parse(LONG_TERM_REQUEST);
    assertEquals(USER, text(message, USERNAME));
    assertEquals("example.org", text(message, REALM));
    assertEquals("f//499k954d6OL34oL9FSTvy64sA", text(message, NONCE));
    assertFalse(message.fingerprinted());
    byte[] key = MessageDigest.getInstance("MD5").digest(LONG_TERM.getBytes(UTF_8));
    assertTrue(new StunIntegrity(Algorithm.SHA1, key).verifies(message));
  }

  @Test
  void readsTheSampleRequestWithSha256AndUserhash() throws Exception {
    StunMessage message = parse(SHA256_REQUEST);
    assertEquals("obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA", text(message, NONCE));
    assertEquals("example.org", text(message, REALM));
    assertEquals(0x0002_0000, StunValues.u32(message, message.find(PASSWORD_ALGORITHM)));
    int userhash = message.find(USERHASH);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] hash = sha256.digest((USER + ":example.org").getBytes(UTF_8));
    assertEquals(
        HexFormat.of().formatHex(hash),
        HexFormat.of().formatHex(message.octets(), userhash, userhash + 32));
    StunIntegrity integrity =
        new StunIntegrity(Algorithm.SHA256, sha256.digest(LONG_TERM.getBytes(UTF_8)));
    assertTrue(integrity.verifies(message));
  }

  @Test
  void writesTheSampleIpv4ResponseButForItsPadding() throws Exception {
    // The RFC pads with spaces, this writer with zeros: compare what padding does not reach.
    StunMessage request = parse(REQUEST);
    byte[] out = new byte[80];
    int length =
        new StunWriter()
            .answer(out, 0, StunClass.SUCCESS_RESPONSE, request)
            .text(SOFTWARE, "test vector ")
            .xorAddress(XOR_MAPPED_ADDRESS, IPV4)
            .length();
    byte[] sample = octets(IPV4_RESPONSE);
    sample[23] = 12;
    sample[3] = (byte) (length - 20);
    assertEquals(
        HexFormat.of().formatHex(sample, 0, length), HexFormat.of().formatHex(out, 0, length));
  }

  @Test
  void writesTheSampleSha256RequestToTheOctet() throws Exception {
    byte[] sample = octets(SHA256_REQUEST);
    byte[] key = MessageDigest.getInstance("SHA-256").digest(LONG_TERM.getBytes(UTF_8));
    byte[] out = new byte[sample.length];
    new StunWriter()
        .request(out, 0, StunMethod.BINDING, parse(SHA256_REQUEST).transactionId())
        .octets(USERHASH, sample, 24, 32)
        .text(NONCE, "obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA")
        .text(REALM, "example.org")
        .u32(PASSWORD_ALGORITHM, 0x0002_0000)
        .integrity(new StunIntegrity(Algorithm.SHA256, key));
    assertArrayEquals(sample, out);
  }

  @Test
  void noticesEverySingleBitThatIsFlippedInASignedMessage() {
    byte[] sample = octets(SHA256_REQUEST);
    byte[] key = sha256(LONG_TERM);
    StunIntegrity integrity = new StunIntegrity(Algorithm.SHA256, key);
    for (int bit = 0; bit < 8 * sample.length; bit++) {
      byte[] forged = sample.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertFalse(integrity.verifies(StunMessage.parse(forged, 0, forged.length)), "bit " + bit);
      } catch (StunRefused expected) {
        // refused before the authenticator was looked at: as good
      }
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static StunIntegrity shortTerm() {
    return new StunIntegrity(Algorithm.SHA1, SHORT_TERM_PASSWORD.getBytes(UTF_8));
  }

  private static TransportAddress ipv6() throws Exception {
    return TransportAddress.of(
        InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677"), 32853);
  }

  private static String text(StunMessage message, StunAttribute attribute) throws StunRefused {
    return StunValues.text(message, message.find(attribute));
  }

  private static StunMessage parse(String hex) throws StunRefused {
    // Away from index 0, so that no index is taken for an offset.
    byte[] octets = octets(hex);
    byte[] buffer = new byte[octets.length + 11];
    System.arraycopy(octets, 0, buffer, 7, octets.length);
    return StunMessage.parse(buffer, 7, octets.length);
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
