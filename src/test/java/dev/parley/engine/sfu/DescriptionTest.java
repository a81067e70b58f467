package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.Publication;
import dev.parley.engine.peer.ReceptionStatistics;
import dev.parley.media.PeerState;
import dev.parley.media.RoomMedia;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a room tells of its media, and why each receiver is sent what it is sent.
class DescriptionTest {
  private static final int SECOND = 30;

  private final LayerStage layers = LayerStage.simulcast(5);
  private final RoomStage stage = layers.stage;

  private RoomMedia described() {
    return described(RoomStage.ROOM);
  }

  private RoomMedia described(String room) {
    stage.told();
    stage.order(new SfuCommand.DescribeRoom(room, 42));
    SfuEvent.RoomDescribed answer = (SfuEvent.RoomDescribed) stage.told().getLast();
    assertEquals(room, answer.room());
    assertEquals(42, answer.question());
    return answer.media();
  }

  private RoomMedia.Subscription bobs() {
    List<RoomMedia.Subscription> all = described().subscriptions();
    assertEquals(1, all.size());
    assertEquals("bob", all.getFirst().peer());
    assertEquals(layers.track, all.getFirst().track());
    return all.getFirst();
  }

  private void wide() {
    layers.bob.estimate = 100_000_000;
    layers.pass(4 * SECOND);
  }

  @Test
  void ofARoomThatIsNotThereNothingIsTold() {
    assertEquals(RoomMedia.NONE, described("another"));
  }

  @Test
  void whatRunsIsTheLargestLayer() {
    wide();
    RoomMedia.Subscription bobs = bobs();
    assertEquals("running", bobs.why());
    assertEquals("f", bobs.layer());
    assertNull(bobs.target());
    assertNull(bobs.shown());
    assertEquals(bobs.useful(), bobs.granted());
    assertTrue(bobs.packets() > 100);
    assertTrue(bobs.octets() > 10_000);
    assertEquals(layers.bob.sender("ann", Kind.VIDEO).mid, bobs.mid());
  }

  @Test
  void aSmallPictureIsASmallLayerAndTheWishIsShown() {
    wide();
    layers.prefer(320, 180, 15);
    layers.pass(2 * SECOND);
    RoomMedia.Subscription bobs = bobs();
    assertEquals("q", bobs.layer());
    assertEquals(new RoomMedia.Shown(320, 180, 15, 0), bobs.shown());
  }

  @Test
  void whatWaitsForAKeyFrameSaysOfWhichLayer() {
    stage.open("eve");
    Publication publication = RoomStage.video("9", "h");
    stage.inside(() -> layers.bob.side.published(publication));
    RoomStage.Stream video = stage.new Stream(layers.bob, publication, "h", 9);
    video.packet(false);
    RoomMedia.Subscription eves =
        described().subscriptions().stream()
            .filter(each -> each.peer().equals("eve") && !each.track().equals(layers.track))
            .findFirst()
            .orElseThrow();
    assertEquals("waiting-for-key-frame", eves.why());
    assertEquals("h", eves.target());
    assertNull(eves.layer());
    assertEquals(0, eves.packets());
  }

  @Test
  void whoIsAskedForKeyFramesIsCounted() {
    wide();
    assertTrue(
        described().tracks().getFirst().layers().stream()
                .mapToLong(RoomMedia.Layer::keyFramesAsked)
                .sum()
            > 0);
  }

  @Test
  void whatHasNoRoomIsHeldBack() {
    wide();
    layers.bob.estimate = 1_000;
    stage.inside(() -> layers.bob.side.estimated(1_000));
    layers.pass(4 * SECOND);
    RoomMedia.Subscription bobs = bobs();
    assertEquals("held-back-for-bandwidth", bobs.why());
    assertEquals(0, bobs.granted());
    assertTrue(bobs.useful() > 0);
    assertNull(bobs.layer());
  }

  @Test
  void whatTheReceiverPausedOrDoesNotShowOrIsMutedSaysSo() {
    wide();
    stage.order(new SfuCommand.Pause(RoomStage.ROOM, "bob", layers.track, true));
    assertEquals("paused-by-receiver", bobs().why());
    stage.order(new SfuCommand.Pause(RoomStage.ROOM, "bob", layers.track, false));
    layers.prefer(0, 0, 0);
    assertEquals("not-visible", bobs().why());
    layers.prefer(1280, 720, 0);
    stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, layers.track, true));
    assertEquals("muted", bobs().why());
    assertTrue(described().tracks().getFirst().muted());
    stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, layers.track, false));
    layers.pass(SECOND);
    assertEquals("running", bobs().why());
  }

  @Test
  void whatIsNotComingAnyMoreOrNotTakenYetSaysSo() {
    wide();
    stage.pass(Duration.ofSeconds(5));
    assertEquals("no-layer", bobs().why());
    RoomMedia.Layer layer = described().tracks().getFirst().layers().getFirst();
    assertEquals(false, layer.live());
    assertEquals(0, layer.bitrate());
    FakeSender sender = layers.bob.sender("ann", Kind.VIDEO);
    stage.inside(() -> layers.bob.side.stopped(sender));
    assertEquals("not-negotiated", bobs().why());
  }

  @Test
  void theLayersOfATrackAreToldWithTheirSizesAndRates() {
    wide();
    RoomMedia.Track track = described().tracks().getFirst();
    assertEquals("ann", track.peer());
    assertEquals("camera", track.source());
    assertEquals("video", track.kind());
    assertEquals("VP8", track.codec());
    assertEquals(List.of("q", "h", "f"), track.layers().stream().map(it -> it.rid()).toList());
    assertEquals(List.of(320, 640, 1280), track.layers().stream().map(it -> it.width()).toList());
    long before = 0;
    for (RoomMedia.Layer layer : track.layers()) {
      assertTrue(layer.live());
      assertTrue(layer.bitrate() > before, track.toString());
      assertEquals(30, layer.frameRate(), 3);
      assertNull(layer.packets());
      before = layer.bitrate();
    }
  }

  @Test
  void whatArrivedAndWhatWasLostOfALayerIsTold() {
    ReceptionStatistics arrived = new ReceptionStatistics(90_000);
    for (int i = 0; i < 100; i++) {
      if (i % 10 != 5) {
        arrived.received(i, i * 3_000, i * 33_333_333L);
      }
    }
    layers.ann.receptions.put(1, arrived);
    wide();
    RoomMedia.Layer layer = described().tracks().getFirst().layers().getFirst();
    assertEquals(90, layer.packets());
    assertEquals(10, layer.lost());
    assertTrue(layer.jitter() < 1);
  }

  @Test
  void whatReceiversReportIsTold() {
    wide();
    assertNull(bobs().loss());
    FakeSender sender = layers.bob.sender("ann", Kind.VIDEO);
    stage.inside(() -> sender.side.reported(64, 100, 90, NtpTime.UNKNOWN, stage.now()));
    assertEquals(0.25, bobs().loss());
  }

  @Test
  void whatIsNotKnownOfAPeerIsAbsent() {
    RoomMedia.Peer ann =
        described().peers().stream().filter(it -> it.id().equals("ann")).findFirst().orElseThrow();
    assertEquals(
        new RoomMedia.Peer("ann", "ann", "connecting", null, null, null, null, null, null, null),
        ann);
  }

  @Test
  void aPeerIsToldWithItsScore() {
    layers.bob.estimate = 2_000_000;
    layers.bob.roundTrip = Duration.ofMillis(100).toNanos();
    stage.inside(() -> layers.bob.side.changed(PeerState.CONNECTED, null));
    layers.pass(7 * SECOND);
    RoomMedia.Peer bob =
        described().peers().stream().filter(it -> it.id().equals("bob")).findFirst().orElseThrow();
    assertEquals("connected", bob.state());
    assertEquals(100, bob.roundTrip());
    assertEquals(2_000_000, bob.estimate());
    assertEquals("excellent", bob.quality());
    assertEquals(4.98, bob.score(), 0.02);
    assertEquals(0, bob.lossReceived());
  }
}
