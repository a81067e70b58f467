package dev.parley.engine.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import dev.parley.lab.VirtualClock;
import dev.parley.wire.Octets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendSideTest {
  private static final Duration FRAME = Duration.ofMillis(33);

  private final VirtualClock clock = new VirtualClock();
  private final SendSide side = new SendSide(Bounds.DEFAULT, clock.now());
  private final byte[] feedback = new byte[2048];

  private int video(int octets) {
    return side.departing(octets, PacketKind.VIDEO, clock.now());
  }

  /// Tells that all but the last of some packets arrived without delay, or none of them.
  private void answer(int base, int count, boolean received) {
    Octets.put16(feedback, 0, base);
    Octets.put16(feedback, 2, count);
    Octets.put32(feedback, 4, (int) (clock.now() / 64_000_000) << 8);
    Octets.put16(feedback, 8, (received ? 1 << 13 : 0) | count);
    java.util.Arrays.fill(feedback, 10, 10 + count, (byte) 0);
    side.feedback(feedback, 0, 10 + (received ? count : 0), clock.now());
  }

  @Test
  void sequenceNumbersAreOneAfterTheOtherAndWrap() {
    for (int i = 0; i < 0x10000; i++) {
      assertEquals(i, side.departing(100, PacketKind.AUDIO, clock.now()));
    }
    assertEquals(0, side.departing(100, PacketKind.AUDIO, clock.now()));
  }

  @Test
  void theEstimateBeginsAtTheStartOfItsBounds() {
    assertEquals(1_000_000, side.estimate());
  }

  @Test
  void nothingIsDueBeforeSomethingHasLeft() {
    assertEquals(Engine.NEVER, side.deadline());
    assertEquals(0, side.padding(clock.now()));
  }

  @Test
  void theFirstPacketBeginsAProbeOfThreeTimesTheStart() {
    side.useful(10_000_000, clock.now());
    video(1_200);
    long begun = clock.now();
    int octets = 0;
    while (clock.now() - begun < 40_000_000) {
      for (int due = side.padding(clock.now()); due > 0; due = side.padding(clock.now())) {
        side.departing(Math.clamp(due, 200, 1_200), PacketKind.PADDING, clock.now());
      }
      octets = (int) side.octets(PacketKind.PADDING);
      clock.pass(Duration.ofMillis(1));
    }
    assertEquals(3_000_000 / 8 * 0.025, octets, 1_200);
  }

  @Test
  void whoHasNoMoreToSendIsNotProbed() {
    side.useful(0, clock.now());
    video(1_200);
    assertEquals(0, side.padding(clock.now()));
    side.useful(800_000, clock.now());
    assertEquals(0, side.padding(clock.now()));
  }

  @Test
  void videoWaitsWhereAudioAndPaddingDoNot() {
    for (int i = 0; i < 20; i++) {
      video(1_200);
    }
    long now = clock.now();
    // 24,000 octets at 2.5 Mbit/s, of which 10 ms may leave at once.
    assertEquals(66_800_000, side.delay(PacketKind.VIDEO, now));
    assertEquals(66_800_000, side.delay(PacketKind.RETRANSMISSION, now));
    assertEquals(0, side.delay(PacketKind.AUDIO, now));
    assertEquals(0, side.delay(PacketKind.PADDING, now));
    assertEquals(0, side.delay(PacketKind.VIDEO, clock.pass(Duration.ofMillis(67))));
  }

  @Test
  void whileNoTransportWideFeedbackComesTheReceiverEstimates() {
    side.remb(2_500_000, clock.now());
    assertEquals(2_500_000, side.estimate());
    side.remb(300_000, clock.now());
    assertEquals(300_000, side.estimate());
    side.remb(1, clock.now());
    assertEquals(Bounds.DEFAULT.least(), side.estimate());
  }

  @Test
  void onceTransportWideFeedbackComesTheReceiverIsNotAsked() {
    int base = video(1_200);
    clock.pass(FRAME);
    answer(base, 1, true);
    long estimate = side.estimate();
    side.remb(60_000, clock.now());
    assertEquals(estimate, side.estimate());
  }

  @Test
  void feedbackThatOnlyLosesIsNoSignThatItComes() {
    int base = video(1_200);
    answer(base, 1, false);
    side.remb(400_000, clock.now());
    assertEquals(400_000, side.estimate());
  }

  @Test
  void reportsOfHeavyLossLowerAnEstimateThatNothingElseMakes() {
    side.reported(7, 0, 1_000, clock.now());
    clock.pass(Duration.ofSeconds(1));
    side.reported(7, 20, 1_100, clock.now());
    assertEquals(900_000, side.estimate(), 1);
  }

  @Test
  void theEstimateNeverFallsBelowTheLeastThatIsSet() {
    SendSide sure = new SendSide(Bounds.DEFAULT.atLeast(5_000_000), clock.now());
    assertEquals(5_000_000, sure.estimate());
    sure.remb(100_000, clock.now());
    for (int i = 1; i <= 20; i++) {
      clock.pass(Duration.ofSeconds(1));
      sure.reported(7, 50 * i, 1_000 + 100 * i, clock.now());
    }
    assertEquals(5_000_000, sure.estimate());
    assertEquals(5_000_000, sure.lasting());
  }

  @Test
  void reportsOfNoLossLetTheEstimateGrowAsFarAsItIsUsed() {
    side.reported(7, 0, 1_000, clock.now());
    for (int i = 1; i <= 100; i++) {
      for (int packet = 0; packet < 4; packet++) {
        video(1_200);
      }
      clock.pass(FRAME);
    }
    side.reported(7, 0, 1_400, clock.now());
    assertEquals(1_050_000, side.estimate(), 1);
    clock.pass(Duration.ofSeconds(2));
    side.reported(7, 0, 1_500, clock.now());
    assertEquals(1_050_000, side.estimate(), 1);
  }

  @Test
  void aPacketThatWaitsIsNotLost() {
    int waiting = side.numbered(1_200, PacketKind.VIDEO);
    int base = video(1_200);
    for (int i = 0; i < 40; i++) {
      answer(waiting, 2 + i, true);
      clock.pass(FRAME);
      video(1_200);
    }
    side.departed(waiting, clock.now());
    assertEquals(0, side.loss());
    assertEquals(1, base);
  }

  @Test
  void aPacketDepartsOnce() {
    int sequence = side.numbered(12_000, PacketKind.VIDEO);
    assertEquals(0, side.delay(PacketKind.VIDEO, clock.now()));
    side.departed(sequence, clock.now());
    long delay = side.delay(PacketKind.VIDEO, clock.now());
    side.departed(sequence, clock.now());
    side.departed(sequence + 1, clock.now());
    assertTrue(delay > 0);
    assertEquals(delay, side.delay(PacketKind.VIDEO, clock.now()));
  }

  @Test
  void thatNothingWasSentForLongIsNotSilence() {
    int base = video(1_200);
    clock.pass(FRAME);
    answer(base, 1, true);
    long estimate = side.estimate();
    clock.pass(Duration.ofMinutes(1));
    video(1_200);
    side.tick(clock.now());
    assertEquals(estimate, side.estimate());
  }

  @Test
  void whatFeedbackPassesOverIsNamedByItsMarkAndWhenItLeft() {
    long left = clock.now();
    int base = side.departing(1_200, PacketKind.VIDEO, 77, left);
    side.departing(1_200, PacketKind.AUDIO, clock.now());
    clock.pass(FRAME);
    answer(base, 2, false);
    assertEquals(1, side.missing().count());
    assertEquals(77, side.missing().mark(0));
    assertEquals(left, side.missing().leftAt(0));
    answer(base, 2, false);
    assertEquals(0, side.missing().count());
  }

  @Test
  void noMoreIsNamedThanWhatIsOfUse() {
    for (int i = 0; i < 60; i++) {
      side.departing(1_200, PacketKind.VIDEO, 1 + i, clock.now());
    }
    answer(0, 50, false);
    assertEquals(50, side.missing().count());
    for (int i = 0; i < 400; i++) {
      side.departing(1_200, PacketKind.VIDEO, 100 + i, clock.now());
    }
    answer(60, 400, false);
    assertEquals(64, side.missing().count());
  }

  @Test
  void whoSendsNothingIsNotWoken() {
    video(1_200);
    assertTrue(side.deadline() != Engine.NEVER);
    side.tick(clock.pass(Duration.ofSeconds(3)));
    assertEquals(Engine.NEVER, side.deadline());
  }
}
