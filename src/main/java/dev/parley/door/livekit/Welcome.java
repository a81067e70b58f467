package dev.parley.door.livekit;

import dev.parley.door.livekit.model.ParticipantMessages;
import dev.parley.room.Topology;
import dev.parley.signal.IceServer;
import dev.parley.signal.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ServerInfo;
import livekit.LivekitRtc.ICEServer;
import livekit.LivekitRtc.JoinResponse;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.ParticipantUpdate;
import livekit.LivekitRtc.ReconnectResponse;
import livekit.LivekitRtc.RoomUpdate;
import livekit.LivekitRtc.SignalResponse;

/// The first messages a client gets: what it finds in the room.
final class Welcome {
  /// The protocol's revision whose features are there, as clients compare it.
  private static final String VERSION = "1.13.0";

  private static final int PROTOCOL = 16;

  /// Seconds between a client's pings, and how long it waits for an answer.
  private static final int PING_INTERVAL = 5;

  private static final int PING_TIMEOUT = 15;

  private final Standing standing;
  private final boolean subscriberFirst;

  /// @param subscriberFirst whether the server's offer makes the first connection
  Welcome(Standing standing, boolean subscriberFirst) {
    this.standing = standing;
    this.subscriberFirst = subscriberFirst;
  }

  List<SignalResponse> joined(Notice.Joined joined) {
    if (joined.topology() != Topology.SFU) {
      return Tellings.leave(DisconnectReason.JOIN_FAILURE, LeaveRequest.Action.DISCONNECT);
    }
    standing.begin(joined, Map.of());
    var join =
        JoinResponse.newBuilder()
            .setRoom(Tellings.room(standing))
            .setParticipant(ParticipantMessages.of(joined.self(), joined.tracks()))
            .addAllIceServers(servers(joined.iceServers()))
            .setSubscriberPrimary(subscriberFirst && joined.self().permissions().subscribe())
            .setPingInterval(PING_INTERVAL)
            .setPingTimeout(PING_TIMEOUT)
            .setServerInfo(server());
    for (var other : joined.participants()) {
      join.addOtherParticipants(ParticipantMessages.of(other, joined.tracks()));
    }
    return List.of(SignalResponse.newBuilder().setJoin(join).build());
  }

  List<SignalResponse> returned(Notice.Returned returned) {
    var now = returned.now();
    standing.begin(now, returned.announced());
    var all = ParticipantUpdate.newBuilder();
    all.addParticipants(ParticipantMessages.of(now.self(), now.tracks()));
    now.participants()
        .forEach(each -> all.addParticipants(ParticipantMessages.of(each, now.tracks())));
    var messages = new ArrayList<SignalResponse>();
    messages.add(
        SignalResponse.newBuilder()
            .setReconnect(
                ReconnectResponse.newBuilder()
                    .addAllIceServers(servers(now.iceServers()))
                    .setServerInfo(server())
                    .setLastMessageSeq((int) returned.lastData()))
            .build());
    messages.add(SignalResponse.newBuilder().setUpdate(all).build());
    messages.add(
        SignalResponse.newBuilder()
            .setRoomUpdate(RoomUpdate.newBuilder().setRoom(Tellings.room(standing)))
            .build());
    return messages;
  }

  private static ServerInfo server() {
    return ServerInfo.newBuilder()
        .setEdition(ServerInfo.Edition.Standard)
        .setVersion(VERSION)
        .setProtocol(PROTOCOL)
        .build();
  }

  private static List<ICEServer> servers(List<IceServer> servers) {
    return servers.stream()
        .map(
            each -> {
              var server = ICEServer.newBuilder().addAllUrls(each.urls());
              if (each.username() != null) {
                server.setUsername(each.username()).setCredential(each.credential());
              }
              return server.build();
            })
        .toList();
  }
}
