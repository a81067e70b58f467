package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.Viewer.Arrival;
import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.protocol.rtcp.TransportFeedbackWriter;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.rtp.RtpPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerDeparturesTest {
  private static final String NO_NUMBERS =
      "a=extmap:[0-9]+ " + RtpExtension.TRANSPORT_WIDE_CC.uri() + "\r\n";

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
    Viewer viewer = new Viewer(scenario, NO_NUMBERS);
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
  void whatFeedbackSaysIsLostIsNamedAsANackWouldNameIt() {
    Viewer viewer = new Viewer(scenario);
    viewer.losing = number -> number == 1 || number == 3 || number == 4;
    viewer.frame(3000); // transport-wide numbers 0 to 2
    viewer.voice(); // 3
    viewer.repair(0); // 4
    viewer.screen(1000);
    scenario.pass(50);
    viewer.tell();
    scenario.pass(50);
    // The voice is not: nothing could be sent again in time.
    assertEquals(List.of(1, 0), viewer.asked.missing);
    assertEquals(List.of(), viewer.askedOfScreen.missing);
  }

  @Test
  void whatIsLostIsNamedOnce() {
    Viewer viewer = new Viewer(scenario);
    viewer.losing = number -> number == 0;
    for (int i = 0; i < 4; i++) {
      viewer.frame(2000);
      scenario.pass(50);
      viewer.tell();
    }
    scenario.pass(50);
    assertEquals(List.of(), viewer.asked.nacks);
    assertTrue(viewer.asked.missing.size() <= 1, () -> "named " + viewer.asked.missing);
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
    Viewer viewer = new Viewer(scenario, NO_NUMBERS);
    viewer.run(500, 300_000);
    for (int i = 0; i < 10; i++) {
      scenario.client.control(writer -> writer.remb(1, 400_000, new int[] {Viewer.VIDEO}, 1));
      viewer.run(200, 300_000);
    }
    assertTrue(viewer.estimate() <= 420_000, viewer.estimate() + " bit/s");
    assertEquals(viewer.estimate(), scenario.estimates.getLast(), 0.03 * 400_000);
  }

  @Test
  void whatThePaceDoesNotLetPassLeavesLaterInOrderAndAudioBeforeIt() {
    Viewer viewer = new Viewer(scenario);
    viewer.frame(80_000);
    viewer.voice();
    viewer.repair(1);
    scenario.pass(15);
    int atOnce = viewer.of(Viewer.VIDEO).size();
    assertTrue(atOnce >= 2 && atOnce < 20, atOnce + " at once");
    assertEquals(1, viewer.of(Viewer.AUDIO).size());
    assertTrue(counted(Counter.SFU_PACED) > 50);
    scenario.pass(600);
    assertEquals(73 + 2, viewer.arrivals.size());
    inOrder(viewer);
    assertEquals(0, counted(Counter.SFU_PACED_OUT));
    int repaired = viewer.arrivals.indexOf(viewer.of(Viewer.VIDEO + 1).getFirst());
    assertTrue(repaired < 30, "retransmission before new video, but " + repaired);
    assertEquals(0, scenario.kit.scratch().holding.out());
  }

  private long counted(Counter counter) {
    return scenario.tally.counts().getOrDefault(counter, 0L);
  }

  private static void inOrder(Viewer viewer) {
    int next = viewer.arrivals.getFirst().number();
    for (Arrival arrival : viewer.arrivals) {
      assertEquals(next++ & 0xffff, arrival.number());
    }
  }

  @Test
  void aPeerWakesItsHostForWhatWaits() {
    Viewer viewer = new Viewer(scenario);
    int before = scenario.stirred;
    viewer.frame(80_000);
    assertTrue(scenario.stirred > before);
    assertTrue(scenario.stirred - before < 5);
    assertTrue(scenario.peer.deadline() - viewer.now() < 50_000_000);
  }

  @Test
  void whatHadToWaitTooLongIsDroppedAndLeavesNoGapInTheNumbers() {
    Viewer viewer = new Viewer(scenario);
    viewer.frame(400_000);
    scenario.pass(2000);
    long dropped = counted(Counter.SFU_PACED_OUT);
    assertTrue(dropped > 50, dropped + " dropped");
    assertEquals(364, viewer.arrivals.size() + dropped);
    inOrder(viewer);
    assertEquals(0, scenario.kit.scratch().holding.out());
  }

  @Test
  void whatWaitsIsBounded() {
    Viewer viewer = new Viewer(scenario);
    viewer.frame(1_000_000);
    assertTrue(scenario.kit.scratch().holding.out() < 500);
    assertTrue(counted(Counter.SFU_PACED_OUT) > 300);
    scenario.peer.close("left", viewer.now());
    assertEquals(0, scenario.kit.scratch().holding.out());
  }

  @Test
  void aFrameWellBelowTheEstimateIsNotHeldBack() {
    Viewer viewer = new Viewer(scenario);
    viewer.run(3000, 700_000);
    assertEquals(0, counted(Counter.SFU_PACED));
  }

  @Test
  void paddingGoesInTheStreamOfRetransmissionsWhereMoreWouldBeOfUse() {
    Viewer viewer = new Viewer(scenario).useful(4_000_000);
    viewer.run(1000, 500_000);
    List<Arrival> padding = viewer.of(Viewer.VIDEO + 1);
    assertFalse(padding.isEmpty());
    // Header, number of the transport and name of the section, 255 octets of padding.
    assertEquals(Set.of(12 + 4 + 8 + 255), lengths(padding));
    inOrder(viewer);
  }

  private static Set<Integer> lengths(List<Arrival> arrivals) {
    Set<Integer> lengths = new HashSet<>();
    arrivals.forEach(one -> lengths.add(one.length()));
    return lengths;
  }

  @Test
  void nothingIsPaddedWhereNoRetransmissionsAreAgreed() {
    Viewer viewer = new Viewer(scenario, "a=(rtpmap|fmtp):[0-9]+ (rtx/90000|apt=[0-9]+)\r\n");
    viewer.useful(4_000_000).run(1000, 500_000);
    assertEquals(List.of(), viewer.of(Viewer.VIDEO + 1));
    assertTrue(viewer.of(Viewer.VIDEO).size() > 25);
  }

  @Test
  void theEstimateRisesOnAGoodPath() {
    Viewer viewer = new Viewer(scenario).useful(4_000_000);
    viewer.follow(10_000, 4_000_000);
    assertTrue(viewer.estimate() > 3_000_000, viewer.estimate() + " bit/s");
    assertTrue(scenario.estimates.getLast() > 3_000_000);
  }

  @Test
  void theEstimateFallsBehindANarrowPlaceAndRisesAfterIt() {
    Viewer viewer = new Viewer(scenario).useful(2_000_000);
    viewer.follow(5_000, 2_000_000);
    scenario.network.bottleneck(400_000, Duration.ofMillis(500));
    viewer.follow(6_000, 2_000_000);
    long narrow = viewer.estimate();
    assertTrue(narrow < 460_000 && narrow > 250_000, narrow + " bit/s");
    viewer.slowestVoice = 0;
    viewer.follow(3_000, 2_000_000);
    assertTrue(viewer.slowestVoice < 200, viewer.slowestVoice + " ms");
    scenario.network.bottleneck(0, Duration.ZERO);
    viewer.follow(10_000, 2_000_000);
    assertTrue(viewer.estimate() > 1_500_000, viewer.estimate() + " bit/s");
  }

  @Test
  void audioIsNotDelayedByVideoThatWaits() {
    Viewer viewer = new Viewer(scenario);
    for (int i = 0; i < 50; i++) {
      viewer.frame(40_000);
      viewer.run(100, 800_000);
    }
    assertTrue(counted(Counter.SFU_PACED) > 500);
    assertEquals(10, viewer.slowestVoice);
  }

  @Test
  void aClientThatNeverSendsFeedbackStillGetsItsMedia() {
    Viewer viewer = new Viewer(scenario);
    viewer.tells = false;
    viewer.run(20_000, 600_000);
    int voices = viewer.of(Viewer.AUDIO).size();
    long since = viewer.now() - 2_000_000_000L;
    assertEquals(1000, voices, 10);
    long octets = viewer.of(Viewer.VIDEO, since).stream().mapToLong(Arrival::length).sum();
    assertTrue(octets * 4 > 540_000, octets * 4 + " bit/s");
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

  @Test
  void whereMuchIsLostARetransmissionGoesTwiceAndElsewhereOnce() {
    Viewer viewer = new Viewer(scenario);
    viewer.run(1000, 300_000);
    viewer.repair(1);
    scenario.pass(15);
    assertEquals(1, viewer.of(Viewer.VIDEO + 1).size());
    viewer.loses = 10;
    viewer.run(3000, 300_000);
    int before = viewer.of(Viewer.VIDEO + 1).size();
    viewer.repair(1);
    scenario.pass(15);
    assertEquals(2, viewer.of(Viewer.VIDEO + 1).size() - before);
  }

  @Test
  void retransmissionsTakeNoMoreThanTheirShare() {
    Viewer viewer = new Viewer(scenario);
    viewer.run(1000, 300_000);
    long share = viewer.estimate() / 8 / 2;
    for (int i = 0; i < 1000; i++) {
      viewer.repair(i);
    }
    for (int i = 0; i < 20; i++) {
      scenario.pass(15);
    }
    long octets = viewer.of(Viewer.VIDEO + 1).stream().mapToLong(Viewer.Arrival::length).sum();
    assertTrue(octets > share / 4 && octets < share, octets + " octets");
  }
}
