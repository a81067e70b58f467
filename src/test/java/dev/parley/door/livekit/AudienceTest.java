package dev.parley.door.livekit;

import static dev.parley.door.livekit.DoorStage.camera;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.SubscriptionPermission;
import livekit.LivekitRtc.SubscriptionPermissionUpdate;
import livekit.LivekitRtc.TrackPermission;
import org.junit.jupiter.api.Test;

/// Whom a publisher lets subscribe.
class AudienceTest {
  private final DoorStage stage = new DoorStage();

  private static SubscriptionPermissionUpdate update(String who, String track, boolean allowed) {
    return SubscriptionPermissionUpdate.newBuilder()
        .setParticipantSid(who)
        .setTrackSid(track)
        .setAllowed(allowed)
        .build();
  }

  private static void permits(DoorStage.Client who, TrackPermission.Builder... some) {
    var permission = SubscriptionPermission.newBuilder();
    for (var each : some) {
      permission.addTrackPermissions(each);
    }
    who.says(SignalRequest.newBuilder().setSubscriptionPermission(permission));
  }

  private void publishes(DoorStage.Client who, String track) {
    var peer = "the one that " + who.sid + " has";
    stage.signaling.told(new SfuEvent.TrackUp("r", peer, "0", camera(track, who.sid)));
  }

  /// What the last order about policies says of whom is sent some tracks only.
  private Map<String, Set<String>> ordered() {
    return stage.port.last(SfuCommand.ChangePolicy.class).policy().only();
  }

  @Test
  void whoIsNotAllowedLosesTracksAndGetsThemAgain() {
    var anna = stage.in("anna");
    var bert = stage.in("bert");
    publishes(anna, "TR_1");
    permits(anna);
    assertEquals(Map.of(anna.sid, Set.of()), ordered());
    assertEquals(
        update(anna.sid, "TR_1", false),
        bert.only(MessageCase.SUBSCRIPTION_PERMISSION_UPDATE).getSubscriptionPermissionUpdate());
    bert.heard.clear();
    permits(anna, TrackPermission.newBuilder().setParticipantIdentity("bert").setAllTracks(true));
    assertEquals(Map.of(), ordered());
    assertEquals(
        update(anna.sid, "TR_1", true),
        bert.only(MessageCase.SUBSCRIPTION_PERMISSION_UPDATE).getSubscriptionPermissionUpdate());
  }

  @Test
  void whoComesLaterGetsWhatIsForItOnly() {
    var anna = stage.in("anna");
    publishes(anna, "TR_1");
    permits(
        anna,
        TrackPermission.newBuilder().setParticipantIdentity("bert").addTrackSids("TR_1"),
        TrackPermission.newBuilder().setParticipantIdentity("cora").addTrackSids("TR_2"));
    var bert = stage.new Client(DoorStage.two("bert"));
    assertEquals(
        Map.of(anna.sid, Set.of("TR_1")),
        stage.port.last(SfuCommand.OpenPeer.class).policy().only());
    assertEquals(0, updates(bert).size());
    var cora = stage.new Client(DoorStage.two("cora"));
    assertEquals(List.of(update(anna.sid, "TR_1", false)), updates(cora));
    publishes(anna, "TR_2");
    assertEquals(List.of(update(anna.sid, "TR_2", false)), updates(bert));
    assertEquals(1, updates(cora).size());
  }

  private static List<SubscriptionPermissionUpdate> updates(DoorStage.Client who) {
    return who.heard.stream()
        .filter(each -> each.getMessageCase() == MessageCase.SUBSCRIPTION_PERMISSION_UPDATE)
        .map(each -> each.getSubscriptionPermissionUpdate())
        .toList();
  }
}
