package dev.parley.door.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.parley.identity.Grant;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.signal.CloseReason;
import dev.parley.signal.IceServer;
import dev.parley.signal.Ids;
import dev.parley.signal.Limits;
import dev.parley.signal.RecordedPort;
import dev.parley.signal.RoomsInMemory;
import dev.parley.signal.Signaling;
import dev.parley.socket.Frame;
import dev.parley.socket.Outlet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import livekit.LivekitRtc.JoinRequest;
import livekit.LivekitRtc.SessionDescription;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;

/// The door with signaling behind it, in virtual time, and clients at it.
final class DoorStage {
  final RoomsInMemory rooms = new RoomsInMemory();
  final RecordedPort port = new RecordedPort(true);
  long now = 1_700_000_000_000L;
  final Signaling signaling =
      new Signaling(
          rooms,
          Limits.DEFAULTS,
          (host, identity) -> List.of(new IceServer(List.of("turn:" + host), identity, "word")),
          port,
          () -> now,
          new Ids(new Random(1)),
          Runnable::run);

  static Arrival two(String token) {
    return new Arrival(token, "host.test", true, null, null);
  }

  static Arrival one(String token, JoinRequest join) {
    return new Arrival(token, "host.test", true, null, join);
  }

  static Arrival again(String token, String participant) {
    return new Arrival(token, "host.test", true, participant, null);
  }

  /// Someone who is in, told of nothing but what comes from now on.
  Client in(String token) {
    var client = new Client(two(token));
    assertEquals(SignalResponse.MessageCase.JOIN, client.heard.getFirst().getMessageCase());
    client.sid = client.heard.getFirst().getJoin().getParticipant().getSid();
    client.heard.clear();
    return client;
  }

  static String offer(String... sections) {
    return "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n" + String.join("", sections);
  }

  static String section(String kind, String mid, String cid) {
    return "m=%s 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:%s\r\na=sendonly\r\na=msid:s %s\r\n"
        .formatted(kind, mid, cid);
  }

  /// A camera in three layers, of which its publisher said nothing.
  static TrackView camera(String id, String participant) {
    return new TrackView(
        id, participant, TrackKind.VIDEO, "camera", "VP8", false, List.of("q", "h", "f"));
  }

  /// One socket and what came over it.
  final class Client implements Outlet {
    final List<SignalResponse> heard = new ArrayList<>();
    final List<Frame> frames = new ArrayList<>();
    final Caller caller;
    String sid;
    CloseReason closed;

    Client(Arrival arrival) {
      var grant = Grant.join("x", "x", "r", false, Instant.ofEpochMilli(now));
      var refresher =
          new Refresher(
              mine -> "fresh " + mine.expires().getEpochSecond(),
              () -> Instant.ofEpochMilli(now),
              grant);
      caller = new Caller(signaling, this, arrival, "r", refresher, true);
      caller.enter();
    }

    @Override
    public void send(Frame frame, Done done) {
      frames.add(frame);
      heard.add(read(frame));
      done.sent(true);
    }

    private static SignalResponse read(Frame frame) {
      try {
        return switch (frame) {
          case Frame.Binary(byte[] octets) -> SignalResponse.parseFrom(octets);
          case Frame.Text(String text) -> {
            var message = SignalResponse.newBuilder();
            JsonFormat.parser().merge(text, message);
            yield message.build();
          }
        };
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }

    void says(SignalRequest.Builder message) {
      caller.binary(message.build().toByteArray());
    }

    void offers(int id, String sdp) {
      says(
          SignalRequest.newBuilder()
              .setOffer(SessionDescription.newBuilder().setType("offer").setSdp(sdp).setId(id)));
    }

    /// The media half answers the last offer.
    void answered(String sdp) {
      var asked = port.last(SfuCommand.Describe.class);
      signaling.told(
          new SfuEvent.Described("r", asked.peer(), asked.number(), SdpType.ANSWER, sdp));
    }

    SignalResponse only(SignalResponse.MessageCase what) {
      var found = heard.stream().filter(each -> each.getMessageCase() == what).toList();
      assertEquals(1, found.size(), () -> what + " in " + heard);
      return found.getFirst();
    }

    List<SignalResponse.MessageCase> cases() {
      return heard.stream().map(SignalResponse::getMessageCase).toList();
    }

    @Override
    public void ping() {}

    @Override
    public void takes(int octets) {}

    @Override
    public void close(CloseReason reason) {
      closed = reason;
      caller.gone();
    }

    @Override
    public void later(Runnable task, long millis) {}
  }
}
