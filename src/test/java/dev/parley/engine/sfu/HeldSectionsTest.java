package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is sent in the sections of a client that is never offered anything.
class HeldSectionsTest {
  private final RoomStage stage = new RoomStage();
  private final FakePeer ann = stage.open("ann");
  private FakePeer viewer = stage.open("tv", "tv", policy(256));
  private final List<FakeSender> senders = new ArrayList<>();

  private static PeerPolicy policy(int subscriptions) {
    return new PeerPolicy(false, true, true, false, new PeerLimits(8, 8, 0, subscriptions));
  }

  /// The client's offer has these sections, and is agreed on.
  private List<Outgoing> offers(Kind... kinds) {
    List<Outgoing> held = viewer.side.hold(List.of(kinds));
    for (Outgoing each : held.subList(senders.size(), held.size())) {
      senders.add(new FakeSender(each, "" + senders.size()));
    }
    return held;
  }

  private void connects() {
    stage.inside(() -> senders.forEach(viewer.side::sending));
  }

  private void leave(String mid) {
    stage.inside(() -> ann.side.unpublished(mid));
  }

  private SfuEvent subscribed(String track, String mid) {
    return new SfuEvent.Subscribed(RoomStage.ROOM, "tv", track, mid);
  }

  private String track(int place) {
    return stage.rooms.room(RoomStage.ROOM).tracks().get(place);
  }

  @Test
  void whatIsHeldHasSourcesOfItsOwnAndPlaysTogether() {
    List<Outgoing> held = offers(Kind.AUDIO, Kind.VIDEO, Kind.VIDEO);
    assertEquals(List.of("held0", "held0", "held1"), held.stream().map(Outgoing::stream).toList());
    assertEquals(3, held.stream().map(Outgoing::track).distinct().count());
    assertEquals(3, held.stream().map(Outgoing::ssrc).distinct().count());
    assertEquals(-1, held.getFirst().repair());
    assertNotEquals(-1, held.getLast().repair());
    assertEquals(List.of(), viewer.orders);
  }

  @Test
  void aTrackThatComesLaterIsSentInTheSectionAtOnce() {
    offers(Kind.AUDIO, Kind.VIDEO);
    connects();
    stage.told();
    stage.publish(ann, RoomStage.video("0")).packet(true);
    assertEquals(subscribed(track(0), "1"), stage.told().getLast());
    assertEquals(1, senders.get(1).sent.size());
    stage.publish(ann, RoomStage.audio("1")).packet(true);
    assertEquals(subscribed(track(1), "0"), stage.told().getLast());
    assertEquals(1, senders.get(0).sent.size());
    assertEquals(List.of(), viewer.orders);
  }

  @Test
  void tracksThatAreThereBeforeFillTheSectionsInTheOrderTheyCame() {
    stage.publish(ann, RoomStage.video("0")).packet(true);
    stage.publish(ann, RoomStage.video("1")).packet(true);
    stage.publish(ann, RoomStage.video("2")).packet(true);
    offers(Kind.VIDEO, Kind.VIDEO);
    stage.told();
    connects();
    assertEquals(List.of(subscribed(track(0), "0"), subscribed(track(1), "1")), stage.told());
  }

  @Test
  void whenATrackEndsTheNextGoesOnInItsSectionAsOneStream() {
    offers(Kind.VIDEO);
    connects();
    RoomStage.Stream first = stage.publish(ann, RoomStage.video("0"));
    first.packet(true);
    first.packet(false);
    leave("0");
    stage.pass(Duration.ofSeconds(2));
    RoomStage.Stream second = stage.publish(ann, RoomStage.video("1"));
    second.sequence = 7;
    second.timestamp = 1_000_000;
    second.packet(false);
    assertEquals(2, senders.getFirst().sent.size());
    second.packet(true);
    second.packet(false);
    List<FakeSender.Sent> sent = senders.getFirst().sent;
    assertEquals(4, sent.size());
    assertEquals(sent.get(1).sequence() + 1, sent.get(2).sequence());
    assertEquals(sent.get(1).sequence() + 2, sent.get(3).sequence());
    assertEquals(sent.get(1).timestamp() + 180_000, sent.get(2).timestamp());
    assertEquals("1", senders.getFirst().from.mid());
  }

  @Test
  void aTrackThatWaitsTakesTheSectionThatBecomesFree() {
    offers(Kind.VIDEO);
    connects();
    stage.publish(ann, RoomStage.video("0")).packet(true);
    RoomStage.Stream waits = stage.publish(ann, RoomStage.video("1"));
    waits.packet(true);
    String track = track(1);
    assertEquals(1, senders.getFirst().sent.size());
    stage.told();
    leave("0");
    assertEquals(subscribed(track, "0"), stage.told().getLast());
    waits.packet(true);
    assertEquals("1", senders.getFirst().from.mid());
  }

  @Test
  void aPacketOfATrackThatIsGoneIsNotSentAgain() {
    offers(Kind.VIDEO);
    connects();
    stage.publish(ann, RoomStage.video("0")).packet(true);
    int number = (int) senders.getFirst().sent.getFirst().sequence();
    leave("0");
    stage.inside(() -> senders.getFirst().side.nack(number, 0, stage.now()));
    stage.publish(ann, RoomStage.video("1")).packet(true);
    stage.inside(() -> senders.getFirst().side.nack(number, 0, stage.now()));
    assertEquals(List.of(), senders.getFirst().repaired);
    stage.inside(() -> senders.getFirst().side.nack(number + 1 & 0xffff, 0, stage.now()));
    assertEquals(1, senders.getFirst().repaired.size());
  }

  @Test
  void aTrackWhoseCodecTheSectionHasNotIsNotSentInIt() {
    offers(Kind.VIDEO, Kind.VIDEO);
    senders.getFirst().declined.add("VP8");
    connects();
    stage.told();
    stage.publish(ann, RoomStage.video("0"));
    assertEquals(subscribed(track(0), "1"), stage.told().getLast());
    stage.publish(ann, RoomStage.video("1")).packet(true);
    assertEquals(0, stage.told().stream().filter(SfuEvent.Subscribed.class::isInstance).count());
    assertEquals(List.of(), senders.getFirst().sent);
  }

  @Test
  void aTrackThatChangesItsCodecGoesWhereThatIsTaken() {
    offers(Kind.VIDEO, Kind.VIDEO);
    senders.getFirst().declined.add("H264");
    senders.getLast().declined.add("VP8");
    connects();
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(true);
    stage.told();
    video.type = RoomStage.H264;
    video.packet(true);
    stage.pass(Duration.ofSeconds(1));
    List<SfuEvent> told = stage.told();
    assertEquals(subscribed(track(0), null), told.get(told.size() - 2));
    assertEquals(subscribed(track(0), "1"), told.getLast());
    video.packet(true);
    assertEquals(1, senders.getFirst().sent.size());
    assertNotEquals(0, senders.getLast().sent.size());
  }

  @Test
  void noMoreIsHeldThanTheParticipantMayHave() {
    viewer = stage.open("few", "few", policy(2));
    assertEquals(2, offers(Kind.VIDEO, Kind.AUDIO, Kind.VIDEO).size());
    viewer =
        stage.open(
            "none", "none", new PeerPolicy(true, false, false, false, PeerLimits.defaults()));
    assertEquals(0, viewer.side.hold(List.of(Kind.VIDEO)).size());
  }

  @Test
  void aSectionTheClientStopsIsFreeOnlyWhenItGoesOn() {
    offers(Kind.VIDEO);
    connects();
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    stage.told();
    stage.inside(() -> viewer.side.stopped(senders.getFirst()));
    assertEquals(List.of(subscribed(track(0), null)), stage.told());
    video.packet(true);
    assertEquals(List.of(), senders.getFirst().sent);
    connects();
    assertEquals(List.of(subscribed(track(0), "0")), stage.told());
  }

  @Test
  void whatAViewerGivesBackMakesRoomForAnother() {
    offers(Kind.VIDEO);
    connects();
    stage.publish(ann, RoomStage.video("0"));
    stage.publish(ann, RoomStage.video("1"));
    stage.told();
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "tv", track(0), false));
    assertEquals(List.of(subscribed(track(0), null), subscribed(track(1), "0")), stage.told());
  }

  @Test
  void anIdleSectionReportsNothingAndHoldsNoTrack() {
    offers(Kind.VIDEO);
    connects();
    stage.publish(ann, RoomStage.video("0")).packet(true);
    leave("0");
    Subscription section = (Subscription) senders.getFirst().side;
    assertNull(section.track());
    assertEquals(false, section.report(null, 0, stage.now()));
    stage.inside(() -> section.keyFrameWanted(stage.now()));
    stage.close("tv");
    stage.close("ann");
    assertEquals(true, stage.engine.isEmpty());
  }
}
