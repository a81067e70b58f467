package dev.parley.signal;

import dev.parley.media.HoldReason;
import dev.parley.media.OverloadStep;
import dev.parley.media.PeerState;
import dev.parley.media.Quality;
import dev.parley.media.SdpType;
import dev.parley.media.SpeakerView;
import dev.parley.media.TrackNote;
import dev.parley.media.TrackView;
import dev.parley.room.RoomView;
import dev.parley.room.Topology;
import java.util.List;
import java.util.Map;

/// What a client is told. A `ref` is the mark of the request that is answered, or null.
public sealed interface Notice {
  /// Whether it is numbered and kept for a resume.
  default boolean kept() {
    return true;
  }

  /// About how many characters it takes on the wire; for bounds, not for buffers.
  default int weight() {
    return 256;
  }

  /// @param topology MESH or SFU: how media travels now
  record Joined(
      String ref,
      ParticipantView self,
      String session,
      RoomView room,
      List<ParticipantView> participants,
      List<IceServer> iceServers,
      Limits limits,
      Topology topology,
      List<TrackView> tracks)
      implements Notice {
    @Override
    public int weight() {
      return 1_024 + participants.stream().mapToInt(Notice::of).sum() + tracks.size() * 224;
    }

    /// Leaves out the session's secret and the credentials.
    @Override
    public String toString() {
      return "Joined[" + self + ", " + participants + "]";
    }
  }

  record Waiting(
      String ref,
      ParticipantView self,
      String session,
      RoomView room,
      Limits limits,
      Topology topology)
      implements Notice {
    @Override
    public int weight() {
      return 768;
    }

    @Override
    public String toString() {
      return "Waiting[" + self + "]";
    }
  }

  /// The answer to [Request.Return]: everything as it stands.
  ///
  /// @param now as if it had joined at this moment
  /// @param announced what it said of tracks that may not be up yet, by their ids
  /// @param lastData the number of the last data message that came from it, or 0
  record Returned(Joined now, Map<String, Announced> announced, long lastData) implements Notice {
    public Returned {
      announced = Map.copyOf(announced);
    }

    @Override
    public boolean kept() {
      return false;
    }

    @Override
    public int weight() {
      return now.weight();
    }
  }

  /// @param track the id it will have
  record Announced(String ref, String track, String source, boolean muted, TrackNote note)
      implements Notice {
    @Override
    public boolean kept() {
      return false;
    }
  }

  /// @param seq of the last notice kept; those the client missed follow
  record Resumed(String ref, long seq) implements Notice {
    @Override
    public boolean kept() {
      return false;
    }
  }

  record ParticipantJoined(ParticipantView participant) implements Notice {
    @Override
    public int weight() {
      return of(participant);
    }
  }

  record ParticipantChanged(ParticipantView participant) implements Notice {
    @Override
    public int weight() {
      return of(participant);
    }
  }

  record ParticipantLeft(String participant, Departure reason) implements Notice {}

  /// Someone waits in the lobby; told to moderators.
  record Knock(ParticipantView participant) implements Notice {
    @Override
    public int weight() {
      return of(participant);
    }
  }

  record KnockEnded(String participant) implements Notice {}

  /// An offer, answer or candidate of another participant; members as in [Request.Relay].
  record Relayed(RelayKind kind, String from, String body, String whole) implements Notice {
    @Override
    public int weight() {
      return 96 + length(body) + length(whole);
    }
  }

  /// Please mute yourself.
  ///
  /// @param from whose wish that is; null for the server's own
  /// @param track what the server mutes besides, or null
  record Mute(String from, Medium kind, String track) implements Notice {}

  /// A description of the server's end.
  ///
  /// @param number of an offer: the server's; of an answer: that of the client's offer
  /// @param end which of the server's ends
  record Described(String ref, SdpType type, long number, String sdp, End end) implements Notice {
    /// Of the one end that most have.
    public Described(String ref, SdpType type, long number, String sdp) {
      this(ref, type, number, sdp, End.MAIN);
    }

    @Override
    public int weight() {
      return 96 + length(sdp);
    }

    /// Without the text, which holds ICE passwords.
    @Override
    public String toString() {
      return "Described[" + type + ", " + number + "]";
    }
  }

  /// Please offer, with so many sections more to receive in.
  record SectionsWanted(int audio, int video) implements Notice {
    @Override
    public boolean kept() {
      return false;
    }
  }

  /// How far one's own connection to the server is.
  ///
  /// @param reason a word, or null
  /// @param end which of them
  record MediaChanged(PeerState state, String reason, End end) implements Notice {
    /// Of the one that most have.
    public MediaChanged(PeerState state, String reason) {
      this(state, reason, End.MAIN);
    }
  }

  /// @param mode MESH or SFU
  record TopologyChanged(Topology mode) implements Notice {}

  /// @param mid the section it is published in, for the publisher alone; null for the others
  record TrackPublished(TrackView track, String mid) implements Notice {}

  record TrackChanged(TrackView track) implements Notice {}

  /// Somebody receives a track of one's own, for the first time.
  record TrackWatched(String track) implements Notice {}

  record TrackUnpublished(String participant, String track) implements Notice {}

  /// @param mid of the section that brings it; null where it ended
  record TrackSubscribed(String track, String mid) implements Notice {}

  /// A publisher lets its track be sent to this participant, or does no longer.
  record TrackAllowed(String participant, String track, boolean allowed) implements Notice {}

  /// Whether a track flows, or is held back from this participant; only the latest of each track
  /// matters.
  ///
  /// @param held why, or null: it flows
  record StreamState(String track, HoldReason held) implements Notice {
    @Override
    public boolean kept() {
      return false;
    }
  }

  /// What the server does without on its side because it has too much to do; only the latest
  /// matters.
  record Load(OverloadStep step) implements Notice {
    @Override
    public boolean kept() {
      return false;
    }
  }

  /// What of one's own track anybody has use for; only the latest of each matters.
  ///
  /// @param mid of the section it is published in
  /// @param rids the wanted ones of a simulcast track; empty for one encoding, or where none is
  /// @param wanted whether anything of it is
  record SubscribedQuality(String track, String mid, List<String> rids, boolean wanted)
      implements Notice {
    public SubscribedQuality {
      rids = List.copyOf(rids);
    }

    @Override
    public boolean kept() {
      return false;
    }
  }

  /// How good a participant's connection to the server is; only the latest of each matters.
  ///
  /// @param score 1.0 to 5.0
  record ConnectionQuality(String participant, double score, Quality quality) implements Notice {
    @Override
    public boolean kept() {
      return false;
    }
  }

  /// Who speaks, the loudest first; only the latest matters.
  record Speakers(List<SpeakerView> speakers) implements Notice {
    @Override
    public boolean kept() {
      return false;
    }
  }

  /// Something of another's application for one's own.
  ///
  /// @param from the participant's id, or null for the server itself
  /// @param direct whether it is for this participant and others that were named, not for all
  record Data(String from, boolean direct, DataContent content) implements Notice {
    @Override
    public boolean kept() {
      return !content.lossy();
    }

    @Override
    public int weight() {
      return 160 + (content.octets() == null ? 0 : content.octets().length * 4 / 3);
    }
  }

  /// @param topology MESH or SFU: how media travels now
  record RoomChanged(RoomView room, Topology topology) implements Notice {
    @Override
    public int weight() {
      return 512;
    }
  }

  /// You are out; the line closes.
  ///
  /// @param message a moderator's words, or null
  record Removed(Departure reason, String message) implements Notice {}

  record Left(String ref) implements Notice {}

  record Ok(String ref) implements Notice {
    @Override
    public boolean kept() {
      return false;
    }
  }

  record Pong(String ref) implements Notice {
    @Override
    public boolean kept() {
      return false;
    }
  }

  record Error(String ref, ErrorCode code, String message) implements Notice {
    static Error limited(Request request) {
      return new Error(request.ref(), ErrorCode.RATE_LIMITED, "too many messages");
    }

    @Override
    public boolean kept() {
      return false;
    }
  }

  private static int of(ParticipantView participant) {
    int attributes = 0;
    for (var attribute : participant.attributes().entrySet()) {
      attributes += 8 + attribute.getKey().length() + attribute.getValue().length();
    }
    return 320 + length(participant.metadata()) + attributes;
  }

  private static int length(String text) {
    return text == null ? 0 : text.length();
  }
}
