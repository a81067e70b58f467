package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent.StreamStateChanged;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a receiver gets of simulcast by what its path is estimated to carry, in virtual time.
class DownlinkTest {
  private static final int SECOND = 30;

  private final LayerStage stage = LayerStage.simulcast(7);

  /// Encoders whose pictures were decoded in the last two of some seconds.
  private Set<String> after(int seconds) {
    stage.pass((seconds - 2) * SECOND);
    stage.decoded();
    stage.pass(2 * SECOND);
    return stage.decoded().keySet();
  }

  private long bitrate(int encoder) {
    List<Rung> useful = stage.demand().useful();
    return useful.stream()
        .filter(rung -> rung.layer().ssrc() == encoder + 1)
        .mapToLong(Rung::bitrate)
        .max()
        .orElseThrow();
  }

  @Test
  void aWidePathGetsTheLargest() {
    stage.bob.estimate = 100_000_000;
    assertEquals(Set.of("2/0"), after(4));
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void aPathThatNarrowsGetsASmallerOneAndTheLargestAgainWhenItIsWide() {
    stage.bob.estimate = 100_000_000;
    after(4);
    long small = bitrate(0) * 11 / 10;
    stage.bob.estimate = small;
    stage.stage.inside(() -> stage.bob.side.estimated(small));
    assertEquals(Set.of("0/0"), after(4));
    stage.bob.estimate = 100_000_000;
    assertEquals(Set.of("2/0"), after(10));
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void whileAQueueIsEmptiedTheSmallestGoesOn() {
    stage.bob.estimate = 100_000_000;
    after(4);
    long small = bitrate(0);
    stage.stage.told();
    stage.bob.lasting = small * 3 / 2;
    stage.bob.estimate = small / 2;
    stage.stage.inside(() -> stage.bob.side.estimated(small / 2));
    assertEquals(Set.of("0/0"), after(4));
    assertEquals(List.of(), stage.told(StreamStateChanged.class));
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void whatFitsNotAtAllIsHeldBackWithANoticeUntilItFits() {
    stage.bob.estimate = 100_000_000;
    after(4);
    stage.stage.told();
    stage.bob.estimate = 1_000;
    assertEquals(Set.of(), after(4));
    stage.bob.estimate = 100_000_000;
    assertEquals(Set.of("2/0"), after(10));
    List<Boolean> states =
        stage.told(StreamStateChanged.class).stream().map(StreamStateChanged::active).toList();
    assertEquals(List.of(false, true), states);
  }

  @Test
  void thePathIsSearchedForNoMoreThanThereIsToSend() {
    stage.bob.estimate = 100_000_000;
    after(4);
    long most = bitrate(2);
    assertTrue(stage.bob.useful > most, stage.bob.useful + " of " + most);
    assertTrue(stage.bob.useful < 3 * most / 2, stage.bob.useful + " of " + most);
    stage.prefer(320, 180, 0);
    after(4);
    assertTrue(stage.bob.useful < most / 2, stage.bob.useful + " of " + most);
  }

  @Test
  void aStreamThatBeginsAnewDoesNotMakeOthersLookFast() {
    stage.bob.estimate = 100_000_000;
    after(4);
    long usual = stage.bob.useful;
    for (int i = 0; i < 40; i++) {
      stage.pass(1);
      stage.anew(0, 100 + i);
      assertTrue(stage.bob.useful < 2 * usual, stage.bob.useful + ", before " + usual);
    }
  }

  @Test
  void aPictureThatWasAloneAndMutedIsSharedAgainAsThePathAllows() {
    stage.bob.estimate = 100_000_000;
    after(4);
    muted(true);
    assertEquals(Set.of(), after(1));
    muted(false);
    assertEquals(Set.of("2/0"), after(1));
    stage.bob.estimate = 1_000;
    assertEquals(Set.of(), after(4));
  }

  private void muted(boolean wanted) {
    stage.stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, stage.track, wanted));
  }
}
