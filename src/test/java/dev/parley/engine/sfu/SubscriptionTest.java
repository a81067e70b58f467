package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import dev.parley.engine.peer.PacketChange;
import dev.parley.engine.peer.Publication;
import dev.parley.media.Counter;
import dev.parley.media.SfuCommand;
import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What one receiver is sent of one track: where it begins, what goes on without a break, what is
/// sent again.
class SubscriptionTest {
  private static final Duration FRAME = Duration.ofMillis(33);

  private final RoomStage stage = new RoomStage();
  private final FakePeer ann = stage.open("ann");
  private final FakePeer bob = stage.open("bob");

  @Test
  void aVideoBeginsWithAKeyFrame() {
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(false);
    video.packet(true);
    video.packet(false);
    assertEquals(List.of(221, 222), sender().octets());
  }

  @Test
  void numbersGoOnByOneAndBeginInTheLowerHalf() {
    RoomStage.Stream video = running();
    video.packet(false);
    List<FakeSender.Sent> sent = sender().sent;
    assertTrue(sent.getFirst().sequence() < 1 << 15);
    assertEquals(sent.getFirst().sequence() + 1, sent.getLast().sequence());
    assertEquals(sent.getFirst().timestamp() + 3_000, sent.getLast().timestamp());
    assertEquals(RoomStage.VP8 - 60, sent.getFirst().type());
    assertEquals(PacketChange.NONE, sent.getLast().picture());
  }

  @Test
  void whatThePublisherLostStaysAGap() {
    RoomStage.Stream video = running();
    video.lose();
    video.packet(false);
    List<FakeSender.Sent> sent = sender().sent;
    assertEquals(sent.getFirst().sequence() + 2, sent.getLast().sequence());
  }

  @Test
  void paddingAloneIsNotForwardedAndLeavesNoGap() {
    RoomStage.Stream video = running();
    video.padding();
    video.packet(false);
    List<FakeSender.Sent> sent = sender().sent;
    assertEquals(2, sent.size());
    assertEquals(sent.getFirst().sequence() + 1, sent.getLast().sequence());
  }

  @Test
  void newcomersAskOnceForAKeyFrame() {
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(false);
    assertEquals(1, ann.keyFrames.size());
    stage.open("eve");
    stage.open("joe");
    assertEquals(1, ann.keyFrames.size());
    stage.pass(Duration.ofMillis(99));
    assertEquals(1, ann.keyFrames.size());
    stage.pass(Duration.ofMillis(1));
    assertEquals(2, ann.keyFrames.size());
  }

  @Test
  void aKeyFrameIsNotAskedForWhereNobodyWatches() {
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(false);
    stage.close("bob");
    stage.pass(Duration.ofSeconds(30));
    assertEquals(1, ann.keyFrames.size());
    assertEquals(Engine.NEVER, stage.engine.deadline());
  }

  @Test
  void requestsOfManyReceiversAreOne() {
    RoomStage.Stream video = running();
    stage.pass(Duration.ofSeconds(1));
    ann.keyFrames.clear();
    for (int i = 0; i < 1_000; i++) {
      stage.inside(() -> sender().side.keyFrameWanted(stage.now()));
    }
    assertEquals(1, ann.keyFrames.size());
    video.packet(true);
    stage.pass(Duration.ofSeconds(10));
    assertEquals(1, ann.keyFrames.size());
  }

  @Test
  void aLateJoinerStartsFromTheRingAndIsPaced() {
    RoomStage.Stream video = running();
    for (int i = 0; i < 40; i++) {
      video.packet(false);
    }
    stage.pass(FRAME);
    FakePeer eve = stage.open("eve");
    FakeSender late = eve.sender("ann", Kind.VIDEO);
    assertEquals(1, late.sent.size());
    stage.pass(Duration.ofMillis(1));
    assertEquals(11, late.sent.size());
    video.packet(false);
    assertEquals(11, late.sent.size());
    stage.pass(Duration.ofMillis(4));
    assertEquals(42, late.sent.size());
    assertEquals(late.sent.getFirst().sequence() + 41, late.sent.getLast().sequence());
    assertEquals(0, ann.keyFrames.size());
    video.packet(false);
    assertEquals(43, late.sent.size());
    assertEquals(1L, stage.tally.counts().get(Counter.SFU_FAST_STARTS));
  }

  @Test
  void whoJoinsLongAfterTheKeyFrameWaitsForTheNext() {
    RoomStage.Stream video = running();
    for (int i = 0; i < 100; i++) {
      stage.pass(FRAME);
      video.packet(false);
    }
    FakePeer eve = stage.open("eve");
    FakeSender late = eve.sender("ann", Kind.VIDEO);
    assertEquals(1, ann.keyFrames.size());
    video.packet(false);
    assertEquals(0, late.sent.size());
    video.packet(true);
    assertEquals(1, late.sent.size());
  }

  @Test
  void payloadsNobodyCanReadPassAfterAWhile() {
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    for (int i = 0; i < 100; i++) {
      stage.pass(FRAME);
      video.packet(false);
    }
    assertTrue(sender().sent.size() > 5);
    assertTrue(sender().sent.size() < 12);
  }

  @Test
  void aSilenceIsNotTakenForPayloadsNobodyCanRead() {
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(false);
    stage.pass(Duration.ofSeconds(20));
    ann.keyFrames.clear();
    video.lose();
    video.packet(false);
    assertEquals(1, ann.keyFrames.size(), "the key frame it came back with may be lost");
    for (int i = 0; i < 30; i++) {
      stage.pass(FRAME);
      video.packet(false);
    }
    assertEquals(3, ann.keyFrames.size(), "and the next one too");
    assertEquals(List.of(), sender().sent);
    video.packet(true);
    assertEquals(1, sender().sent.size());
  }

  @Test
  void aPauseEndsWithAKeyFrameAndWithoutABreak() {
    RoomStage.Stream video = running();
    int picture = video.picture - 1;
    pause(true);
    for (int i = 0; i < 90; i++) {
      stage.pass(FRAME);
      video.packet(false);
    }
    FakeSender.Sent before = sender().sent.getFirst();
    assertEquals(1, sender().sent.size());
    pause(false);
    assertEquals(1, ann.keyFrames.size());
    video.packet(true);
    FakeSender.Sent after = sender().sent.getLast();
    assertEquals(before.sequence() + 1, after.sequence());
    assertEquals(picture + 1, after.picture());
    assertTrue(after.timestamp() - before.timestamp() >= 90 * 2_970);
  }

  @Test
  void aMutedTrackIsSentToNobodyAndGoesOnWhereItStopped() {
    RoomStage.Stream audio = stage.publish(ann, RoomStage.audio("1"));
    audio.packet(true);
    String track = stage.rooms.room(RoomStage.ROOM).tracks().getFirst();
    stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, track, true));
    audio.packet(true);
    stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, track, false));
    audio.packet(true);
    List<FakeSender.Sent> sent = bob.sender("ann", Kind.AUDIO).sent;
    assertEquals(2, sent.size());
    assertEquals(sent.getFirst().sequence() + 1, sent.getLast().sequence());
  }

  @Test
  void aLostPacketIsSentAgainAsItWas() {
    RoomStage.Stream video = running();
    video.packet(false);
    video.packet(false);
    FakeSender.Sent second = sender().sent.get(1);
    FakeSender.Sent third = sender().sent.get(2);
    stage.inside(() -> sender().side.nack((int) second.sequence(), 1, stage.now()));
    assertEquals(List.of(second, third), sender().repaired);
    stage.inside(() -> sender().side.nack((int) second.sequence(), 0, stage.now()));
    assertEquals(2, sender().repaired.size());
  }

  @Test
  void aFloodOfNacksHasItsBudget() {
    RoomStage.Stream video = running();
    for (int i = 0; i < 200; i++) {
      video.packet(false);
    }
    int first = (int) sender().sent.getFirst().sequence();
    for (int flood = 0; flood < 10_000; flood++) {
      sender().side.nack(first + flood % 180, 0xffff, stage.now());
    }
    assertEquals(196, sender().repaired.size());
  }

  @Test
  void anotherCodecOfTheSectionPassesUnderItsOwnNumber() {
    RoomStage.Stream video = running();
    video.type = RoomStage.H264;
    video.packet(true);
    video.type = 127;
    video.packet(true);
    video.type = RoomStage.VP8;
    video.packet(true);
    List<Integer> types = sender().sent.stream().map(FakeSender.Sent::type).toList();
    assertEquals(List.of(36, 48, 36), types);
    assertEquals(sender().sent.getFirst().sequence() + 2, sender().sent.getLast().sequence());
  }

  @Test
  void redundantAudioPassesWhereItIsTakenAndElseWithoutTheCopies() {
    RoomStage.Stream audio = stage.publish(ann, RoomStage.audio("1"));
    FakeSender plain = bob.sender("ann", Kind.AUDIO);
    plain.declined.add("red");
    FakeSender both = stage.open("eve").sender("ann", Kind.AUDIO);
    audio.type = RoomStage.RED;
    audio.red(new byte[] {(byte) 0xef, 0, 0, 1, 111, 50, 51});
    audio.red(new byte[] {(byte) 0xef, 0, 3, 1, 111, 50, 51});
    audio.red(new byte[] {(byte) 0xef});
    assertEquals(List.of(51), plain.sent.stream().map(FakeSender.Sent::octet).toList());
    assertEquals(RoomStage.OPUS - 60, plain.sent.getFirst().type());
    assertEquals(List.of(51, 51, 0xef), both.octets());
  }

  @Test
  void theBetterOfTwoLayersIsChosenAndSwitchedToAtItsKeyFrame() {
    Publication publication = RoomStage.video("0", "q", "h");
    stage.inside(() -> ann.side.published(publication));
    RoomStage.Stream small = stage.new Stream(ann, publication, "q", 1);
    RoomStage.Stream large = stage.new Stream(ann, publication, "h", 2);
    small.packet(true);
    for (int i = 0; i < 20; i++) {
      stage.pass(FRAME);
      small.packet(false);
      large.packet(false);
      large.packet(false);
    }
    FakeSender.Sent last = sender().sent.getLast();
    assertEquals(21, sender().sent.size());
    assertEquals("h", ann.keyFrames.getLast().rid());
    large.packet(true);
    small.packet(false);
    large.packet(false);
    assertEquals(23, sender().sent.size());
    assertEquals(last.sequence() + 2, sender().sent.getLast().sequence());
  }

  @Test
  void aLayerThatEndsGivesWayToTheOther() {
    Publication publication = RoomStage.video("0", "q", "h");
    stage.inside(() -> ann.side.published(publication));
    RoomStage.Stream small = stage.new Stream(ann, publication, "q", 1);
    RoomStage.Stream large = stage.new Stream(ann, publication, "h", 2);
    small.packet(true);
    large.packet(false);
    stage.inside(small.sink::ended);
    assertEquals("h", ann.keyFrames.getLast().rid());
    large.packet(true);
    assertEquals(2, sender().sent.size());
  }

  @Test
  void aTrackWhoseOnlyLayerEndsGoesOnWithTheNext() {
    RoomStage.Stream video = running();
    stage.inside(video.sink::ended);
    pause(true);
    pause(false);
    RoomStage.Stream anew = stage.new Stream(ann, RoomStage.video("0"), null, 9);
    stage.pass(Duration.ofSeconds(3));
    anew.packet(true);
    assertEquals(2, sender().sent.size());
  }

  @Test
  void aLayerThatFallsSilentGivesWayToo() {
    Publication publication = RoomStage.video("0", "q", "h");
    stage.inside(() -> ann.side.published(publication));
    RoomStage.Stream large = stage.new Stream(ann, publication, "h", 2);
    RoomStage.Stream small = stage.new Stream(ann, publication, "q", 1);
    large.packet(true);
    for (int i = 0; i < 100; i++) {
      stage.pass(FRAME);
      small.packet(i % 10 == 0);
    }
    assertTrue(sender().sent.size() > 5);
  }

  @Test
  void aNewSourceOfTheSameTrackGoesOnInTheSameStream() {
    running();
    RoomStage.Stream anew = stage.new Stream(ann, RoomStage.video("0"), null, 77);
    anew.packet(false);
    anew.packet(true);
    List<FakeSender.Sent> sent = sender().sent;
    assertEquals(2, sent.size());
    assertEquals(sent.getFirst().sequence() + 1, sent.getLast().sequence());
  }

  private RoomStage.Stream running() {
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(true);
    ann.keyFrames.clear();
    return video;
  }

  private void pause(boolean paused) {
    String track = stage.rooms.room(RoomStage.ROOM).tracks().getFirst();
    stage.order(new SfuCommand.Pause(RoomStage.ROOM, "bob", track, paused));
  }

  private FakeSender sender() {
    return bob.sender("ann", Kind.VIDEO);
  }
}
