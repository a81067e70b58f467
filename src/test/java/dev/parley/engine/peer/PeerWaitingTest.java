package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.Viewer.Arrival;
import dev.parley.media.Counter;
import dev.parley.protocol.rtp.RtpPacket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of packets that may not leave at once, by stream.
class PeerWaitingTest {
  private static final long MILLISECOND = 1_000_000;
  private static final String NO_FEEDBACK = "a=rtcp-fb:\\S+ (transport-cc|goog-remb)\r\n";

  /// What a simulcast source sends, bit/s.
  private static final long[] RUNGS = {120_000, 450_000, 1_700_000};

  private final PeerScenario scenario = new PeerScenario();

  private long counted(Counter counter) {
    return scenario.tally.counts().getOrDefault(counter, 0L);
  }

  @Test
  void oneStreamThatFloodsCostsAnotherNoPacket() {
    Viewer viewer = new Viewer(scenario);
    for (int i = 0; i < 100; i++) {
      viewer.screen(60_000);
      viewer.run(33, 500_000);
    }
    scenario.pass(600);
    assertTrue(counted(Counter.SFU_PACED_OUT) > 3_000);
    assertEquals(List.of(), viewer.asked.dropped);
    List<Arrival> camera = viewer.of(Viewer.VIDEO);
    assertEquals(100 * 2, camera.size(), 4);
  }

  @Test
  void whoseStreamLostPacketsHearsOfItOnceASecond() {
    Viewer viewer = new Viewer(scenario);
    for (int i = 0; i < 100; i++) {
      viewer.screen(60_000);
      viewer.run(33, 100_000);
    }
    List<Long> told = viewer.askedOfScreen.dropped;
    assertTrue(told.size() >= 3 && told.size() <= 4, told.size() + " times");
    for (int i = 1; i < told.size(); i++) {
      assertTrue(told.get(i) - told.get(i - 1) >= 1_000 * MILLISECOND);
    }
  }

  @Test
  void whatWaitsOfAStreamThatIsStoppedNeverLeaves() {
    Viewer viewer = new Viewer(scenario);
    viewer.screen(80_000);
    viewer.frame(20_000);
    scenario.peer.want(List.of(PeerScenario.video("v", Viewer.VIDEO)), viewer.now());
    assertTrue(scenario.kit.scratch().holding.out() < 20);
    int before = viewer.of(Viewer.SCREEN).size();
    scenario.pass(11);
    int onTheWay = viewer.of(Viewer.SCREEN).size();
    scenario.pass(600);
    assertEquals(onTheWay, viewer.of(Viewer.SCREEN).size(), before + " at first");
    assertEquals(19, viewer.of(Viewer.VIDEO).size());
    assertEquals(0, scenario.kit.scratch().holding.out());
  }

  /// Longest time that a packet of video spent in the server, in milliseconds.
  private long slowest;

  @Test
  void behindANarrowPlaceVoiceIsNotLateAndVideoDoesNotWaitLong() {
    Viewer viewer = new Viewer(scenario).useful(2 * RUNGS[2]);
    follow(viewer, 6_000);
    assertTrue(viewer.estimate() > 2_000_000, viewer.estimate() + " bit/s");
    scenario.network.bottleneck(400_000, Duration.ofMillis(500));
    follow(viewer, 3_000);
    viewer.slowestVoice = 0;
    Map<Long, Long> made = new HashMap<>();
    watch(viewer, made);
    follow(viewer, 20_000);
    assertTrue(viewer.slowestVoice < 200, viewer.slowestVoice + " ms");
    assertTrue(slowest < 250, slowest + " ms");
  }

  @Test
  void whoseSourcesDoNotYieldIsSentNothingOldAndOfEachTheSame() {
    Viewer viewer = new Viewer(scenario);
    scenario.network.bottleneck(400_000, Duration.ofMillis(500));
    Map<Long, Long> made = new HashMap<>();
    watch(viewer, made);
    viewer.run(20_000, RUNGS[2], RUNGS[2]);
    assertTrue(slowest <= 500, slowest + " ms");
    long since = viewer.now() - 10_000 * MILLISECOND;
    long video = octets(viewer.of(Viewer.VIDEO, since));
    long screen = octets(viewer.of(Viewer.SCREEN, since));
    assertTrue(video + screen > 300_000, video + screen + " octets of 500,000");
    assertEquals(video, screen, 0.2 * video);
    assertTrue(viewer.asked.dropped.size() > 10);
    assertTrue(viewer.askedOfScreen.dropped.size() > 10);
  }

  private static long octets(List<Arrival> arrivals) {
    return arrivals.stream().mapToLong(Arrival::length).sum();
  }

  private void watch(Viewer viewer, Map<Long, Long> made) {
    viewer.onPacket = (ssrc, number) -> made.put(key(ssrc, number), viewer.now());
    scenario.onDeparture =
        (octets, at) -> {
          Long since = made.get(key(RtpPacket.ssrc(octets, at), RtpPacket.sequence(octets, at)));
          if (since != null) {
            slowest = Math.max(slowest, (viewer.now() - since) / MILLISECOND);
          }
        };
  }

  private static long key(int ssrc, int number) {
    return (long) ssrc << 16 | number;
  }

  /// Sends of two sources what fits, as an allocation would: both the smallest, then more.
  private static void follow(Viewer viewer, int milliseconds) {
    for (int spent = 0; spent < milliseconds; spent += 100) {
      long left = viewer.estimate() * 95 / 100 - 50_000;
      long first = best(left - RUNGS[0]);
      viewer.run(100, first, best(left - first));
    }
  }

  private static long best(long rate) {
    long best = RUNGS[0];
    for (long rung : RUNGS) {
      best = rung <= rate ? rung : best;
    }
    return best;
  }

  @Test
  void whoAgreedToNoFeedbackIsNotHeldBack() {
    Viewer viewer = new Viewer(scenario, NO_FEEDBACK);
    viewer.tells = false;
    viewer.useful(9_000_000);
    viewer.run(3_000, 2_100_000);
    assertEquals(0, counted(Counter.SFU_PACED));
    assertEquals(10_000_000, viewer.estimate());
    viewer.run(3_000, 8_700_000);
    assertEquals(0, counted(Counter.SFU_PACED_OUT));
    assertEquals(List.of(), viewer.of(Viewer.VIDEO + 1), "no padding");
  }

  @Test
  void whoAgreedAndIsSilentIsSentLittle() {
    Viewer viewer = new Viewer(scenario);
    viewer.tells = false;
    viewer.run(3_000, 8_700_000);
    assertEquals(1_000_000, viewer.estimate());
    assertTrue(counted(Counter.SFU_PACED_OUT) > 1_000);
  }

  @Test
  void reportsOfLossSlowDownWhoAgreedToNothingElse() {
    Viewer viewer = new Viewer(scenario, NO_FEEDBACK);
    viewer.tells = false;
    for (int i = 1; i <= 10; i++) {
      viewer.run(600, 4_000_000);
      int sent = 300 * i;
      scenario.client.control(
          writer -> {
            writer.receiverReport(1);
            writer.reportBlock(Viewer.VIDEO, 77, sent * 3 / 10, sent, 0, 0, 0);
          });
    }
    scenario.pass(20);
    assertTrue(viewer.estimate() < 5_000_000, viewer.estimate() + " bit/s");
  }
}
