package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.Viewer.Arrival;
import dev.parley.media.PeerState;
import dev.parley.protocol.rtcp.TransportFeedbackWriter;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeerDeparturesTest {
  private final PeerScenario scenario = new PeerScenario();

  @Test
  void numbersRunOnOverAllStreams() {
    Viewer viewer = new Viewer(scenario);
    viewer.frame(3000);
    viewer.voice();
    viewer.repair(1);
    viewer.frame(1000);
    scenario.pass(100);
    List<Integer> numbers = viewer.arrivals.stream().map(Arrival::number).toList();
    assertEquals(List.of(0, 1, 2, 3, 4, 5), numbers);
    List<Integer> sources = viewer.arrivals.stream().map(Arrival::ssrc).toList();
    assertEquals(
        List.of(
            Viewer.VIDEO, Viewer.VIDEO, Viewer.VIDEO, Viewer.AUDIO, Viewer.VIDEO + 1, Viewer.VIDEO),
        sources);
  }

  @Test
  void partsOfAFrameStayOfOneLength() {
    Viewer viewer = new Viewer(scenario);
    viewer.frame(5500);
    scenario.pass(100);
    assertEquals(5, viewer.arrivals.size());
    assertEquals(1, new HashSet<>(viewer.arrivals.stream().map(Arrival::length).toList()).size());
  }

  @Test
  void aClientThatTakesNoNumbersIsToldTheTimeOfSending() {
    Viewer viewer = new Viewer(scenario, RtpExtension.TRANSPORT_WIDE_CC);
    List<byte[]> packets = new ArrayList<>();
    scenario.client.listener(packets::add);
    int id = id(RtpExtension.ABS_SEND_TIME);
    viewer.frame(1000);
    scenario.pass(250);
    viewer.frame(1000);
    scenario.pass(100);
    int first = time(packets.getFirst(), id);
    int second = time(packets.getLast(), id);
    // A quarter of a second in units of 2^-18.
    assertEquals(1 << 16, second - first & 0xffffff);
  }

  private int id(RtpExtension extension) {
    String line = " " + extension.uri();
    String offer = scenario.offers.getLast();
    int end = offer.indexOf(line);
    return Integer.parseInt(offer.substring(offer.lastIndexOf(':', end) + 1, end));
  }

  private static int time(byte[] packet, int id) {
    int header = RtpPacket.headerLength(packet, 0, packet.length);
    int value = HeaderExtensions.find(packet, 0, header, id);
    return (packet[value] & 0xff) << 16
        | (packet[value + 1] & 0xff) << 8
        | packet[value + 2] & 0xff;
  }

  @Test
  void aClientThatTakesBothIsToldTheNumbersAlone() {
    Viewer viewer = new Viewer(scenario);
    List<byte[]> packets = new ArrayList<>();
    scenario.client.listener(packets::add);
    int id = id(RtpExtension.ABS_SEND_TIME);
    viewer.frame(1000);
    scenario.pass(100);
    byte[] packet = packets.getFirst();
    int header = RtpPacket.headerLength(packet, 0, packet.length);
    assertEquals(HeaderExtensions.NONE, HeaderExtensions.find(packet, 0, header, id));
  }

  @Test
  void feedbackOnNumbersNeverSentChangesNothing() {
    Viewer viewer = new Viewer(scenario);
    viewer.run(1000, 300_000);
    long before = viewer.estimate();
    TransportFeedbackWriter invented = new TransportFeedbackWriter(1024);
    for (int number = 20_000; number < 20_100; number++) {
      invented.arrivals().arrived(number, number * 20_000_000L);
    }
    while (invented.arrivals().pending()) {
      scenario.client.control(writer -> invented.write(writer, 1, 0));
    }
    scenario.pass(15);
    assertEquals(before, viewer.estimate());
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
  }

  @Test
  void noControlPacketIsABug() {
    Viewer viewer = new Viewer(scenario);
    viewer.run(200, 300_000);
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      byte[] feedback = new byte[12 + 4 * random.nextInt(1, 60)];
      random.nextBytes(feedback);
      feedback[0] = (byte) 0x8f;
      feedback[1] = (byte) 205;
      feedback[2] = 0;
      feedback[3] = (byte) (feedback.length / 4 - 1);
      scenario.client.controlOctets(feedback);
    }
    viewer.run(200, 300_000);
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
  }

  @Test
  void aReceiversOwnEstimateIsHeardWhereNoFeedbackComes() {
    Viewer viewer = new Viewer(scenario, RtpExtension.TRANSPORT_WIDE_CC);
    viewer.run(500, 300_000);
    for (int i = 0; i < 10; i++) {
      scenario.client.control(writer -> writer.remb(1, 400_000, new int[] {Viewer.VIDEO}, 1));
      viewer.run(200, 300_000);
    }
    assertTrue(viewer.estimate() <= 420_000, viewer.estimate() + " bit/s");
    assertEquals(viewer.estimate(), scenario.estimates.getLast(), 0.03 * 400_000);
  }

  @Test
  void theEstimateIsToldOnlyWhereItChanges() {
    Viewer viewer = new Viewer(scenario);
    viewer.run(3000, 300_000);
    List<Long> told = scenario.estimates;
    assertTrue(told.size() <= 60, told.size() + " times");
    for (int i = 1; i < told.size(); i++) {
      assertTrue(!told.get(i).equals(told.get(i - 1)), told.toString());
    }
  }
}
