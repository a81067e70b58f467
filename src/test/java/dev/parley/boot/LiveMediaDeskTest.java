package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.parley.media.RoomMedia;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// A room's media put together from what its loops tell.
class LiveMediaDeskTest {
  private final LiveMediaDesk desk = new LiveMediaDesk(Duration.ofMillis(50));
  private final FakeLoops loops =
      new FakeLoops(2, List.of(), event -> desk.accept((SfuEvent.RoomDescribed) event));

  private void answer(IntFunction<RoomMedia> media) {
    loops.answer(
        (loop, command) -> {
          RoomMedia part = media.apply(loop);
          var question = assertInstanceOf(SfuCommand.DescribeRoom.class, command);
          return part == null
              ? null
              : new SfuEvent.RoomDescribed(question.room(), question.question(), part);
        });
    desk.serve(loops);
  }

  private static RoomMedia.Peer peer(String id) {
    return new RoomMedia.Peer(id, id, "connected", 1.0, 2L, 3.0, 4.0, "good", 0.0, 0.0);
  }

  /// @param packets null where it is told second-hand
  private static RoomMedia.Track track(String id, String peer, Long packets) {
    var layer = new RoomMedia.Layer(null, true, 1, null, null, null, packets, null, null, 0);
    return new RoomMedia.Track(
        id, peer, peer, "camera", "video", "VP8", false, false, List.of(layer));
  }

  private static RoomMedia.Subscription subscription(String peer, String track) {
    return new RoomMedia.Subscription(
        peer, track, "0", "running", null, null, null, null, null, null, null, 0, 0, 0, 0, null);
  }

  private static final RoomMedia FIRST =
      new RoomMedia(
          List.of(peer("ann")),
          List.of(track("a", "ann", 10L), track("b", "bob", null), track("z", "gone", null)),
          List.of(subscription("ann", "b")));
  private static final RoomMedia SECOND =
      new RoomMedia(
          List.of(peer("bob")),
          List.of(track("a", "ann", null), track("b", "bob", 20L)),
          List.of(subscription("bob", "a")));

  private static final RoomMedia WHOLE =
      new RoomMedia(
          List.of(peer("ann"), peer("bob")),
          List.of(track("a", "ann", 10L), track("b", "bob", 20L), track("z", "gone", null)),
          List.of(subscription("ann", "b"), subscription("bob", "a")));

  @Test
  void aRoomOverLoopsIsToldWholeAndEachTrackFirstHand() {
    answer(loop -> loop == 0 ? FIRST : SECOND);
    assertEquals(Optional.of(WHOLE), desk.room("r"));
    assertEquals(List.of(0, 1), loops.take().stream().map(FakeLoops.Posted::loop).toList());
  }

  @Test
  void whereOneLoopHasNothingTheOtherTellsAll() {
    answer(loop -> loop == 0 ? RoomMedia.NONE : SECOND);
    assertEquals(Optional.of(SECOND), desk.room("r"));
  }

  @Test
  void halfARoomIsNoAnswer() {
    answer(loop -> loop == 0 ? FIRST : null);
    assertEquals(Optional.empty(), desk.room("r"));
    loops.deaf(1);
    assertEquals(Optional.empty(), desk.room("r"));
  }

  @Test
  void withoutLoopsThereIsNoMedia() {
    assertEquals(Optional.of(RoomMedia.NONE), desk.room("r"));
    answer(loop -> FIRST);
    desk.stop();
    assertEquals(Optional.of(RoomMedia.NONE), desk.room("r"));
  }

  @Test
  void anAnswerNobodyWaitsForHarmsNothing() {
    desk.accept(new SfuEvent.RoomDescribed("r", 99, FIRST));
  }
}
