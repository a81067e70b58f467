package dev.parley.door.livekit;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.media.ChannelForm;
import dev.parley.room.Topology;
import dev.parley.signal.Attachment;
import dev.parley.signal.CloseReason;
import dev.parley.signal.Line;
import dev.parley.signal.Notice;
import dev.parley.signal.Request;
import dev.parley.signal.Signaling;
import dev.parley.socket.Frame;
import dev.parley.socket.Outlet;
import dev.parley.socket.SocketLine;
import dev.parley.socket.Spelling;
import java.util.List;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.Pong;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SimulateScenario;
import livekit.LivekitRtc.SyncState;

/// One socket of a client: its messages become requests, notices its messages.
final class Caller implements Spelling, Line {
  /// What brings data to clients.
  private static final List<ChannelForm> CHANNELS =
      List.of(
          ChannelForm.reliable(PacketForm.RELIABLE),
          ChannelForm.lossy(PacketForm.LOSSY),
          ChannelForm.lossy("_data_track"));

  private final Signaling signaling;
  private final Arrival arrival;
  private final Standing standing = new Standing();
  private final Wishes wishes = new Wishes(standing);
  private final Tellings tellings;
  private final Refresher refresher;
  private final SocketLine line;
  private final boolean simulates;
  private final Attachment at;
  private volatile Encoding encoding = Encoding.PROTOBUF;

  /// @param room what the token is for
  /// @param simulates whether it plays what tests of SDKs ask for
  Caller(
      Signaling signaling,
      Outlet outlet,
      Arrival arrival,
      String room,
      Refresher refresher,
      boolean simulates) {
    this.simulates = simulates;
    this.signaling = signaling;
    this.arrival = arrival;
    this.refresher = refresher;
    this.tellings = new Tellings(standing, new Welcome(standing, !arrival.single()));
    this.line = new SocketLine(outlet, this, signaling.limits());
    this.at =
        signaling.open(
            new Attachment.Knock(
                room, arrival.host(), arrival.token(), false, true, PacketForm.INSTANCE),
            this);
  }

  /// Asks to be let in; comes back when that is decided.
  void enter() {
    if (arrival.returning() != null) {
      ask(new Request.Return(null, null, arrival.returning()));
      ask(new Request.RestartIce(Wishes.OTHER));
    } else {
      ask(new Request.Join(null, null, null, null, null, null, Topology.SFU));
      if (arrival.single()) {
        ask(new Request.OfferAlone(Wishes.OTHER, arrival.automatic()));
        arrival.join().getAddTrackRequestsList().forEach(wish -> ask(Wishes.add(wish)));
        if (arrival.join().hasPublisherOffer()) {
          ask(wishes.offer(arrival.join().getPublisherOffer()));
        }
      } else {
        ask(new Request.Receive(Wishes.OTHER, arrival.automatic(), CHANNELS));
      }
    }
  }

  private void ask(Request request) {
    signaling.receive(at, request);
  }

  /// Names of tracks are known at once: the next message of the client may need them.
  @Override
  public boolean send(Notice notice, long seq) {
    if (notice instanceof Notice.Announced announced) {
      standing.expect(announced);
    }
    return line.send(notice, seq);
  }

  @Override
  public void close(CloseReason reason) {
    line.close(reason);
  }

  @Override
  public void probe() {
    line.probe();
  }

  @Override
  public void flush() {
    line.flush();
  }

  @Override
  public List<Frame> spell(Notice notice, long seq) {
    var messages = tellings.write(notice);
    if (cannotStay(notice)) {
      ask(new Request.Leave(Wishes.OTHER));
    }
    var spelled = encoding;
    return messages.stream().map(spelled::frame).toList();
  }

  /// Nobody could tell this client that it is let in, or how to talk from peer to peer.
  private static boolean cannotStay(Notice notice) {
    return switch (notice) {
      case Notice.Waiting _ -> true;
      case Notice.Joined joined -> joined.topology() != Topology.SFU;
      default -> false;
    };
  }

  void text(String text) {
    encoding = Encoding.JSON;
    try {
      receive(Encoding.read(text), text.length());
    } catch (InvalidProtocolBufferException e) {
      unreadable();
    }
  }

  void binary(byte[] octets) {
    encoding = Encoding.PROTOBUF;
    try {
      receive(Encoding.read(octets), octets.length);
    } catch (InvalidProtocolBufferException e) {
      unreadable();
    }
  }

  private void unreadable() {
    signaling.receive(at, new Request.Unreadable(null, "no message of this protocol", true));
  }

  private void receive(SignalRequest message, int octets) {
    if (octets > signaling.most(at)) {
      signaling.receive(at, new Request.TooBig(null, octets));
      return;
    }
    var requests = wishes.read(message);
    if (requests.isEmpty()) {
      // It counts as a message all the same.
      ask(new Request.Ping(null, -1));
    }
    requests.forEach(this::ask);
    switch (message.getMessageCase()) {
      case PING -> say(SignalResponse.newBuilder().setPong(System.currentTimeMillis()).build());
      case PING_REQ -> ping(message);
      case SYNC_STATE -> synchronise(message.getSyncState());
      case SIMULATE -> simulate(message.getSimulate());
      default -> {}
    }
  }

  private void ping(SignalRequest message) {
    say(
        SignalResponse.newBuilder()
            .setPongResp(
                Pong.newBuilder()
                    .setLastPingTimestamp(message.getPingReq().getTimestamp())
                    .setTimestamp(System.currentTimeMillis()))
            .build());
    String fresh = standing.joined() ? refresher.fresh(standing.self()) : null;
    if (fresh != null) {
      say(SignalResponse.newBuilder().setRefreshToken(fresh).build());
    }
  }

  /// A client that has published what is not here (any more) begins anew.
  private void synchronise(SyncState state) {
    for (var published : state.getPublishTracksList()) {
      String track = published.getTrack().getSid();
      if (standing.track(track) == null && standing.expected(track) == null) {
        Tellings.leave(DisconnectReason.STATE_MISMATCH, LeaveRequest.Action.RECONNECT)
            .forEach(this::say);
        return;
      }
    }
  }

  private void simulate(SimulateScenario scenario) {
    if (!simulates || !standing.joined()) {
      return;
    }
    Simulation.play(scenario, standing.self().id()).forEach(this::say);
    if (Simulation.breaksOff(scenario)) {
      lose(CloseReason.FAILED);
    }
  }

  private void say(SignalResponse message) {
    line.say(encoding.frame(message), message.getSerializedSize());
  }

  void pong() {
    signaling.heard(at);
  }

  void lose(CloseReason reason) {
    signaling.lose(at, reason);
  }

  void gone() {
    line.gone();
    signaling.detached(at);
  }
}
