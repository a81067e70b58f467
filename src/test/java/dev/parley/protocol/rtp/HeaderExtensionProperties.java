package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.rtp.HeaderExtensionWriter.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HeaderExtensionProperties {
  record Element(int id, String value) {}

  @Provide
  Arbitrary<List<Element>> shortElements() {
    return elements(14, 1, 16);
  }

  @Provide
  Arbitrary<List<Element>> longElements() {
    return elements(255, 0, 40);
  }

  @Provide
  Arbitrary<List<Element>> mixedElements() {
    return Arbitraries.oneOf(elements(16, 1, 17), elements(14, 1, 16));
  }

  @Property(tries = 300)
  void shortElementsComeBack(
      @ForAll("shortElements") List<Element> elements, @ForAll @IntRange(max = 15) int sources) {
    assertEquals(elements, readBack(elements, Form.ONE_BYTE, sources));
  }

  @Property(tries = 300)
  void longElementsComeBack(
      @ForAll("longElements") List<Element> elements, @ForAll @IntRange(max = 15) int sources) {
    assertEquals(elements, readBack(elements, Form.TWO_BYTE, sources));
  }

  @Property(tries = 500)
  void mixedElementsComeBack(@ForAll("mixedElements") List<Element> elements) {
    assertEquals(elements, readBack(elements, Form.MIXED, 0));
  }

  @Property(tries = 1000)
  void hostileOctetsAreElementsWithinTheHeaderOrNone(
      @ForAll @Size(max = 120) byte[] octets,
      @ForAll @IntRange(max = 3) int at,
      @ForAll boolean oneByte) {
    byte[] packet = new byte[at + 16 + octets.length / 4 * 4];
    System.arraycopy(octets, 0, packet, at + 16, packet.length - at - 16);
    packet[at] = (byte) 0x90;
    packet[at + 12] = (byte) (oneByte ? 0xbe : 0x10);
    packet[at + 13] = (byte) (oneByte ? 0xde : 0x00);
    packet[at + 15] = (byte) (octets.length / 4);
    int header = RtpPacket.headerLength(packet, at, packet.length - at);
    assertEquals(packet.length - at, header);

    int previousEnd = at + 16;
    int element = HeaderExtensions.first(packet, at, header);
    while (element != HeaderExtensions.NONE) {
      int length = HeaderExtensions.length(packet, at, element);
      int id = HeaderExtensions.id(packet, at, element);
      assertTrue(id >= 1 && id <= (oneByte ? 14 : 255));
      assertTrue(element > previousEnd && element + length <= at + header);
      previousEnd = element + length;
      element = HeaderExtensions.next(packet, at, header, element);
    }
  }

  @Property(tries = 1000)
  void anyOctetsAreAPacketOrRefused(@ForAll @Size(max = 80) byte[] octets) {
    int header = RtpPacket.headerLength(octets, 0, octets.length);
    int payload = RtpPacket.payloadLength(octets, 0, octets.length);
    int padding = RtpPacket.paddingLength(octets, 0, octets.length);
    assertTrue(header == RtpPacket.MALFORMED || header >= 12 && header <= octets.length);
    assertEquals(payload == RtpPacket.MALFORMED, padding == RtpPacket.MALFORMED);
    if (payload != RtpPacket.MALFORMED) {
      assertEquals(octets.length, header + payload + padding);
      HeaderExtensions.find(octets, 0, header, 3);
    }
  }

  private static Arbitrary<List<Element>> elements(int highestId, int shortest, int longest) {
    return Combinators.combine(
            Arbitraries.integers().between(1, highestId),
            Arbitraries.bytes().array(byte[].class).ofMinSize(shortest).ofMaxSize(longest))
        .as((id, value) -> new Element(id, Hex.of(value, 0, value.length)))
        .list()
        .ofMaxSize(12);
  }

  private static List<Element> readBack(List<Element> elements, Form form, int sources) {
    byte[] packet = new byte[1200];
    Arrays.fill(packet, (byte) 0xee);
    int at = 2;
    int block = at + RtpPacket.FIXED_HEADER + 4 * sources;
    RtpPacket.putHeader(packet, at, false, 96, 1, 2, 3);
    packet[at] |= (byte) sources;
    HeaderExtensionWriter writer = new HeaderExtensionWriter().begin(packet, block, form);
    for (Element element : elements) {
      byte[] value = Hex.octets(element.value());
      assertTrue(writer.put(element.id(), value, 0, value.length));
    }
    int length = writer.finish();
    RtpPacket.putExtension(packet, at, length > 0);
    int header = RtpPacket.headerLength(packet, at, 1000);
    assertEquals(block - at + length, header);
    assertEquals((byte) 0xee, packet[at + header + 20], "nothing is written far behind the end");

    List<Element> read = new ArrayList<>();
    int element = HeaderExtensions.first(packet, at, header);
    while (element != HeaderExtensions.NONE) {
      int id = HeaderExtensions.id(packet, at, element);
      read.add(
          new Element(id, Hex.of(packet, element, HeaderExtensions.length(packet, at, element))));
      element = HeaderExtensions.next(packet, at, header, element);
    }
    return read;
  }
}
