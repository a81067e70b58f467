package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The figures of RFC 8285 sections 4.2 and 4.3, and what section 4.2 says of IDs 0 and 15.
class HeaderExtensionsVectorsTest {
  private static final String HEADER = "90 60 0001 00000002 00000003";

  @Test
  void theOneByteFigureIsRead() {
    assertEquals(
        List.of("1=a1", "2=b1b2", "3=c1c2c3c4"),
        elements("bede 0003 10 a1 21 b1 b2 00 00 33 c1 c2 c3 c4"));
  }

  @Test
  void theTwoByteFigureIsRead() {
    assertEquals(
        List.of("1=", "2=b1", "200=c1c2c3c4"),
        elements("1000 0003 01 00 02 01 b1 00 c8 04 c1 c2 c3 c4"));
  }

  @Test
  void theAppbitsOfTheTwoByteFormAreNotLookedAt() {
    assertEquals(List.of("7=ff"), elements("100f 0001 07 01 ff 00"));
  }

  @Test
  void idFifteenEndsTheOneByteForm() {
    assertEquals(List.of("1=a1"), elements("bede 0002 10 a1 f0 00 20 b1 00 00"));
  }

  @Test
  void idZeroWithALengthEndsTheOneByteForm() {
    assertEquals(List.of("1=a1"), elements("bede 0002 10 a1 01 00 00 20 b1 00"));
  }

  @Test
  void idsFifteenAndMoreAreElementsOfTheTwoByteForm() {
    assertEquals(List.of("15=a1", "255=b1"), elements("1000 0002 0f 01 a1 ff 01 b1 00 00"));
  }

  @Test
  void anElementThatDoesNotFitIsNotThere() {
    assertEquals(List.of("1=a1"), elements("bede 0001 10 a1 22 b1"));
    assertEquals(List.of("1=a1"), elements("1000 0002 01 01 a1 02 04 b1 b2 b3"));
    assertEquals(List.of(), elements("1000 0001 00 00 00 05"));
  }

  @Test
  void anotherProfileHasNoElements() {
    assertEquals(List.of(), elements("bedf 0001 10 a1 00 00"));
    assertEquals(List.of(), elements("1010 0001 01 01 a1 00"));
  }

  @Test
  void anEmptyBlockHasNoElements() {
    assertEquals(List.of(), elements("bede 0000"));
    assertEquals(List.of(), elements("bede 0002 0000000000000000"));
  }

  @Test
  void aPacketWithoutABlockHasNoElements() {
    byte[] packet = Hex.octets("80 60 0001 00000002 00000003 bede 0001 10 a1 00 00");
    assertEquals(HeaderExtensions.NONE, HeaderExtensions.first(packet, 0, 12));
    assertEquals(HeaderExtensions.NONE, HeaderExtensions.find(packet, 0, 12, 1));
  }

  @Test
  void elementsAreFoundBehindContributingSources() {
    byte[] packet =
        Hex.octets("ff 92 60 0001 00000002 00000003 11111111 22222222 bede 0001 10 a1 31 c1");
    int header = RtpPacket.headerLength(packet, 1, packet.length - 1);
    assertEquals(28, header);
    assertEquals(26, HeaderExtensions.find(packet, 1, header, 1));
    assertEquals(HeaderExtensions.NONE, HeaderExtensions.find(packet, 1, header, 3));
  }

  @Test
  void theFirstOfTwoWithOneIdIsFound() {
    byte[] packet = Hex.octets(HEADER + "bede 0001 10 a1 10 a2");
    assertEquals(17, HeaderExtensions.find(packet, 0, 20, 1));
  }

  /// What Chromium puts on a simulcast packet: abs-send-time, transport-wide-cc, mid, rid.
  @Test
  void aBrowsersBlockIsRead() {
    assertEquals(
        List.of("2=5a1b2c", "3=0102", "4=31", "10=68"),
        elements("bede 0003 22 5a1b2c 31 0102 40 31 a0 68 00"));
  }

  private static List<String> elements(String block) {
    byte[] packet = Hex.octets(HEADER + block);
    int header = RtpPacket.headerLength(packet, 0, packet.length);
    List<String> elements = new ArrayList<>();
    int element = HeaderExtensions.first(packet, 0, header);
    while (element != HeaderExtensions.NONE) {
      int id = HeaderExtensions.id(packet, 0, element);
      assertEquals(element, HeaderExtensions.find(packet, 0, header, id));
      elements.add(id + "=" + Hex.of(packet, element, HeaderExtensions.length(packet, 0, element)));
      element = HeaderExtensions.next(packet, 0, header, element);
    }
    return elements;
  }
}
