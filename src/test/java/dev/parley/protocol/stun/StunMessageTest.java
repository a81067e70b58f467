package dev.parley.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.stun.StunIntegrity.Algorithm;
import dev.parley.protocol.stun.StunRefused.Reason;
import dev.parley.wire.TransportAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StunMessageTest {
  private static final String ID = "2112a442000102030405060708090a0b";
  private static final byte[] TRANSACTION = HexFormat.of().parseHex("000102030405060708090a0b");
  private static final byte[] KEY = {1, 2, 3};

  private final byte[] buffer = new byte[1024];
  private final StunWriter writer = new StunWriter();

  @Test
  void readsABareRequest() throws StunRefused {
    StunMessage message = parse("00010000" + ID);
    assertEquals(StunMethod.BINDING, message.method());
    assertEquals(StunClass.REQUEST, message.messageClass());
    assertArrayEquals(TRANSACTION, message.transactionId());
    assertEquals(StunMessage.NONE, message.first());
    assertFalse(message.fingerprinted());
  }

  @Test
  void separatesTheBitsOfMethodAndClass() throws StunRefused {
    assertEquals(0xfff, parse("3eef0000" + ID).methodCode());
    assertEquals(StunClass.REQUEST, parse("3eef0000" + ID).messageClass());
    assertEquals(StunClass.INDICATION, parse("00160000" + ID).messageClass());
    assertEquals(StunMethod.SEND, parse("00160000" + ID).method());
    assertEquals(StunClass.SUCCESS_RESPONSE, parse("01090000" + ID).messageClass());
    assertEquals(StunClass.ERROR_RESPONSE, parse("01190000" + ID).messageClass());
    assertEquals(StunMethod.CHANNEL_BIND, parse("01190000" + ID).method());
  }

  @Test
  void refusesWhatIsNotAMessageAndSaysWhy() {
    refuses(Reason.TOO_SHORT, "");
    refuses(Reason.TOO_SHORT, "00010000" + ID.substring(2));
    refuses(Reason.NOT_STUN, "40010000" + ID);
    refuses(Reason.NOT_STUN, "80010000" + ID);
    refuses(Reason.NO_MAGIC_COOKIE, "00010000" + "2112a443" + ID.substring(8));
    refuses(Reason.LENGTH, "00010004" + ID);
    refuses(Reason.LENGTH, "00010000" + ID + "00000000");
    refuses(Reason.LENGTH, "00010002" + ID + "0000");
    refuses(Reason.ATTRIBUTE_OVERRUN, "00010004" + ID + "80220001");
    refuses(Reason.ATTRIBUTE_OVERRUN, "00010008" + ID + "8022ffff00000000");
    refuses(Reason.ATTRIBUTE_LENGTH, "00010008" + ID + "0008000400000000");
    refuses(Reason.ATTRIBUTE_LENGTH, "00010008" + ID + "001c000400000000");
    refuses(Reason.ATTRIBUTE_LENGTH, "00010004" + ID + "80280000");
    refuses(Reason.TOO_MANY_ATTRIBUTES, "00010204" + ID + "80220000".repeat(129));
  }

  @Test
  void takesAsManyAttributesAsItSays() throws StunRefused {
    StunMessage message = parse("00010200" + ID + "80220000".repeat(StunMessage.MAX_ATTRIBUTES));
    int count = 0;
    for (int value = message.first(); value != StunMessage.NONE; value = message.next(value)) {
      count++;
    }
    assertEquals(StunMessage.MAX_ATTRIBUTES, count);
  }

  @Test
  void readsTheFirstOfRepeatedAttributes() throws StunRefused {
    StunMessage message =
        parse("00010010" + ID + "000d0004" + "00000001" + "000d0004" + "00000002");
    assertEquals(1, StunValues.u32(message, message.find(StunAttribute.LIFETIME)));
  }

  @Test
  void ignoresWhatFollowsMessageIntegrity() throws StunRefused {
    StunIntegrity sha1 = new StunIntegrity(Algorithm.SHA1, KEY);
    request().integrity(sha1).u32(StunAttribute.LIFETIME, 600).fingerprint();
    StunMessage message = written();
    assertFalse(message.has(StunAttribute.LIFETIME));
    assertEquals(StunMessage.NONE, message.first());
    assertTrue(sha1.verifies(message));
    assertTrue(message.fingerprinted());
  }

  @Test
  void letsTheStrongerIntegrityFollowTheWeaker() throws StunRefused {
    StunIntegrity sha1 = new StunIntegrity(Algorithm.SHA1, KEY);
    StunIntegrity sha256 = new StunIntegrity(Algorithm.SHA256, KEY);
    request().text(StunAttribute.REALM, "r").integrity(sha1).integrity(sha256).fingerprint();
    StunMessage message = written();
    assertTrue(sha1.verifies(message));
    assertTrue(sha256.verifies(message));
    assertTrue(message.fingerprinted());
    assertFalse(new StunIntegrity(Algorithm.SHA256, new byte[] {1}).verifies(message));
  }

  @Test
  void ignoresTheWeakerIntegrityWhereItFollowsTheStronger() throws StunRefused {
    StunIntegrity sha1 = new StunIntegrity(Algorithm.SHA1, KEY);
    StunIntegrity sha256 = new StunIntegrity(Algorithm.SHA256, KEY);
    request().integrity(sha256).integrity(sha1);
    assertFalse(written().has(StunAttribute.MESSAGE_INTEGRITY));
    assertTrue(sha256.verifies(written()));
  }

  @Test
  void ignoresWhatFollowsFingerprint() throws StunRefused {
    request()
        .fingerprint()
        .text(StunAttribute.REALM, "r")
        .integrity(new StunIntegrity(Algorithm.SHA1, KEY));
    StunMessage message = written();
    assertTrue(message.fingerprinted());
    assertFalse(message.has(StunAttribute.REALM));
    assertFalse(message.has(StunAttribute.MESSAGE_INTEGRITY));
  }

  @Test
  void doesNotAcceptATruncatedIntegrity() throws StunRefused {
    StunIntegrity sha256 = new StunIntegrity(Algorithm.SHA256, KEY);
    StunMessage message = parse("00010014" + ID + "001c0010" + "00".repeat(16));
    assertTrue(message.has(StunAttribute.MESSAGE_INTEGRITY_SHA256));
    assertFalse(sha256.verifies(message));
  }

  @Test
  void noticesAChangedOctetByTheFingerprint() throws StunRefused {
    request().text(StunAttribute.REALM, "r").fingerprint();
    assertTrue(written().fingerprinted());
    buffer[24] ^= 1;
    assertFalse(written().fingerprinted());
  }

  @Test
  void readsErrorsAndTheirPhrases() throws StunRefused {
    request().error(StunError.STALE_NONCE).unknownAttributes(new int[] {0x7f00, 3, 9}, 2);
    StunMessage message = written();
    int error = message.find(StunAttribute.ERROR_CODE);
    assertEquals(438, StunValues.errorCode(message, error));
    assertEquals("Stale Nonce", StunValues.errorPhrase(message, error));
    int unknown = message.find(StunAttribute.UNKNOWN_ATTRIBUTES);
    assertArrayEquals(new int[] {0x7f00, 3}, StunValues.unknownAttributes(message, unknown));
  }

  @Test
  void refusesValuesThatBreakTheirFormat() throws StunRefused {
    refusesValue(Reason.ATTRIBUTE_LENGTH, "0020000400010000", StunValues::xorAddress);
    refusesValue(
        Reason.ATTRIBUTE_LENGTH, "0001000c0001000000000000" + "00000000", StunValues::address);
    refusesValue(Reason.ATTRIBUTE_LENGTH, "000100080002000000000000", StunValues::address);
    refusesValue(Reason.ADDRESS_FAMILY, "000100080003000000000000", StunValues::address);
    refusesValue(Reason.ATTRIBUTE_LENGTH, "000d000100000000", StunValues::u32);
    refusesValue(Reason.ATTRIBUTE_LENGTH, "8029000400000000", StunValues::u64);
    refusesValue(Reason.ATTRIBUTE_LENGTH, "0009000300000000", StunValues::errorCode);
    refusesValue(Reason.ATTRIBUTE_LENGTH, "0009000300000000", StunValues::errorPhrase);
    refusesValue(Reason.ERROR_CODE, "0009000400000200", StunValues::errorCode);
    refusesValue(Reason.ERROR_CODE, "0009000400000464", StunValues::errorCode);
    refusesValue(Reason.NOT_UTF_8, "00140001ff000000", StunValues::text);
    refusesValue(Reason.ATTRIBUTE_LENGTH, "000601fd" + "61".repeat(512), StunValues::text);
    refusesValue(Reason.ATTRIBUTE_LENGTH, "001402fc" + "61".repeat(764), StunValues::text);
    refusesValue(Reason.ATTRIBUTE_LENGTH, "000a000100000000", StunValues::unknownAttributes);
  }

  @Test
  void holdsAMappedAddressInItsOneForm() throws StunRefused {
    StunMessage message =
        parse("00010018" + ID + "00010014" + "00020050" + "00".repeat(10) + "ffffc0000201");
    assertEquals(
        TransportAddress.ipv4(0xc0000201, 80),
        StunValues.address(message, message.find(StunAttribute.MAPPED_ADDRESS)));
  }

  @Test
  void tellsItselfFromTheOtherProtocolsOfAPort() {
    byte[] stun = HexFormat.of().parseHex("00010000" + ID);
    assertTrue(StunMessage.looksLike(stun, 0, 20));
    assertFalse(StunMessage.looksLike(stun, 0, 19));
    stun[0] = 20; // DTLS
    assertFalse(StunMessage.looksLike(stun, 0, 20));
    stun[0] = (byte) 0x80; // RTP
    assertFalse(StunMessage.looksLike(stun, 0, 20));
    stun[0] = 0;
    stun[4] = 0;
    assertFalse(StunMessage.looksLike(stun, 0, 20));
  }

  @Test
  void refusesWithoutAStackAndWithoutGarbage() {
    StunRefused one = assertThrows(StunRefused.class, () -> parse(""));
    StunRefused two = assertThrows(StunRefused.class, () -> parse("00"));
    assertSame(one, two);
    assertEquals(0, one.getStackTrace().length);
  }

  @Test
  void doesNotWriteBeyondWhatTheLengthFieldCanSay() {
    byte[] large = new byte[70_000];
    writer.request(large, 0, StunMethod.BINDING, TRANSACTION);
    writer.octets(StunAttribute.DATA, large, 0, 65_000);
    assertThrows(
        IndexOutOfBoundsException.class, () -> writer.octets(StunAttribute.DATA, large, 0, 600));
  }

  private interface Reader {
    Object read(StunMessage message, int value) throws StunRefused;
  }

  private static void refusesValue(Reason reason, String attribute, Reader reader)
      throws StunRefused {
    String length = HexFormat.of().toHexDigits((short) (attribute.length() / 2));
    StunMessage message = parse("0001" + length + ID + attribute);
    refuses(reason, () -> reader.read(message, message.first()));
  }

  private static void refuses(Reason reason, String hex) {
    refuses(reason, () -> parse(hex));
  }

  private static void refuses(Reason reason, Executable reading) {
    assertEquals(reason, assertThrows(StunRefused.class, reading).reason());
  }

  private StunWriter request() {
    return writer.request(buffer, 3, StunMethod.BINDING, TRANSACTION);
  }

  private StunMessage written() throws StunRefused {
    return StunMessage.parse(buffer, 3, writer.length());
  }

  private static StunMessage parse(String hex) throws StunRefused {
    byte[] octets = HexFormat.of().parseHex(hex);
    return StunMessage.parse(octets, 0, octets.length);
  }
}
