package dev.parley.door.livekit.api;

import static dev.parley.door.livekit.api.TwirpStage.message;
import static dev.parley.door.livekit.api.TwirpStage.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.parley.media.SfuCommand;
import dev.parley.signal.CloseReason;
import dev.parley.signal.DataContent;
import dev.parley.signal.Medium;
import dev.parley.signal.Notice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.ParticipantTracks;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitRoom.ListParticipantsRequest;
import livekit.LivekitRoom.ListParticipantsResponse;
import livekit.LivekitRoom.MuteRoomTrackRequest;
import livekit.LivekitRoom.MuteRoomTrackResponse;
import livekit.LivekitRoom.RoomParticipantIdentity;
import livekit.LivekitRoom.SendDataRequest;
import livekit.LivekitRoom.UpdateParticipantRequest;
import livekit.LivekitRoom.UpdateSubscriptionsRequest;
import org.junit.jupiter.api.Test;

class ParticipantMethodsTest {
  private final TwirpStage stage = new TwirpStage().room("r");
  private final TwirpStage.Person ann = stage.joins("r", "ann");
  private final TwirpStage.Person bob = stage.joins("r", "bob");

  private static RoomParticipantIdentity who(String identity) {
    return RoomParticipantIdentity.newBuilder().setRoom("r").setIdentity(identity).build();
  }

  private static UpdateParticipantRequest.Builder update(String identity) {
    return UpdateParticipantRequest.newBuilder().setRoom("r").setIdentity(identity);
  }

  private ParticipantInfo updated(UpdateParticipantRequest.Builder request) {
    return message(
        ParticipantInfo.getDefaultInstance(), stage.call("UpdateParticipant", request.build()));
  }

  private ParticipantInfo find(String identity) {
    return message(
        ParticipantInfo.getDefaultInstance(), stage.call("GetParticipant", who(identity)));
  }

  @Test
  void listsWhoIsInWithWhatTheyPublish() {
    ann.publishes("TR_1");
    stage.joins("r", "eve+hidden");
    var request = ListParticipantsRequest.newBuilder().setRoom("r").build();
    var all =
        message(
                ListParticipantsResponse.getDefaultInstance(),
                stage.call("ListParticipants", request))
            .getParticipantsList();
    assertEquals(
        List.of("ann", "bob", "eve"), all.stream().map(ParticipantInfo::getIdentity).toList());
    assertEquals(ann.id, all.get(0).getSid());
    assertEquals(ParticipantInfo.State.ACTIVE, all.get(0).getState());
    assertTrue(all.get(0).getIsPublisher());
    assertEquals("TR_1", all.get(0).getTracks(0).getSid());
    assertEquals(3, all.get(0).getTracks(0).getCodecs(0).getLayersCount());
    assertFalse(all.get(1).getIsPublisher());
    assertTrue(all.get(2).getPermission().getHidden());
    var nowhere = request.toBuilder().setRoom("nowhere").build();
    assertEquals(
        0,
        message(
                ListParticipantsResponse.getDefaultInstance(),
                stage.call("ListParticipants", nowhere))
            .getParticipantsCount());
  }

  @Test
  void findsOneByIdentityOrId() {
    assertEquals(bob.id, find("bob").getSid());
    assertEquals("bob", find(bob.id).getIdentity());
    refused(TwirpCode.NOT_FOUND, stage.call("GetParticipant", who("nobody")));
    refused(
        TwirpCode.NOT_FOUND,
        stage.call("GetParticipant", who("bob").toBuilder().setRoom("nowhere").build()));
  }

  @Test
  void removesSomebody() {
    assertEquals(200, stage.call("RemoveParticipant", who("bob")).status());
    assertEquals(CloseReason.REMOVED, bob.closed);
    assertEquals(bob.id, ann.last(Notice.ParticipantLeft.class).participant());
    refused(TwirpCode.NOT_FOUND, stage.call("RemoveParticipant", who("bob")));
  }

  @Test
  void mutesATrackAtTheServerAndAsksItsPublisher() {
    bob.publishes("TR_1");
    var request =
        MuteRoomTrackRequest.newBuilder()
            .setRoom("r")
            .setIdentity("bob")
            .setTrackSid("TR_1")
            .setMuted(true)
            .build();
    var muted =
        message(
                MuteRoomTrackResponse.getDefaultInstance(),
                stage.call("MutePublishedTrack", request))
            .getTrack();
    assertTrue(muted.getMuted());
    assertEquals("TR_1", muted.getSid());
    assertEquals(
        List.of(new SfuCommand.MuteTrack("r", "TR_1", true)),
        stage.port.all(SfuCommand.MuteTrack.class));
    assertEquals(new Notice.Mute(null, Medium.VIDEO, "TR_1"), bob.last(Notice.Mute.class));
    refused(
        TwirpCode.FAILED_PRECONDITION,
        stage.call("MutePublishedTrack", request.toBuilder().setMuted(false).build()));
    refused(
        TwirpCode.NOT_FOUND,
        stage.call("MutePublishedTrack", request.toBuilder().setIdentity("ann").build()));
    refused(
        TwirpCode.NOT_FOUND,
        stage.call("MutePublishedTrack", request.toBuilder().setTrackSid("TR_2").build()));
    assertEquals(1, stage.port.all(SfuCommand.MuteTrack.class).size());
  }

  @Test
  void changesWhatOthersSeeOfSomebodyAndTellsAll() {
    int before = find("bob").getVersion();
    var changed =
        updated(
            update("bob")
                .setName("Bob")
                .setMetadata("m")
                .putAttributes("a", "1")
                .putAttributes("b", "2"));
    assertEquals("Bob", changed.getName());
    assertEquals("m", changed.getMetadata());
    assertEquals(Map.of("a", "1", "b", "2"), changed.getAttributesMap());
    assertTrue(changed.getVersion() > before);
    for (var one : List.of(ann, bob)) {
      var told = one.last(Notice.ParticipantChanged.class).participant();
      assertEquals("Bob", told.name());
      assertEquals(Map.of("a", "1", "b", "2"), told.attributes());
    }
    var less = updated(update("bob").putAttributes("a", "").putAttributes("c", "3"));
    assertEquals(Map.of("b", "2", "c", "3"), less.getAttributesMap());
    assertEquals("Bob", less.getName());
    assertEquals("m", less.getMetadata());
  }

  @Test
  void whatSomebodyMayNoLongerDoEnds() {
    bob.connects();
    var permission =
        ParticipantPermission.newBuilder()
            .setCanSubscribe(true)
            .setCanPublish(true)
            .addCanPublishSources(TrackSource.MICROPHONE)
            .setHidden(true)
            .setCanUpdateMetadata(true);
    var changed = updated(update("bob").setPermission(permission)).getPermission();
    assertEquals(List.of(TrackSource.MICROPHONE), changed.getCanPublishSourcesList());
    assertFalse(changed.getCanPublishData());
    assertTrue(changed.getCanUpdateMetadata());
    assertFalse(changed.getHidden(), "hidden is decided when somebody comes");
    var order = stage.port.last(SfuCommand.ChangePolicy.class);
    assertEquals(Set.of("microphone"), order.policy().sources());
    assertTrue(order.policy().publish());
    updated(update("bob").setPermission(ParticipantPermission.getDefaultInstance()));
    order = stage.port.last(SfuCommand.ChangePolicy.class);
    assertFalse(order.policy().publish());
    assertFalse(order.policy().subscribe());
  }

  @Test
  void refusesWhatOthersCannotBeShown() {
    for (var bad :
        List.of(
            update("bob").setName("a\nb"),
            update("bob").setName("n".repeat(129)),
            update("bob").setMetadata("m".repeat(64_001)),
            update("bob").putAttributes("a", "ä".repeat(32_000)))) {
      refused(TwirpCode.INVALID_ARGUMENT, stage.call("UpdateParticipant", bad.build()));
    }
    refused(
        TwirpCode.NOT_FOUND,
        stage.call("UpdateParticipant", update("nobody").setName("n").build()));
    assertEquals(List.of(), ann.all(Notice.ParticipantChanged.class));
  }

  @Test
  void hasTracksSentToSomebodyOrNoMore() {
    bob.publishes("TR_1").publishes("TR_2");
    var request =
        UpdateSubscriptionsRequest.newBuilder()
            .setRoom("r")
            .setIdentity("ann")
            .addTrackSids("TR_1")
            .addParticipantTracks(
                ParticipantTracks.newBuilder().setParticipantSid(bob.id).addTrackSids("TR_2"))
            .build();
    refused(TwirpCode.FAILED_PRECONDITION, stage.call("UpdateSubscriptions", request));
    ann.connects();
    assertEquals(200, stage.call("UpdateSubscriptions", request).status());
    String peer = stage.port.last(SfuCommand.OpenPeer.class).peer();
    assertEquals(
        List.of(
            new SfuCommand.Subscribe("r", peer, "TR_1", false),
            new SfuCommand.Subscribe("r", peer, "TR_2", false)),
        stage.port.all(SfuCommand.Subscribe.class));
    var more = request.toBuilder().setSubscribe(true);
    assertEquals(200, stage.call("UpdateSubscriptions", more.build()).status());
    assertTrue(stage.port.last(SfuCommand.Subscribe.class).wanted());
    refused(
        TwirpCode.NOT_FOUND, stage.call("UpdateSubscriptions", more.addTrackSids("TR_3").build()));
    refused(
        TwirpCode.NOT_FOUND, stage.call("UpdateSubscriptions", more.setIdentity("nobody").build()));
  }

  @Test
  void sendsDataToAllOrToThoseWhoAreNamed() {
    var request =
        SendDataRequest.newBuilder()
            .setRoom("r")
            .setTopic("t")
            .setData(ByteString.copyFromUtf8("hello"));
    assertEquals(200, stage.call("SendData", request.build()).status());
    byte[] octets = "hello".getBytes(StandardCharsets.UTF_8);
    var told = new Notice.Data(null, false, DataContent.binary("t", false, octets));
    assertEquals(List.of(told), ann.all(Notice.Data.class));
    assertEquals(List.of(told), bob.all(Notice.Data.class));
    request.setKind(DataPacket.Kind.LOSSY).addDestinationIdentities("bob");
    request.addDestinationIdentities("nobody");
    assertEquals(200, stage.call("SendData", request.build()).status());
    assertEquals(
        new Notice.Data(null, true, DataContent.binary("t", true, octets)),
        bob.last(Notice.Data.class));
    assertEquals(1, ann.all(Notice.Data.class).size());
  }

  /// Whoever has lost the answer asks again, and nobody hears it twice.
  @Test
  void deliversWhatHasTheSameNonceOnce() {
    var request = SendDataRequest.newBuilder().setRoom("r").setData(ByteString.copyFromUtf8("a"));
    request.setNonce(ByteString.copyFromUtf8("0123456789abcdef"));
    for (int i = 0; i < 2; i++) {
      assertEquals(200, stage.call("SendData", request.build()).status());
    }
    assertEquals(1, ann.all(Notice.Data.class).size());
    request.setNonce(ByteString.copyFromUtf8("fedcba9876543210"));
    assertEquals(200, stage.call("SendData", request.build()).status());
    assertEquals(2, ann.all(Notice.Data.class).size());
    for (int i = 0; i < 2; i++) {
      request.clearNonce();
      assertEquals(200, stage.call("SendData", request.build()).status());
    }
    assertEquals(4, ann.all(Notice.Data.class).size(), "what has no nonce is always new");
    request.setNonce(ByteString.copyFrom(new byte[65]));
    refused(TwirpCode.INVALID_ARGUMENT, stage.call("SendData", request.build()));
  }

  @Test
  void refusesDataForNoRoomAndTooMuchOfIt() {
    var request = SendDataRequest.newBuilder().setRoom("nowhere");
    refused(TwirpCode.NOT_FOUND, stage.call("SendData", request.build()));
    request.setRoom("r").setData(ByteString.copyFrom(new byte[64_001]));
    refused(TwirpCode.INVALID_ARGUMENT, stage.call("SendData", request.build()));
    stage.room("empty");
    request.setRoom("empty").setData(ByteString.EMPTY);
    assertEquals(200, stage.call("SendData", request.build()).status());
  }
}
