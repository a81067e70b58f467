package dev.parley.door.livekit;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.identity.Grant;
import dev.parley.identity.TokenRefused;
import dev.parley.identity.Tokens;
import dev.parley.media.DataMessage;
import dev.parley.media.SdpType;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.room.Access;
import dev.parley.room.RoomView;
import dev.parley.room.Rooms;
import dev.parley.room.Topology;
import dev.parley.signal.End;
import dev.parley.signal.Limits;
import dev.parley.signal.Notice;
import dev.parley.signal.ParticipantKind;
import dev.parley.signal.ParticipantView;
import dev.parley.socket.Frame;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.UserPacket;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.SessionDescription;
import livekit.LivekitRtc.SignalRequest;

/// Goes once through what a join needs, beside the start of the server, and throws it away: the
/// first touch of the protocol's classes takes a good part of a second, which would be the first
/// guest's otherwise. Nobody is told and nothing is made.
///
/// Protobuf touches memory in a way of which the JVM warns on the console once, past all logging
/// (JEP 498). A server says nothing but that it serves when it starts; so messages are rehearsed
/// only where it was started with the option that allows that.
@ApplicationScoped
public class Rehearsal {
  private static final Logger LOG = System.getLogger(Rehearsal.class.getName());
  private static final String ROOM = "rehearsal";
  private static final String ALLOWED = "--sun-misc-unsafe-memory-access=allow";

  private final Tokens tokens;
  private final Rooms rooms;

  /// For the container's proxy only.
  protected Rehearsal() {
    this(null, null);
  }

  @Inject
  public Rehearsal(Tokens tokens, Rooms rooms) {
    this.tokens = tokens;
    this.rooms = rooms;
  }

  /// Returns at once.
  void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
    Thread.ofVirtual().name("rehearsal").start(this::play);
  }

  private static boolean quiet() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().contains(ALLOWED);
  }

  private void play() {
    try {
      if (quiet()) {
        spoken();
      }
      Grant grant = Grant.join(ROOM, ROOM, ROOM, false, Instant.now().plus(Duration.ofMinutes(1)));
      tokens.verify(tokens.mint(grant));
      rooms.find(ROOM);
    } catch (TokenRefused | InvalidProtocolBufferException | RuntimeException e) {
      // Whoever comes first waits a little longer then.
      LOG.log(Level.DEBUG, "The rehearsal of a join failed", e);
    }
  }

  /// What a client writes and is told, in both encodings.
  ///
  /// @return octets and characters of all that it is told
  static int spoken() throws InvalidProtocolBufferException {
    var standing = new Standing();
    var tellings = new Tellings(standing, new Welcome(standing, true));
    var wishes = new Wishes(standing);
    heard(wishes);
    var notices =
        List.of(
            joined(),
            new Notice.Described(Wishes.OTHER, SdpType.OFFER, 1, "v=0\r\n", End.RECEIVING),
            new Notice.ParticipantChanged(participant("PA_other")));
    int octets = 0;
    for (Notice notice : notices) {
      for (var message : tellings.write(notice)) {
        for (var encoding : Encoding.values()) {
          octets += octets(encoding.frame(message));
        }
      }
    }
    var said = new DataMessage(PacketForm.RELIABLE, true, packet());
    return octets + PacketForm.INSTANCE.read(said).content().octets().length;
  }

  private static int octets(Frame frame) {
    return switch (frame) {
      case Frame.Binary(byte[] octets) -> octets.length;
      case Frame.Text(String text) -> text.length();
    };
  }

  private static void heard(Wishes wishes) throws InvalidProtocolBufferException {
    var offer = SessionDescription.newBuilder().setSdp("v=0\r\n").setType("offer");
    for (var message :
        List.of(
            SignalRequest.newBuilder().setAddTrack(AddTrackRequest.newBuilder().setCid("c")),
            SignalRequest.newBuilder().setOffer(offer))) {
      wishes.read(Encoding.read(message.build().toByteArray()));
    }
    wishes.read(Encoding.read("{\"pingReq\":{\"timestamp\":\"1\"}}"));
  }

  private static byte[] packet() {
    return DataPacket.newBuilder().setUser(UserPacket.newBuilder()).build().toByteArray();
  }

  private static Notice.Joined joined() {
    var room =
        new RoomView(
            new UUID(0, 0),
            ROOM,
            ROOM,
            2,
            Duration.ZERO,
            Topology.SFU,
            Access.MEMBERS,
            false,
            false);
    var camera =
        new TrackView("TR_", "PA_other", TrackKind.VIDEO, "camera", "VP8", false, List.of("q"));
    return new Notice.Joined(
        Wishes.OTHER,
        participant("PA_self"),
        "",
        room,
        List.of(participant("PA_other")),
        List.of(),
        Limits.DEFAULTS,
        Topology.SFU,
        List.of(camera));
  }

  private static ParticipantView participant(String id) {
    return new ParticipantView(
        id,
        id,
        id,
        false,
        false,
        false,
        false,
        false,
        false,
        null,
        Instant.EPOCH,
        true,
        ParticipantKind.PERSON);
  }
}
