package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.SfuCommand;
import dev.parley.room.RoomChange;
import dev.parley.signal.StewardRefused.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StewardTest {
  private final Stage stage = Stage.forwarding();
  private final Steward steward = stage.signaling.steward();

  private static void refuses(Reason reason, Executable call) {
    assertEquals(reason, assertThrows(StewardRefused.class, call).reason());
  }

  private static ParticipantChange name(String name) {
    return new ParticipantChange(name, null, null, null);
  }

  private static ParticipantChange permissions(boolean all, Set<String> sources) {
    return new ParticipantChange(
        null, null, null, new Permissions(all, all, all, sources, false, false, false, false));
  }

  @Test
  void seesTheHiddenTooButCountsThemNot() {
    var ann = stage.joined("ann");
    stage.joined("eve+hidden");
    stage.up("TR_1", ann);
    stage.up("TR_2", ann);
    var present = steward.attendance("r");
    assertEquals(
        List.of("ann", "eve"),
        present.participants().stream().map(ParticipantView::identity).toList());
    assertEquals(1, present.visible());
    assertEquals(1, present.publishers());
    assertEquals(Attendance.NOBODY, steward.attendance("nowhere"));
  }

  @Test
  void whoeverWaitsInTheLobbyCanBeRemovedAndNothingElse() throws Exception {
    stage.room(new RoomChange(null, null, null, null, null, true, null));
    stage.joined("mod+admin");
    var bob = stage.person();
    bob.join("bob");
    assertEquals(1, steward.attendance("r").participants().size());
    refuses(Reason.NO_PARTICIPANT, () -> steward.update("r", "bob", name("Bob")));
    steward.remove("r", "bob", "no");
    assertEquals(new Notice.Removed(Departure.REMOVED, "no"), bob.only(Notice.Removed.class));
    refuses(Reason.NO_PARTICIPANT, () -> steward.remove("r", "bob", null));
  }

  @Test
  void aChangeIsToldToAllAndToWhomItConcernsWithAVersionThatGrows() throws Exception {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    var first = steward.update("r", "bob", name("Bob"));
    var second =
        steward.update("r", "bob", new ParticipantChange(null, "m", Map.of("a", "1"), null));
    assertTrue(second.version() > first.version());
    assertEquals("Bob", second.name());
    for (var one : List.of(ann, bob)) {
      assertEquals(
          List.of(first, second),
          one.all(Notice.ParticipantChanged.class).stream()
              .map(Notice.ParticipantChanged::participant)
              .toList());
    }
  }

  @Test
  void whoeverIsHiddenLearnsItsChangeAlone() throws Exception {
    var ann = stage.joined("ann");
    var eve = stage.joined("eve+hidden");
    var changed = steward.update("r", "eve", name("Eve"));
    assertEquals(changed, eve.only(Notice.ParticipantChanged.class).participant());
    assertEquals(List.of(), ann.notices());
    assertTrue(changed.permissions().hidden());
  }

  @Test
  void theMediaHalfLearnsWhatSomebodyMayDoNow() throws Exception {
    var ann = stage.joined("ann");
    ann.connects();
    stage.joined("bob").connects();
    steward.update("r", "ann", permissions(true, Set.of("microphone")));
    steward.update("r", "ann", name("Ann"));
    var orders = stage.port.all(SfuCommand.ChangePolicy.class);
    assertEquals(1, orders.size());
    assertEquals(Set.of("microphone"), orders.getFirst().policy().sources());
    steward.update("r", "ann", permissions(false, Set.of()));
    var policy = stage.port.last(SfuCommand.ChangePolicy.class).policy();
    assertFalse(policy.publish());
    assertFalse(policy.subscribe());
    stage.up("TR_1", stage.joined("cat"));
    ann.clear();
    ann.says(new Request.Subscribe("1", List.of("TR_1"), true));
    ann.refusedWith(ErrorCode.SUBSCRIBE_NOT_ALLOWED);
    refuses(Reason.NOT_POSSIBLE, () -> steward.subscribe("r", "ann", List.of("TR_1"), true));
    steward.subscribe("r", "ann", List.of("TR_1"), false);
    assertFalse(stage.port.last(SfuCommand.Subscribe.class).wanted());
  }

  @Test
  void whoeverMayNoLongerSendDataIsRefused() throws Exception {
    var ann = stage.joined("ann");
    stage.joined("bob");
    ann.clear();
    steward.update("r", "ann", permissions(false, Set.of()));
    ann.clear();
    ann.says(new Request.Data("1", null, DataContent.text(null, "hi")));
    ann.refusedWith(ErrorCode.DATA_NOT_ALLOWED);
  }

  @Test
  void nobodyIsSentItsOwnTrack() {
    var ann = stage.joined("ann");
    ann.connects();
    stage.up("TR_1", ann);
    refuses(Reason.NO_TRACK, () -> steward.subscribe("r", "ann", List.of("TR_1"), true));
    refuses(Reason.NO_TRACK, () -> steward.mute("r", "ann", "TR_2"));
    assertEquals(List.of(), stage.port.all(SfuCommand.MuteTrack.class));
  }

  @Test
  void aRoomOutlivesItsLastParticipantOtherwiseThanItWaitsForTheFirst() {
    stage.room(RoomChange.wished(9, Duration.ofSeconds(60), Duration.ofSeconds(5), null));
    stage.signaling.expect(stage.rooms.find("r").orElseThrow());
    stage.pass(50_000);
    var ann = stage.joined("ann");
    ann.says(new Request.Leave(null));
    stage.pass(4_000);
    assertTrue(stage.rooms.find("r").isPresent());
    stage.pass(2_000);
    assertTrue(stage.rooms.find("r").isEmpty());
  }

  @Test
  void aRoomThatNobodyCameToWaitsItsEmptyTimeout() {
    stage.room(RoomChange.wished(9, Duration.ofSeconds(60), Duration.ofSeconds(5), null));
    stage.signaling.expect(stage.rooms.find("r").orElseThrow());
    stage.pass(59_000);
    assertTrue(stage.rooms.find("r").isPresent());
    stage.pass(2_000);
    assertTrue(stage.rooms.find("r").isEmpty());
  }

  @Test
  void aRoomWithoutDepartureTimeoutStaysOnceSomebodyWasThere() {
    stage.room(RoomChange.wished(9, Duration.ofSeconds(60), Duration.ZERO, null));
    stage.joined("ann").says(new Request.Leave(null));
    stage.pass(120_000);
    assertTrue(stage.rooms.find("r").isPresent());
  }

  @Test
  void aRoomThatGetsAnEmptyTimeoutWhileNobodyIsThereKeepsIt() throws Exception {
    stage.room(RoomChange.wished(9, Duration.ZERO, null, null));
    stage.pass(120_000);
    var change = RoomChange.wished(null, Duration.ofSeconds(60), null, null);
    stage.signaling.roomChanged(stage.rooms.change("r", change));
    stage.pass(59_000);
    assertTrue(stage.rooms.find("r").isPresent());
    stage.pass(2_000);
    assertTrue(stage.rooms.find("r").isEmpty());
  }
}
