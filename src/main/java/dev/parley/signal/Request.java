package dev.parley.signal;

import dev.parley.media.ChannelForm;
import dev.parley.media.Preference;
import dev.parley.media.SdpType;
import dev.parley.media.SourceView;
import dev.parley.media.TrackNote;
import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import java.util.List;
import java.util.Map;

/// What a client asks for. A `ref` is the client's own mark of a request in the door's spelling, or
/// null; the answer carries it back. Optional members that were not given are null.
public sealed interface Request {
  /// Where a description goes that is for the server's own end and for no participant.
  String SFU = "sfu";

  String ref();

  /// How many octets count as one message.
  int OCTETS = 65_536;

  /// How many messages it counts as for the rate, so that whoever sends long ones sends no more
  /// octets than others.
  default int messages() {
    return 1;
  }

  /// What concerns media that goes through the server.
  sealed interface OfMedia extends Request {}

  /// First message: in with the newcomer.
  ///
  /// @param token an access token, or null
  /// @param topology SFU where it can only use the server; or null
  record Join(
      String ref,
      String token,
      String name,
      Boolean audio,
      Boolean video,
      String metadata,
      Topology topology)
      implements Request {
    /// Wishes nothing of the topology.
    public Join(
        String ref, String token, String name, Boolean audio, Boolean video, String metadata) {
      this(ref, token, name, audio, video, metadata, null);
    }

    /// Leaves out the token, which must not reach a log.
    @Override
    public String toString() {
      return "Join[" + (token == null ? "guest" : "token") + "]";
    }
  }

  /// First message on a new socket: go on with a session whose socket was lost.
  ///
  /// @param session the secret of `joined`
  /// @param seen the last `seq` the client has seen
  record Resume(String ref, String session, long seen) implements Request {
    @Override
    public String toString() {
      return "Resume[" + seen + "]";
    }
  }

  /// First message on a new socket: go on as a participant whose socket was lost, for one who shows
  /// its token again. It is told everything anew.
  ///
  /// @param token an access token, or null: that of the handshake
  /// @param participant its id
  record Return(String ref, String token, String participant) implements Request {
    @Override
    public String toString() {
      return "Return[" + participant + "]";
    }
  }

  /// An offer, answer or candidate for one other participant.
  ///
  /// @param to the participant's id, or null for the only other one (classic)
  /// @param body the `sdp` or `candidate` as it was sent, in the door's spelling; null for a
  ///   good-bye
  /// @param whole the whole message as it was sent where a classic twin must get it unchanged, or
  ///   null
  record Relay(String ref, RelayKind kind, String to, String body, String whole)
      implements Request {}

  /// @param topology SFU where it can only use the server from now on, another where that is over;
  ///   or null
  record Update(
      String ref,
      String name,
      Boolean audio,
      Boolean video,
      Boolean screen,
      Boolean hand,
      String metadata,
      Topology topology)
      implements Request {
    /// Wishes nothing new of the topology.
    public Update(
        String ref,
        String name,
        Boolean audio,
        Boolean video,
        Boolean screen,
        Boolean hand,
        String metadata) {
      this(ref, name, audio, video, screen, hand, metadata, null);
    }
  }

  /// A participant's wish to be seen otherwise, which needs the permission; null leaves a thing as
  /// it is.
  ///
  /// @param attributes those that change; an empty value takes one away
  record UpdateSelf(String ref, String name, String metadata, Map<String, String> attributes)
      implements Request {
    public UpdateSelf {
      attributes = Map.copyOf(attributes);
    }
  }

  record Leave(String ref) implements Request {}

  /// @param seen the last `seq` the client has seen, or -1
  record Ping(String ref, long seen) implements Request {}

  /// @param reason a few words for the one who is removed, or null
  record Remove(String ref, String participant, String reason) implements Request {}

  /// A moderator's wish that somebody mutes.
  ///
  /// @param kind null where a track says it
  /// @param track that the server shall mute besides, or null
  record Mute(String ref, String participant, Medium kind, String track) implements Request {
    /// Names no track.
    public Mute(String ref, String participant, Medium kind) {
      this(ref, participant, kind, null);
    }
  }

  /// A description for the server's end.
  ///
  /// @param number of an offer: the client's count, or 0; of an answer: that of the server's offer
  /// @param end which of its ends; only the server offers on RECEIVING
  record Describe(
      String ref, SdpType type, long number, String sdp, List<SourceView> sources, End end)
      implements OfMedia {
    public Describe {
      sources = List.copyOf(sources);
    }

    /// For the one end that most have.
    public Describe(String ref, SdpType type, long number, String sdp, List<SourceView> sources) {
      this(ref, type, number, sdp, sources, End.MAIN);
    }

    @Override
    public int messages() {
      return 1 + sdp.length() / OCTETS;
    }

    /// Without the text, which holds the client's addresses.
    @Override
    public String toString() {
      return "Describe[" + type + ", " + number + "]";
    }
  }

  /// Has the server open a second end, to receive on; what follows on the first is for publishing.
  /// Comes before the first offer.
  ///
  /// @param automatic whether it gets every track without asking
  /// @param channels that the server opens there
  record Receive(String ref, boolean automatic, List<ChannelForm> channels) implements OfMedia {
    public Receive {
      channels = List.copyOf(channels);
    }
  }

  /// Its client alone offers, on the one end it has: [Notice.SectionsWanted] tells it when. Comes
  /// before the first offer.
  ///
  /// @param automatic whether it gets every track without asking
  record OfferAlone(String ref, boolean automatic) implements OfMedia {}

  /// Says what a track is before it is offered; answered by [Notice.Announced] with the id that its
  /// [SourceView#track] then has.
  ///
  /// @param source what it is of
  record Announce(String ref, String source, boolean muted, TrackNote note) implements OfMedia {}

  /// Says anew what a track of one's own is.
  record Renote(String ref, String track, TrackNote note) implements OfMedia {}

  /// Has the server offer new ICE credentials at the ends that it offers on, and say again what was
  /// not answered.
  record RestartIce(String ref) implements OfMedia {}

  /// Ends a track of one's own.
  record Unpublish(String ref, String track) implements OfMedia {}

  /// Mutes a track of one's own at the server, or unmutes it.
  record MuteTrack(String ref, String track, boolean muted) implements OfMedia {}

  record Subscribe(String ref, List<String> tracks, boolean wanted) implements OfMedia {
    public Subscribe {
      tracks = List.copyOf(tracks);
    }
  }

  record Pause(String ref, List<String> tracks, boolean paused) implements OfMedia {
    public Pause {
      tracks = List.copyOf(tracks);
    }
  }

  /// What one shows of tracks of others from now on.
  ///
  /// @param preferences by the track's id
  record TrackSettings(String ref, Map<String, Preference> preferences) implements OfMedia {
    public TrackSettings {
      preferences = Map.copyOf(preferences);
    }
  }

  /// Says to whom one's tracks may be sent from now on.
  record LimitAudience(String ref, Audience audience) implements OfMedia {}

  /// Ends the server's end of one's PeerConnection.
  record CloseMedia(String ref) implements OfMedia {}

  /// Something of the application's for the applications of others.
  ///
  /// @param to ids or identities of others, or null for all
  record Data(String ref, List<String> to, DataContent content) implements Request {
    public Data {
      to = to == null ? null : List.copyOf(to);
    }
  }

  record Lock(String ref, boolean locked) implements Request {}

  record Admit(String ref, String participant) implements Request {}

  record Deny(String ref, String participant) implements Request {}

  record Configure(String ref, RoomChange change) implements Request {}

  /// A message that is longer than it may be.
  ///
  /// @param ref null where it was not read at all
  record TooBig(String ref, int octets) implements Request {
    @Override
    public int messages() {
      return 1 + octets / OCTETS;
    }
  }

  /// What the door could not read as any of the others.
  ///
  /// @param message what was wrong, in our own words: never the input's
  /// @param fatal whether it was not of this protocol at all, so that the line is closed
  record Unreadable(String ref, String message, boolean fatal) implements Request {}
}
