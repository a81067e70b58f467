package dev.parley.door.livekit;

import java.util.List;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.SpeakerInfo;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SimulateScenario;
import livekit.LivekitRtc.SpeakersChanged;

/// What tests of SDKs ask a server to play to them; for developers' servers only.
final class Simulation {
  private Simulation() {}

  /// Whether the socket is to break off without a word.
  static boolean breaksOff(SimulateScenario scenario) {
    return switch (scenario.getScenarioCase()) {
      case NODE_FAILURE,
          MIGRATION,
          DISCONNECT_SIGNAL_ON_RESUME,
          DISCONNECT_SIGNAL_ON_RESUME_NO_MESSAGES ->
          true;
      default -> false;
    };
  }

  /// @param self the client's own id
  static List<SignalResponse> play(SimulateScenario scenario, String self) {
    return switch (scenario.getScenarioCase()) {
      case SPEAKER_UPDATE ->
          List.of(
              SignalResponse.newBuilder()
                  .setSpeakersChanged(
                      SpeakersChanged.newBuilder()
                          .addSpeakers(
                              SpeakerInfo.newBuilder().setSid(self).setActive(true).setLevel(0.9f)))
                  .build());
      case SERVER_LEAVE ->
          Tellings.leave(DisconnectReason.SERVER_SHUTDOWN, LeaveRequest.Action.DISCONNECT);
      case LEAVE_REQUEST_FULL_RECONNECT ->
          Tellings.leave(DisconnectReason.STATE_MISMATCH, LeaveRequest.Action.RECONNECT);
      default -> List.of();
    };
  }
}
