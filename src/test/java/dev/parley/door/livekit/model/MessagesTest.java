package dev.parley.door.livekit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Encryption;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.room.Access;
import dev.parley.room.RoomView;
import dev.parley.room.Topology;
import dev.parley.signal.Departure;
import dev.parley.signal.ParticipantKind;
import dev.parley.signal.ParticipantView;
import dev.parley.signal.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitModels.TrackType;
import livekit.LivekitModels.VideoLayer;
import livekit.LivekitModels.VideoQuality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678901Z");

  private static RoomView room(UUID id) {
    return new RoomView(
        id,
        "r",
        "Title",
        7,
        Duration.ofSeconds(60),
        Topology.AUTO,
        Access.MEMBERS,
        false,
        false,
        Encryption.ALLOWED,
        Duration.ofSeconds(5),
        "m",
        THEN);
  }

  private static ParticipantView who(ParticipantKind kind, Permissions may) {
    return new ParticipantView(
        "PA_1",
        "ann",
        "Ann",
        false,
        false,
        true,
        true,
        false,
        false,
        null,
        THEN,
        true,
        kind,
        Map.of("a", "1"),
        may,
        3);
  }

  private static TrackView track(TrackKind kind, String source, String codec, String... rids) {
    return new TrackView("TR_1", "PA_1", kind, source, codec, false, List.of(rids));
  }

  @Test
  void aRoomSaysAllThatIsKnownOfIt() {
    var message = RoomMessages.of(room(UUID.randomUUID()), 3, 2);
    assertEquals("r", message.getName());
    assertEquals(60, message.getEmptyTimeout());
    assertEquals(5, message.getDepartureTimeout());
    assertEquals(7, message.getMaxParticipants());
    assertEquals("m", message.getMetadata());
    assertEquals(3, message.getNumParticipants());
    assertEquals(2, message.getNumPublishers());
    assertEquals(THEN.getEpochSecond(), message.getCreationTime());
    assertEquals(THEN.toEpochMilli(), message.getCreationTimeMs());
  }

  @Test
  void aRoomOfTheSameNameThatIsMadeLaterHasAnotherId() {
    var id = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");
    assertTrue(RoomMessages.sid(room(id)).matches("RM_[0-9a-z]+"));
    assertEquals(RoomMessages.sid(room(id)), RoomMessages.sid(room(id)));
    assertNotEquals(RoomMessages.sid(room(id)), RoomMessages.sid(room(UUID.randomUUID())));
  }

  @Test
  void aParticipantSaysAllThatIsKnownOfIt() {
    var other = new TrackView("TR_2", "PA_2", TrackKind.AUDIO, null, null, false, List.of());
    var message =
        ParticipantMessages.of(
            who(ParticipantKind.PERSON, Permissions.ORDINARY),
            List.of(other, track(TrackKind.AUDIO, "microphone", "opus")));
    assertEquals("PA_1", message.getSid());
    assertEquals("ann", message.getIdentity());
    assertEquals("Ann", message.getName());
    assertEquals("", message.getMetadata());
    assertEquals(Map.of("a", "1"), message.getAttributesMap());
    assertEquals(3, message.getVersion());
    assertEquals(THEN.getEpochSecond(), message.getJoinedAt());
    assertEquals(ParticipantInfo.State.ACTIVE, message.getState());
    assertEquals(1, message.getTracksCount());
    assertTrue(message.getIsPublisher());
    assertTrue(message.getPermission().getCanPublish());
  }

  @ParameterizedTest
  @CsvSource({
    "PERSON, false, false, STANDARD",
    "VIEWER, false, false, STANDARD",
    "ENCODER, false, false, INGRESS",
    "PERSON, true, false, EGRESS",
    "PERSON, false, true, AGENT"
  })
  void aParticipantIsOfAKind(
      ParticipantKind kind, boolean recorder, boolean agent, ParticipantInfo.Kind expected) {
    var may = new Permissions(true, true, true, Set.of(), false, false, recorder, agent);
    assertEquals(expected, ParticipantMessages.of(who(kind, may), List.of()).getKind());
  }

  @ParameterizedTest
  @EnumSource(Departure.class)
  void whoeverIsOutIsDisconnectedWithAReasonAndANewVersion(Departure why) {
    var message = ParticipantMessages.gone(who(ParticipantKind.PERSON, Permissions.ORDINARY), why);
    assertEquals(ParticipantInfo.State.DISCONNECTED, message.getState());
    assertEquals(4, message.getVersion());
    assertNotEquals(DisconnectReason.UNKNOWN_REASON, message.getDisconnectReason());
  }

  @Test
  void permissionsComeBackAsTheyWent() {
    var may =
        new Permissions(true, false, true, Set.of("screen", "microphone"), true, true, true, true);
    assertEquals(may, ParticipantMessages.permissions(ParticipantMessages.permission(may)));
    assertEquals(
        List.of(TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE),
        ParticipantMessages.permission(may).getCanPublishSourcesList());
  }

  @ParameterizedTest
  @EnumSource(
      value = TrackSource.class,
      names = {"CAMERA", "MICROPHONE", "SCREEN_SHARE", "SCREEN_SHARE_AUDIO"})
  void sourcesComeBackAsTheyWent(TrackSource source) {
    assertEquals(source, TrackMessages.source(TrackMessages.word(source)));
  }

  @Test
  void aTrackSaysAllThatIsKnownOfIt() {
    var message = TrackMessages.of(track(TrackKind.VIDEO, "camera", "VP8", "q", "h", "f"));
    assertEquals("TR_1", message.getSid());
    assertEquals(TrackType.VIDEO, message.getType());
    assertEquals(TrackSource.CAMERA, message.getSource());
    assertEquals("video/VP8", message.getMimeType());
    assertEquals("camera", message.getStream());
    assertEquals(
        List.of(VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH),
        message.getCodecs(0).getLayersList().stream().map(VideoLayer::getQuality).toList());
    assertEquals(
        "audio/opus", TrackMessages.of(track(TrackKind.AUDIO, "microphone", "opus")).getMimeType());
  }

  @ParameterizedTest
  @CsvSource({"0, 1, HIGH", "0, 2, LOW", "1, 2, MEDIUM", "0, 3, LOW", "1, 3, MEDIUM", "2, 3, HIGH"})
  void ofLayersWithOtherNamesTheOrderCounts(int index, int layers, VideoQuality expected) {
    assertEquals(expected, TrackMessages.quality("r" + index, index, layers));
  }
}
