package dev.parley.door.livekit;

import dev.parley.signal.ErrorCode;
import dev.parley.signal.Notice;
import java.util.List;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.RequestResponse;
import livekit.LivekitRtc.SignalResponse;

/// What clients are told that was refused to them.
final class Refusals {
  private Refusals() {}

  /// @param joined whether the client is in already
  static List<SignalResponse> write(Notice.Error error, boolean joined) {
    String ref = error.ref() == null ? Wishes.OTHER : error.ref();
    if (!joined) {
      return error.code() == ErrorCode.RESUME_FAILED
          ? Tellings.leave(DisconnectReason.STATE_MISMATCH, LeaveRequest.Action.RECONNECT)
          : Tellings.leave(DisconnectReason.JOIN_FAILURE, LeaveRequest.Action.DISCONNECT);
    }
    var response =
        RequestResponse.newBuilder().setReason(reason(error.code())).setMessage(error.message());
    if (ref.startsWith(Wishes.ADD)) {
      String cid = ref.substring(Wishes.ADD.length());
      response.setAddTrack(AddTrackRequest.newBuilder().setCid(cid));
    } else if (ref.startsWith(Wishes.METADATA)) {
      response.setRequestId(Integer.parseUnsignedInt(ref.substring(Wishes.METADATA.length())));
    } else {
      return List.of();
    }
    return List.of(SignalResponse.newBuilder().setRequestResponse(response).build());
  }

  private static RequestResponse.Reason reason(ErrorCode code) {
    return switch (code) {
      case NOT_ALLOWED, PUBLISH_NOT_ALLOWED, SUBSCRIBE_NOT_ALLOWED ->
          RequestResponse.Reason.NOT_ALLOWED;
      case TOO_MANY_TRACKS, RATE_LIMITED -> RequestResponse.Reason.LIMIT_EXCEEDED;
      case TRACK_NOT_FOUND, PARTICIPANT_NOT_FOUND -> RequestResponse.Reason.NOT_FOUND;
      default -> RequestResponse.Reason.UNCLASSIFIED_ERROR;
    };
  }
}
