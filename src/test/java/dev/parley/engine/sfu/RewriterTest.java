package dev.parley.engine.sfu;

import static dev.parley.engine.sfu.Packets.MILLISECOND;
import static dev.parley.engine.sfu.Packets.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RewriterTest {
  private static final int CAMERA = 1;
  private static final int SCREEN = 2;
  private final Rewriter rewriter = Rewriter.forVideo(100, 500_000);

  @Test
  void theFirstPacketGetsTheFirstNumbers() {
    assertFalse(rewriter.started());
    rewriter.start(CAMERA, 70_000, 9_000, 0);
    assertTrue(rewriter.started());
    assertEquals(100, rewriter.sequence());
    assertEquals(500_000, rewriter.timestamp(9_000));
    assertEquals(CAMERA, rewriter.source());
    assertEquals(70_000, rewriter.incoming());
  }

  @Test
  void nothingHasAPlaceBeforeTheStart() {
    assertFalse(rewriter.forward(CAMERA, 1, 1, 0));
    assertFalse(rewriter.drop(CAMERA, 1, Rewriter.NONE));
    assertFalse(rewriter.recall(100));
  }

  @Test
  void whatTheSourceLostStaysAGapAndALatePacketFallsIntoIt() {
    rewriter.start(CAMERA, 10, 0, 0);
    assertForwarded(103, 13);
    assertForwarded(101, 11);
    assertForwarded(104, 14);
  }

  @Test
  void aDroppedPacketLeavesNoGap() {
    rewriter.start(CAMERA, 10, 0, 0);
    assertFalse(rewriter.drop(CAMERA, 11, Rewriter.NONE));
    assertFalse(rewriter.drop(CAMERA, 12, Rewriter.NONE));
    assertForwarded(101, 13);
    assertFalse(rewriter.forward(CAMERA, 11, 0, 0));
  }

  @Test
  void aPacketLostBetweenDroppedAndForwardedKeepsAPlace() {
    rewriter.start(CAMERA, 10, 0, 0);
    rewriter.drop(CAMERA, 11, Rewriter.NONE);
    assertForwarded(102, 13);
    assertForwarded(101, 12);
  }

  @Test
  void whatIsTooLateToDropGoesOut() {
    rewriter.start(CAMERA, 10, 0, 0);
    assertForwarded(102, 12);
    assertTrue(rewriter.drop(CAMERA, 11, Rewriter.NONE));
    assertEquals(101, rewriter.sequence());
  }

  @Test
  void aSwitchGoesOnByOneAndByTheTimePassed() {
    rewriter.start(CAMERA, 10, 0, 0);
    rewriter.start(SCREEN, 5_000, 77, 100 * MILLISECOND);
    assertEquals(101, rewriter.sequence());
    assertEquals(500_000 + 9_000, rewriter.timestamp(77));
    assertTrue(rewriter.forward(SCREEN, 5_001, 77 + 3_000, 133 * MILLISECOND));
    assertEquals(102, rewriter.sequence());
    assertEquals(512_000, rewriter.timestamp(77 + 3_000));
  }

  @Test
  void aSwitchAdvancesByAFrameAtLeast() {
    rewriter.start(CAMERA, 10, 0, SECOND);
    rewriter.start(SCREEN, 5_000, 77, SECOND / 2);
    assertEquals(503_000, rewriter.timestamp(77));
  }

  @Test
  void afterASwitchTheOldSourceAndWhatCameBeforeHaveNoPlace() {
    rewriter.start(CAMERA, 10, 0, 0);
    rewriter.start(SCREEN, 5_000, 77, 0);
    assertFalse(rewriter.forward(CAMERA, 11, 0, 0));
    assertFalse(rewriter.forward(SCREEN, 4_999, 0, 0));
    assertFalse(rewriter.drop(CAMERA, 11, Rewriter.NONE));
    assertForwarded(SCREEN, 102, 5_001);
  }

  @Test
  void aPauseClosesAndTheSameSourceGoesOnAtAKeyFrame() {
    rewriter.start(CAMERA, 10, 0, 0);
    for (int i = 11; i < 500; i++) {
      rewriter.drop(CAMERA, i, Rewriter.NONE);
    }
    rewriter.start(CAMERA, 500, 900_000, 10 * SECOND);
    assertEquals(101, rewriter.sequence());
    assertEquals(500_000 + 900_000, rewriter.timestamp(900_000));
    assertFalse(rewriter.forward(CAMERA, 12, 0, 0));
  }

  @Test
  void whatWentOutIsRecalledAcrossDropsGapsAndSwitches() {
    rewriter.start(CAMERA, 10, 1_000, 0);
    assertForwarded(103, 13);
    rewriter.drop(CAMERA, 14, Rewriter.NONE);
    assertForwarded(104, 15);
    rewriter.start(SCREEN, 7, 40, 0);
    assertRecalled(100, CAMERA, 10);
    assertEquals(500_000, rewriter.timestamp(1_000));
    assertRecalled(102, CAMERA, 12);
    assertRecalled(104, CAMERA, 15);
    assertRecalled(105, SCREEN, 7);
    assertFalse(rewriter.recall(106));
    assertFalse(rewriter.recall(99));
  }

  @Test
  void theHistoryIsBoundedAndForgetsTheOldest() {
    Rewriter audio = Rewriter.forAudio(48_000, 0, 0);
    for (int i = 0; i < 10; i++) {
      audio.start(CAMERA, 100L * i, 0, 0);
    }
    assertFalse(audio.recall(1));
    assertTrue(audio.recall(2));
    assertEquals(200, audio.incoming());
  }

  @Test
  void sequenceNumbersOutGoOnAboveTheWrap() {
    Rewriter other = Rewriter.forVideo(32_000, 0);
    other.start(CAMERA, 0, 0, 0);
    other.forward(CAMERA, 30_000, 0, 0);
    other.forward(CAMERA, 60_000, 0, 0);
    assertEquals(92_000, other.sequence());
    assertTrue(other.recall(92_000 - 1 & 0xffff));
    assertEquals(59_999, other.incoming());
  }

  @Test
  void pictureNumbersGoOnAcrossASwitch() {
    rewriter.start(CAMERA, 10, 0, 0, 32_767, 255, Rewriter.NONE);
    assertEquals(32_767, rewriter.pictureId(32_767));
    assertEquals(255, rewriter.tl0PicIdx(255));
    rewriter.start(SCREEN, 10, 0, 0, 500, 7, Rewriter.NONE);
    assertEquals(32_768, rewriter.pictureId(500));
    assertEquals(0, rewriter.tl0PicIdx(7));
    rewriter.forward(SCREEN, 11, 0, 0, 501, 8, Rewriter.NONE);
    assertEquals(32_769, rewriter.pictureId(501));
    assertEquals(1, rewriter.tl0PicIdx(8));
    rewriter.start(CAMERA, 90, 0, 0, 3, 100, Rewriter.NONE);
    assertEquals(32_770, rewriter.pictureId(3));
    assertEquals(2, rewriter.tl0PicIdx(100));
  }

  @Test
  void droppedPicturesLeaveNoGapLostOnesDo() {
    rewriter.start(CAMERA, 10, 0, 0, 100, 1, Rewriter.NONE);
    rewriter.drop(CAMERA, 11, 101);
    rewriter.drop(CAMERA, 12, 101);
    rewriter.forward(CAMERA, 13, 0, 0, 102, 1, Rewriter.NONE);
    assertEquals(101, rewriter.pictureId(102));
    rewriter.drop(CAMERA, 14, 103);
    rewriter.forward(CAMERA, 16, 0, 0, 105, 2, Rewriter.NONE);
    assertEquals(103, rewriter.pictureId(105));
  }

  @Test
  void aRetransmissionHasThePictureNumbersOfItsTime() {
    rewriter.start(CAMERA, 10, 0, 0, 100, 1, Rewriter.NONE);
    rewriter.drop(CAMERA, 11, 101);
    rewriter.forward(CAMERA, 12, 0, 0, 102, 1, Rewriter.NONE);
    assertTrue(rewriter.recall(100));
    assertEquals(100, rewriter.pictureId(100));
    assertTrue(rewriter.recall(101));
    assertEquals(101, rewriter.pictureId(102));
  }

  @Test
  void picturesDroppedWithoutANameLeaveTheirGap() {
    rewriter.start(CAMERA, 10, 0, 0, 100, 1, Rewriter.NONE);
    rewriter.drop(CAMERA, 11, Rewriter.NONE);
    rewriter.forward(CAMERA, 12, 0, 0, 102, 1, Rewriter.NONE);
    assertEquals(102, rewriter.pictureId(102));
  }

  private void assertForwarded(long out, long in) {
    assertForwarded(CAMERA, out, in);
  }

  private void assertForwarded(int source, long out, long in) {
    assertTrue(rewriter.forward(source, in, 0, 0));
    assertEquals(out, rewriter.sequence());
    assertEquals(in, rewriter.incoming());
  }

  private void assertRecalled(int out, int source, long in) {
    assertTrue(rewriter.recall(out));
    assertEquals(source, rewriter.source());
    assertEquals(in, rewriter.incoming());
  }
}
