package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.rtp.HeaderExtensionWriter.Form;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeaderExtensionWriterTest {
  private final byte[] buffer = new byte[600];
  private final HeaderExtensionWriter writer = new HeaderExtensionWriter();

  HeaderExtensionWriterTest() {
    Arrays.fill(buffer, (byte) 0xee);
  }

  @Test
  void shortElementsMakeAOneByteBlock() {
    writer.begin(buffer, 3, Form.MIXED);
    put(1, "a1");
    put(2, "b1b2");
    assertBlock("bede0002 10a1 21b1b2 000000", finish());
  }

  @Test
  void anIdAboveFourteenMakesATwoByteBlockOfWhatIsThere() {
    writer.begin(buffer, 3, Form.MIXED);
    put(1, "a1");
    put(2, "b1b2b3b4");
    put(3, "c1");
    put(15, "d1");
    assertBlock("10000004 0101a1 0204b1b2b3b4 0301c1 0f01d1 00", finish());
  }

  @Test
  void anEmptyValueNeedsTheTwoByteForm() {
    writer.begin(buffer, 3, Form.MIXED);
    put(5, "");
    assertBlock("10000001 0500 0000", finish());
  }

  @Test
  void sixteenOctetsAreTheMostOfTheOneByteForm() {
    writer.begin(buffer, 0, Form.MIXED);
    writer.put(14, new byte[16], 0, 16);
    assertEquals(24, writer.finish());
    assertEquals("bede0005ef", Hex.of(buffer, 0, 5));
    writer.begin(buffer, 0, Form.MIXED);
    writer.put(14, new byte[17], 0, 17);
    assertEquals(24, writer.finish());
    assertEquals("100000050e11", Hex.of(buffer, 0, 6));
  }

  @Test
  void theOneByteFormAloneRefusesAndKeepsWhatItHas() {
    writer.begin(buffer, 3, Form.ONE_BYTE);
    put(1, "a1");
    assertFalse(writer.put(15, new byte[1], 0, 1));
    assertFalse(writer.put(2, new byte[0], 0, 0));
    assertFalse(writer.put(2, new byte[17], 0, 17));
    assertBlock("bede0001 10a1 0000", finish());
  }

  @Test
  void noFormTakesIdZeroOrMoreThan255() {
    writer.begin(buffer, 0, Form.TWO_BYTE);
    assertEquals(HeaderExtensionWriter.REFUSED, writer.put(0, 1));
    assertEquals(HeaderExtensionWriter.REFUSED, writer.put(256, 1));
    assertEquals(HeaderExtensionWriter.REFUSED, writer.put(1, 256));
    assertEquals(HeaderExtensionWriter.REFUSED, writer.put(1, -1));
    assertEquals(0, writer.finish());
  }

  @Test
  void theTwoByteFormAloneIsTwoByteForShortElementsToo() {
    writer.begin(buffer, 3, Form.TWO_BYTE);
    put(1, "a1");
    assertBlock("10000001 0101a1 00", finish());
  }

  @Test
  void noElementIsNoBlock() {
    assertEquals(0, writer.begin(buffer, 3, Form.MIXED).finish());
    assertEquals((byte) 0xee, buffer[3]);
  }

  @Test
  void aWriterMayBeginAgain() {
    writer.begin(buffer, 3, Form.MIXED);
    put(15, "a1");
    finish();
    writer.begin(buffer, 3, Form.MIXED);
    put(1, "b1");
    assertBlock("bede0001 10b1 0000", finish());
  }

  private void put(int id, String value) {
    byte[] octets = Hex.octets(value);
    assertTrue(writer.put(id, octets, 0, octets.length));
  }

  private String finish() {
    int length = writer.finish();
    assertEquals((byte) 0xee, buffer[2], "nothing in front");
    return Hex.of(buffer, 3, length);
  }

  private static void assertBlock(String expected, String block) {
    assertEquals(expected.replace(" ", ""), block);
  }
}
