package dev.parley.door.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.signal.CloseReason;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import org.junit.jupiter.api.Test;

/// What clients are told when it is over for all.
class EndingTest {
  private final DoorStage stage = new DoorStage();

  private static LeaveRequest leave(
      DisconnectReason why, LeaveRequest.Action action, boolean again) {
    return LeaveRequest.newBuilder()
        .setReason(why)
        .setAction(action)
        .setCanReconnect(again)
        .build();
  }

  @Test
  void whoIsInWhenTheServerStopsComesBackByItself() {
    var anna = stage.in("anna");
    var bert = stage.in("bert");
    stage.signaling.stop();
    for (var each : new DoorStage.Client[] {anna, bert}) {
      assertEquals(
          leave(DisconnectReason.SERVER_SHUTDOWN, LeaveRequest.Action.RECONNECT, true),
          each.only(MessageCase.LEAVE).getLeave());
      assertEquals(CloseReason.CLOSED, each.closed);
    }
  }

  @Test
  void whoIsInWhenTheRoomIsDeletedStaysAway() {
    var anna = stage.in("anna");
    stage.signaling.closeRoom("r");
    assertEquals(
        leave(DisconnectReason.ROOM_DELETED, LeaveRequest.Action.DISCONNECT, false),
        anna.only(MessageCase.LEAVE).getLeave());
  }
}
