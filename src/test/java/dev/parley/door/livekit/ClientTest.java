package dev.parley.door.livekit;

import static dev.parley.door.livekit.DoorStage.camera;
import static dev.parley.door.livekit.DoorStage.offer;
import static dev.parley.door.livekit.DoorStage.section;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.HoldReason;
import dev.parley.media.PeerState;
import dev.parley.media.Preference;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SourceView;
import dev.parley.media.SpeakerView;
import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import dev.parley.signal.CloseReason;
import dev.parley.socket.Frame;
import java.util.List;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitModels.TrackType;
import livekit.LivekitModels.VideoLayer;
import livekit.LivekitModels.VideoQuality;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.JoinRequest;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.MuteTrackRequest;
import livekit.LivekitRtc.Ping;
import livekit.LivekitRtc.RequestResponse;
import livekit.LivekitRtc.SessionDescription;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.StreamState;
import livekit.LivekitRtc.SubscribedQuality;
import livekit.LivekitRtc.SyncState;
import livekit.LivekitRtc.TrackPublishedResponse;
import livekit.LivekitRtc.UpdateParticipantMetadata;
import livekit.LivekitRtc.UpdateSubscription;
import livekit.LivekitRtc.UpdateTrackSettings;
import org.junit.jupiter.api.Test;

class ClientTest {
  private final DoorStage stage = new DoorStage();

  private static SignalRequest.Builder message() {
    return SignalRequest.newBuilder();
  }

  private static AddTrackRequest.Builder wish(String cid) {
    return AddTrackRequest.newBuilder()
        .setCid(cid)
        .setName("face")
        .setType(TrackType.VIDEO)
        .setSource(TrackSource.CAMERA)
        .setWidth(1280)
        .setHeight(720)
        .addLayers(
            VideoLayer.newBuilder().setQuality(VideoQuality.LOW).setWidth(320).setHeight(180));
  }

  /// Someone publishes a camera through this door, and it is up.
  private String publishes(DoorStage.Client who, String cid) {
    who.says(message().setAddTrack(wish(cid)));
    String track = who.only(MessageCase.TRACK_PUBLISHED).getTrackPublished().getTrack().getSid();
    who.offers(7, offer(section("video", "0", cid)));
    var asked = stage.port.last(SfuCommand.Describe.class);
    stage.signaling.told(new SfuEvent.TrackUp("r", asked.peer(), "0", camera(track, who.sid)));
    return track;
  }

  @Test
  void aNewcomerIsToldTheRoomFirst() {
    var ann = stage.new Client(DoorStage.two("ann"));
    var join = ann.heard.getFirst().getJoin();
    assertEquals("r", join.getRoom().getName());
    assertTrue(join.getParticipant().getSid().startsWith("PA_"));
    assertTrue(join.getParticipant().getPermission().getCanPublish());
    assertTrue(join.getSubscriberPrimary());
    assertEquals("turn:host.test", join.getIceServers(0).getUrls(0));
    assertFalse(join.getServerInfo().getVersion().isEmpty());
  }

  @Test
  void theServerOffersDataChannelsAtOnceToWhoHasTwoConnections() {
    stage.in("ann");
    var open = stage.port.last(SfuCommand.OpenPeer.class);
    assertTrue(open.policy().data() && open.policy().offers() && !open.policy().publish());
    assertEquals(
        List.of("_reliable", "_lossy", "_data_track"),
        stage.port.all(SfuCommand.OpenChannel.class).stream().map(o -> o.form().label()).toList());
    stage.signaling.told(new SfuEvent.Described("r", open.peer(), 1, SdpType.OFFER, "the offer"));
  }

  @Test
  void whoHasOneConnectionIsAnsweredTheOfferOfItsAddress() {
    var join =
        JoinRequest.newBuilder()
            .setPublisherOffer(SessionDescription.newBuilder().setType("offer").setSdp("x"))
            .build();
    var ann = stage.new Client(DoorStage.one("ann", join));
    assertFalse(ann.only(MessageCase.JOIN).getJoin().getSubscriberPrimary());
    var policy = stage.port.last(SfuCommand.OpenPeer.class).policy();
    assertTrue(policy.asks() && policy.publish() && policy.subscribe() && !policy.offers());
    ann.answered(offer("m=video 9 X 96\r\na=mid:3\r\na=sendonly\r\na=msid:PA_x TR_y\r\n"));
    var answer = ann.only(MessageCase.ANSWER).getAnswer();
    assertEquals(0, answer.getId());
    assertEquals("TR_y", answer.getMidToTrackIdOrThrow("3"));
  }

  @Test
  void itIsToldWhichSectionsAreMissing() {
    var ann = stage.new Client(DoorStage.one("ann", JoinRequest.getDefaultInstance()));
    ann.offers(1, "x");
    String peer = stage.port.last(SfuCommand.OpenPeer.class).peer();
    stage.signaling.told(new SfuEvent.SectionsWanted("r", peer, 1, 2));
    var wanted = ann.only(MessageCase.MEDIA_SECTIONS_REQUIREMENT).getMediaSectionsRequirement();
    assertEquals(1, wanted.getNumAudios());
    assertEquals(2, wanted.getNumVideos());
  }

  @Test
  void aTrackHasItsNameBeforeItIsOffered() {
    var ann = stage.in("ann");
    var bob = stage.in("bob");
    ann.heard.clear();
    String track = publishes(ann, "cid-1");
    assertTrue(track.startsWith("TR_"));
    assertEquals(
        List.of(new SourceView("0", "camera", false, false, track)),
        stage.port.last(SfuCommand.Describe.class).sources());
    var info = bob.heard.getLast().getUpdate().getParticipants(0).getTracks(0);
    assertEquals(track, info.getSid());
    assertEquals("face", info.getName());
    assertEquals(1280, info.getWidth());
    assertEquals("video/VP8", info.getMimeType());
    assertEquals(VideoQuality.HIGH, info.getCodecs(0).getLayers(2).getQuality());
    ann.answered("answer");
    assertEquals(7, ann.only(MessageCase.ANSWER).getAnswer().getId());
  }

  /// Some browsers call a track otherwise in their description.
  @Test
  void aTrackOfAnotherNameIsTheFirstOfItsKind() {
    var ann = stage.in("ann");
    ann.says(message().setAddTrack(wish("cid-1")));
    String track = ann.only(MessageCase.TRACK_PUBLISHED).getTrackPublished().getTrack().getSid();
    ann.offers(1, offer(section("audio", "0", "other"), section("video", "1", "other")));
    assertEquals(
        List.of(new SourceView("1", "camera", false, false, track)),
        stage.port.last(SfuCommand.Describe.class).sources());
  }

  @Test
  void whatIsMutedBeforeItIsOfferedGoesUpMuted() {
    var ann = stage.in("ann");
    ann.says(message().setAddTrack(wish("cid-1")));
    String track = ann.only(MessageCase.TRACK_PUBLISHED).getTrackPublished().getTrack().getSid();
    ann.says(message().setMute(MuteTrackRequest.newBuilder().setSid(track).setMuted(true)));
    ann.offers(1, offer(section("video", "1", "cid-1")));
    assertTrue(stage.port.last(SfuCommand.Describe.class).sources().getFirst().muted());
  }

  @Test
  void tooManyTracksThatNeverComeAreRefused() {
    var ann = stage.in("ann");
    for (int i = 0; i <= 20; i++) {
      ann.says(message().setAddTrack(wish("cid-" + i)));
    }
    var refused = ann.only(MessageCase.REQUEST_RESPONSE).getRequestResponse();
    assertEquals(RequestResponse.Reason.LIMIT_EXCEEDED, refused.getReason());
    assertEquals("cid-20", refused.getAddTrack().getCid());
  }

  @Test
  void thePublisherLearnsThatItIsWatchedAndInWhichQualities() {
    var ann = stage.in("ann");
    stage.in("bob");
    String receiving = stage.port.last(SfuCommand.OpenPeer.class).peer();
    String track = publishes(ann, "cid-1");
    String sending = stage.port.last(SfuCommand.Describe.class).peer();
    stage.signaling.told(new SfuEvent.Subscribed("r", receiving, track, "s0"));
    stage.signaling.told(new SfuEvent.Subscribed("r", receiving, track, "s0"));
    assertEquals(track, ann.only(MessageCase.TRACK_SUBSCRIBED).getTrackSubscribed().getTrackSid());
    stage.signaling.told(
        new SfuEvent.LayersWanted("r", sending, track, "0", List.of("q", "h"), true));
    var update = ann.only(MessageCase.SUBSCRIBED_QUALITY_UPDATE).getSubscribedQualityUpdate();
    assertEquals("vp8", update.getSubscribedCodecs(0).getCodec());
    assertEquals(
        List.of(true, true, false),
        update.getSubscribedCodecs(0).getQualitiesList().stream()
            .map(SubscribedQuality::getEnabled)
            .toList());
  }

  @Test
  void whatIsShownOfATrackBecomesAPreference() {
    var ann = stage.in("ann");
    var bob = stage.in("bob");
    String track = publishes(ann, "cid-1");
    bob.says(message().setTrackSetting(wanted(track).setQuality(VideoQuality.LOW)));
    assertEquals(new Preference(320, 180, 0, 0), preference());
    bob.says(message().setTrackSetting(wanted(track).setWidth(200).setHeight(100).setFps(9)));
    assertEquals(new Preference(200, 100, 9, 0), preference());
    bob.says(message().setTrackSetting(wanted(track).setQuality(VideoQuality.HIGH)));
    assertEquals(Preference.ALL, preference());
    bob.says(message().setTrackSetting(wanted(track).setDisabled(true).setPriority(1)));
    assertEquals(new Preference(0, 0, 0, 255), preference());
  }

  private static UpdateTrackSettings.Builder wanted(String track) {
    return UpdateTrackSettings.newBuilder().addTrackSids(track);
  }

  private Preference preference() {
    return stage.port.last(SfuCommand.Prefer.class).preference();
  }

  @Test
  void aTrackThatIsGoneSpoilsNoSubscription() {
    var ann = stage.in("ann");
    var bob = stage.in("bob");
    String track = publishes(ann, "cid-1");
    bob.says(
        message()
            .setSubscription(
                UpdateSubscription.newBuilder().addTrackSids("TR_gone").addTrackSids(track)));
    assertEquals(
        List.of(track),
        stage.port.all(SfuCommand.Subscribe.class).stream().map(o -> o.track()).toList());
  }

  @Test
  void whoFallsSilentIsToldOnce() {
    var ann = stage.in("ann");
    stage.signaling.told(new SfuEvent.Speaking("r", List.of(new SpeakerView(ann.sid, 0.5))));
    stage.signaling.told(new SfuEvent.Speaking("r", List.of()));
    stage.signaling.told(new SfuEvent.Speaking("r", List.of()));
    assertEquals(
        List.of(true, false),
        ann.heard.stream().map(m -> m.getSpeakersChanged().getSpeakers(0).getActive()).toList());
  }

  @Test
  void aTrackThatIsHeldBackIsPaused() {
    var ann = stage.in("ann");
    stage.in("bob");
    String receiving = stage.port.last(SfuCommand.OpenPeer.class).peer();
    String track = publishes(ann, "cid-1");
    var bob = stage.in("carl");
    stage.signaling.told(
        new SfuEvent.StreamStateChanged(
            "r", stage.port.last(SfuCommand.OpenPeer.class).peer(), track, HoldReason.BANDWIDTH));
    var state = bob.only(MessageCase.STREAM_STATE_UPDATE).getStreamStateUpdate();
    assertEquals(StreamState.PAUSED, state.getStreamStates(0).getState());
    assertEquals(ann.sid, state.getStreamStates(0).getParticipantSid());
    assertFalse(receiving.isEmpty());
  }

  @Test
  void pingsAreAnsweredAndATokenIsRefreshed() {
    var ann = stage.in("ann");
    ann.says(message().setPing(1));
    ann.says(message().setPingReq(Ping.newBuilder().setTimestamp(5)));
    ann.says(message().setPingReq(Ping.newBuilder().setTimestamp(6)));
    assertEquals(
        List.of(
            MessageCase.PONG,
            MessageCase.PONG_RESP,
            MessageCase.REFRESH_TOKEN,
            MessageCase.PONG_RESP),
        ann.cases());
    assertEquals(5, ann.heard.get(1).getPongResp().getLastPingTimestamp());
    assertEquals("fresh " + (stage.now / 1000 + 600), ann.heard.get(2).getRefreshToken());
  }

  @Test
  void aClientIsAnsweredInWhatItWroteLast() {
    var ann = stage.in("ann");
    ann.frames.clear();
    ann.caller.text("{\"ping\": \"3\", \"unheardOf\": 1}");
    assertInstanceOf(Frame.Text.class, ann.frames.getLast());
    ann.says(message().setPing(1));
    assertInstanceOf(Frame.Binary.class, ann.frames.getLast());
  }

  @Test
  void whatIsNoMessageEndsTheSocket() {
    var ann = stage.in("ann");
    ann.caller.binary(new byte[] {-1, -1, -1});
    assertEquals(CloseReason.BAD_REQUEST, ann.closed);
    var bob = stage.in("bob");
    bob.caller.text("{");
    assertEquals(CloseReason.BAD_REQUEST, bob.closed);
  }

  @Test
  void theSameIdentityTakesThePlace() {
    var first = stage.in("ann");
    stage.in("ann");
    var leave = first.only(MessageCase.LEAVE).getLeave();
    assertEquals(DisconnectReason.DUPLICATE_IDENTITY, leave.getReason());
    assertEquals(LeaveRequest.Action.DISCONNECT, leave.getAction());
    assertEquals(CloseReason.REPLACED, first.closed);
  }

  @Test
  void whoLeavesIsDisconnectedToTheOthers() {
    var ann = stage.in("ann");
    var bob = stage.in("bob");
    ann.heard.clear();
    bob.says(message().setLeave(LeaveRequest.getDefaultInstance()));
    var gone = ann.only(MessageCase.UPDATE).getUpdate().getParticipants(0);
    assertEquals(ParticipantInfo.State.DISCONNECTED, gone.getState());
    assertEquals("bob", gone.getIdentity());
    assertEquals(CloseReason.LEFT, bob.closed);
  }

  @Test
  void whoComesBackIsToldEverythingAnewAndOfferedAgainWhatItHasNotAnswered() {
    var ann = stage.in("ann");
    stage.in("bob");
    ann.says(message().setAddTrack(wish("cid-1")));
    String peer = stage.port.all(SfuCommand.OpenPeer.class).getFirst().peer();
    ann.caller.gone();
    stage.signaling.told(new SfuEvent.Described("r", peer, 1, SdpType.OFFER, "the offer"));
    var back = stage.new Client(DoorStage.again("ann", ann.sid));
    assertEquals(
        List.of(
            MessageCase.RECONNECT, MessageCase.UPDATE, MessageCase.ROOM_UPDATE, MessageCase.OFFER),
        back.cases());
    assertEquals(2, back.only(MessageCase.UPDATE).getUpdate().getParticipantsCount());
    assertEquals("the offer", back.only(MessageCase.OFFER).getOffer().getSdp());
    assertEquals(peer, stage.port.last(SfuCommand.OfferIceRestart.class).peer());
    back.offers(2, offer(section("video", "0", "cid-1")));
    assertEquals(1, stage.port.last(SfuCommand.Describe.class).sources().size());
  }

  @Test
  void whoIsNotThereAnyMoreBeginsAnew() {
    var ann = stage.in("ann");
    for (var arrival :
        List.of(DoorStage.again("ann", "PA_unknown"), DoorStage.again("bob", ann.sid))) {
      var back = stage.new Client(arrival);
      var leave = back.only(MessageCase.LEAVE).getLeave();
      assertEquals(LeaveRequest.Action.RECONNECT, leave.getAction());
      assertEquals(DisconnectReason.STATE_MISMATCH, leave.getReason());
    }
  }

  @Test
  void whoHasPublishedWhatIsNotHereBeginsAnew() {
    var ann = stage.in("ann");
    var lost =
        TrackPublishedResponse.newBuilder().setTrack(TrackInfo.newBuilder().setSid("TR_lost"));
    ann.says(message().setSyncState(SyncState.newBuilder().addPublishTracks(lost)));
    assertEquals(LeaveRequest.Action.RECONNECT, ann.only(MessageCase.LEAVE).getLeave().getAction());
  }

  @Test
  void whoseConnectionIsGoneBeginsAnew() {
    var ann = stage.in("ann");
    String peer = stage.port.last(SfuCommand.OpenPeer.class).peer();
    stage.signaling.told(new SfuEvent.PeerChanged("r", peer, PeerState.CLOSED, "consent"));
    assertEquals(LeaveRequest.Action.RECONNECT, ann.only(MessageCase.LEAVE).getLeave().getAction());
  }

  @Test
  void aClientNeitherWaitsNorTalksFromPeerToPeer() throws Exception {
    stage.rooms.create("r", new RoomChange(null, 9, null, Topology.MESH, null, null, null));
    var ann = stage.new Client(DoorStage.two("ann"));
    assertEquals(List.of(MessageCase.LEAVE), ann.cases());
    assertEquals(CloseReason.LEFT, ann.closed);
    assertEquals(List.of(), stage.signaling.present("r"));
  }

  @Test
  void whoMayNotChangeItselfIsToldSo() {
    var ann = stage.in("ann");
    ann.says(
        message()
            .setUpdateMetadata(
                UpdateParticipantMetadata.newBuilder().setRequestId(9).setMetadata("m")));
    var refused = ann.only(MessageCase.REQUEST_RESPONSE).getRequestResponse();
    assertEquals(9, refused.getRequestId());
    assertEquals(RequestResponse.Reason.NOT_ALLOWED, refused.getReason());
  }
}
