package dev.parley.engine.sfu;

import static dev.parley.engine.sfu.Packets.MILLISECOND;
import static dev.parley.engine.sfu.Packets.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetransmissionTest {
  private static final long START = Long.MAX_VALUE - SECOND / 2;
  private final PacketRing camera = PacketRing.forVideo();
  private final PacketRing screen = PacketRing.forVideo();
  private final Rewriter rewriter = Rewriter.forVideo(1_000, 0);
  private final Retransmission retransmission =
      new Retransmission(
          rewriter, source -> source == 0 ? camera : source == 1 ? screen : null, 10_000, START);

  @BeforeEach
  void tenPacketsOfTheCameraThenTenOfTheScreen() {
    for (int i = 0; i < 10; i++) {
      pass(0, camera, 50 + i, i == 0);
    }
    for (int i = 0; i < 10; i++) {
      pass(1, screen, 7 + i, i == 0);
    }
  }

  @Test
  void anAskedPacketIsFoundInTheRingOfItsSource() {
    int slot = retransmission.find(1_012, START);
    assertSame(screen, retransmission.ring());
    assertEquals(9, screen.sequence(slot) & 0xffff);
    assertEquals(1_012, rewriter.sequence());
    assertEquals(1, retransmission.answered());
  }

  @Test
  void whatIsFromBeforeAKeyFrameOfAnotherSourceIsNotSentAgain() {
    assertNothing(1_003, START);
    assertNothing(1_009, START);
    assertTrue(retransmission.find(1_010, START) >= 0);
  }

  @Test
  void whatNeverWentOutIsNotSentAgain() {
    assertNothing(1_020, START);
    assertNothing(999, START);
    assertEquals(2, retransmission.asked());
    assertEquals(0, retransmission.answered());
  }

  @Test
  void aPacketGoesOncePerHalfRoundTrip() {
    retransmission.roundTrip(80 * MILLISECOND);
    assertTrue(retransmission.find(1_013, START) >= 0);
    assertNothing(1_013, START + 39 * MILLISECOND);
    assertTrue(retransmission.find(1_013, START + 40 * MILLISECOND) >= 0);
  }

  @Test
  void whatWasSentAgainAfterTheOneThatIsLostIsOnItsWay() {
    assertTrue(retransmission.find(1_013, START) >= 0);
    long lostLeft = START - 50 * MILLISECOND;
    assertEquals(Retransmission.NONE, retransmission.find(1_013, lostLeft, START + MILLISECOND));
  }

  @Test
  void whereTheRetransmissionIsLostItIsSentAgain() {
    assertTrue(retransmission.find(1_013, START) >= 0);
    assertTrue(retransmission.find(1_013, START, START + MILLISECOND) >= 0);
  }

  @Test
  void aFloodOfNacksGetsTheBudgetAndNoMore() {
    long octets = 0;
    for (long at = 0; at < 20 * SECOND; at += MILLISECOND) {
      int number = 100 + (int) (at / MILLISECOND);
      pass(1, screen, number, START + at);
      int slot = retransmission.find((int) rewriter.sequence(), START + at);
      octets += slot < 0 ? 0 : 112;
    }
    // The bucket, then 10,000 a second.
    assertTrue(octets <= 30_000 + 20 * 10_000, () -> "sent again");
    assertTrue(octets > 220_000);
  }

  @Test
  void aBudgetOfNothingEndsWithTheBucket() {
    retransmission.budget(0);
    int answered = 0;
    for (int i = 0; i < 1_000; i++) {
      retransmission.roundTrip(0);
      answered += retransmission.find(1_000 + i % 20, START + i * 10 * MILLISECOND) < 0 ? 0 : 1;
    }
    assertTrue(answered * 112 <= 30_000);
  }

  @Test
  void aPacketThatIsTooOldIsNotSentAgain() {
    assertNothing(1_013, START + 2 * SECOND + 1);
  }

  @Test
  void aSourceThatIsGoneHasNothing() {
    rewriter.start(9, 1, 0, START);
    assertNothing(1_020, START);
  }

  private void assertNothing(int number, long now) {
    assertEquals(Retransmission.NONE, retransmission.find(number, now));
  }

  private void pass(int source, PacketRing ring, int sequence, boolean start) {
    int slot = Packets.put(ring, sequence, 0, START);
    if (start) {
      rewriter.start(source, ring.sequence(slot), 0, START);
    } else {
      rewriter.forward(source, ring.sequence(slot), 0, START);
    }
  }

  private void pass(int source, PacketRing ring, int sequence, long now) {
    int slot = Packets.put(ring, sequence, 0, now);
    rewriter.forward(source, ring.sequence(slot), 0, now);
  }
}
