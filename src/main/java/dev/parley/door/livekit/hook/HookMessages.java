package dev.parley.door.livekit.hook;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.parley.room.HookKind;
import dev.parley.room.HookText;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitWebhook.WebhookEvent;

/// Events as `livekit.WebhookEvent`, protobuf's JSON; infos are `Room`, `ParticipantInfo` and
/// `TrackInfo`, likewise.
@ApplicationScoped
public class HookMessages implements HookText {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  @Override
  public String event(
      HookKind kind, String id, Instant at, String room, String participant, String track) {
    var event =
        WebhookEvent.newBuilder()
            .setEvent(kind.label())
            .setId(id)
            .setCreatedAt(at.getEpochSecond())
            .setRoom(read(room, Room.newBuilder()));
    if (participant != null) {
      event.setParticipant(read(participant, ParticipantInfo.newBuilder()));
    }
    if (track != null) {
      event.setTrack(read(track, TrackInfo.newBuilder()));
    }
    return text(event);
  }

  @Override
  public String interrupted(String participant) {
    return text(
        read(participant, ParticipantInfo.newBuilder())
            .clearTracks()
            .setIsPublisher(false)
            .setState(ParticipantInfo.State.DISCONNECTED)
            .setDisconnectReason(DisconnectReason.SERVER_SHUTDOWN));
  }

  @Override
  public String deserted(String room) {
    return text(read(room, Room.newBuilder()).setNumParticipants(0).setNumPublishers(0));
  }

  /// A message as an info.
  static String text(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no JSON can be made of " + message.getClass(), e);
    }
  }

  private static <B extends Message.Builder> B read(String info, B into) {
    try {
      PARSER.merge(info, into);
      return into;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a stored info is not what was written", e);
    }
  }
}
