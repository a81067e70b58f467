package dev.parley.signal;

import dev.parley.media.Encryption;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SpeakerView;
import dev.parley.media.TrackView;
import dev.parley.room.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of a meeting goes through the server: how media travels now, who has an end there, which
/// tracks are up. Events of the media half are [Tidings]'s to take.
///
/// Confined to its meeting's monitor.
final class Forwarding {
  /// How long the ends at the server live on after a return to peer to peer: the clients change
  /// over meanwhile, and a third one who comes finds them.
  static final long GRACE_MILLIS = 10_000;

  private final Meeting meeting;
  private final List<Effect> effects;
  private final MediaPort port;
  private final Ids ids;
  private final Limits limits;
  private final Audiences audiences;
  private final TopologyChoice choice = new TopologyChoice();
  private final Map<String, PeerEnd> peers = new LinkedHashMap<>();
  private final Map<String, TrackView> tracks = new LinkedHashMap<>();
  private final Set<String> watched = new HashSet<>();
  private final Map<String, Notice> qualities = new LinkedHashMap<>();
  private List<SpeakerView> speakers = List.of();
  private long retireBy = Meeting.NEVER;
  private boolean used;

  Forwarding(Meeting meeting, List<Effect> effects, MediaPort port, Ids ids, Limits limits) {
    this.meeting = meeting;
    this.effects = effects;
    this.port = port;
    this.ids = ids;
    this.limits = limits;
    this.audiences = new Audiences(meeting, this, effects);
  }

  /// MESH or SFU.
  Topology mode() {
    return choice.mode();
  }

  boolean available() {
    return port.available();
  }

  List<TrackView> tracks() {
    return List.copyOf(tracks.values());
  }

  /// The track with this id, or null.
  TrackView track(String id) {
    return tracks.get(id);
  }

  Map<String, TrackView> published() {
    return tracks;
  }

  /// Its publisher says something else of a track.
  void noted(TrackView track) {
    tracks.put(track.id(), track);
    meeting.all(null, new Notice.TrackChanged(track));
  }

  /// Somebody receives a track: the first time, its publisher is told.
  void watched(String id) {
    var track = tracks.get(id);
    var publisher = track == null ? null : meeting.session(track.participant());
    if (publisher != null && watched.add(id)) {
      publisher.tell(new Notice.TrackWatched(id), effects);
    }
  }

  /// A track has ended.
  ///
  /// @return whether it was known
  boolean ended(String track) {
    peers.values().forEach(end -> end.ended(track));
    watched.remove(track);
    return tracks.remove(track) != null;
  }

  /// How many publish something.
  int publishers() {
    return (int) tracks.values().stream().map(TrackView::participant).distinct().count();
  }

  /// The end with this id, or null.
  PeerEnd peer(String id) {
    return peers.get(id);
  }

  /// When it next wants to be ticked.
  long deadline() {
    return Math.min(choice.deadline(), retireBy);
  }

  void tick(long now) {
    if (choice.deadline() <= now) {
      weigh(null, now);
    }
    if (retireBy <= now) {
      retireBy = Meeting.NEVER;
      for (var end : List.copyOf(peers.values())) {
        if (end.owner().agent() == null) {
          close(end, "topology");
        } else {
          meeting.depart(end.owner(), Departure.REMOVED, CloseReason.REMOVED, null, now);
        }
      }
    }
  }

  /// Looks anew how media has to travel, after anything that may change it.
  ///
  /// @param newcomer who learns it by another notice, or null
  void weigh(Session newcomer, long now) {
    if (choice.weigh(meeting.need(port.available()), now)) {
      boolean mesh = mode() == Topology.MESH;
      retireBy = mesh && !peers.isEmpty() ? now + GRACE_MILLIS : Meeting.NEVER;
      meeting.all(newcomer, new Notice.TopologyChanged(mode()));
    }
    meeting.wakeBy(deadline());
  }

  /// Whether someone without an end may get one now.
  boolean opens() {
    return port.available() && mode() == Topology.SFU;
  }

  /// Has the server make the end for a participant that its client offers on.
  PeerEnd open(Session owner) {
    return open(owner, End.MAIN);
  }

  /// Has the server make an end for a participant.
  PeerEnd open(Session owner, End which) {
    var end = new PeerEnd(ids.next(), owner, which);
    owner.opened(end);
    peers.put(end.id(), end);
    used = true;
    order(new SfuCommand.OpenPeer(room(), end.id(), owner.id(), policy(end)));
    return end;
  }

  private PeerPolicy policy(PeerEnd end) {
    var owner = end.owner();
    return owner.policy(
        end.which(), limits, meeting.room().encryption(), audiences.limiting(owner));
  }

  Audiences audiences() {
    return audiences;
  }

  /// Says again what of the server's offers was not answered.
  void repeat(Session who) {
    for (var end : who.ends()) {
      if (end.offer() != null) {
        who.tell(end.offer(), effects);
      }
    }
  }

  /// A name for a track that is not there yet.
  String trackName() {
    return ids.track();
  }

  /// The room's rule for encryption is another one: what breaks it ends, and agents, who have no
  /// keys, are out where it is required.
  void encryptionChanged(long now) {
    for (var end : List.copyOf(peers.values())) {
      var owner = end.owner();
      if (owner.agent() != null && meeting.room().encryption() == Encryption.REQUIRED) {
        meeting.depart(owner, Departure.REMOVED, CloseReason.REMOVED, null, now);
      } else {
        order(new SfuCommand.ChangePolicy(room(), end.id(), policy(end)));
      }
    }
  }

  /// What someone may do is another thing: what it may no longer ends.
  void permissionsChanged(Session who) {
    for (var end : peers.values()) {
      if (end.owner() == who) {
        order(new SfuCommand.ChangePolicy(room(), end.id(), policy(end)));
      }
    }
  }

  /// Has the server end one; whoever it belongs to is told at once and may have a new one.
  void close(PeerEnd end, String reason) {
    order(new SfuCommand.ClosePeer(room(), end.id()));
    forget(end, reason);
  }

  /// An end is no more; what was asked of it is answered so.
  void forget(PeerEnd end, String reason) {
    if (peers.remove(end.id()) == null) {
      return;
    }
    var owner = end.owner();
    qualities.remove(owner.id());
    end.state(PeerState.CLOSED);
    owner.closed(end);
    for (var pending : end.abandon()) {
      refuse(owner, pending.ref(), ErrorCode.MEDIA_CLOSED, "closed before it was answered");
    }
    owner.tell(new Notice.MediaChanged(PeerState.CLOSED, reason, end.which()), effects);
  }

  /// Refuses what a client asked of its end; where it has no line now, so that it learns it later.
  void refuse(Session owner, String ref, ErrorCode code, String message) {
    if (owner.attachment() != null) {
      owner.tell(new Notice.Error(ref, code, message), effects);
    } else if (owner.peer() != null) {
      owner.tell(new Notice.MediaChanged(owner.peer().state(), code.code()), effects);
    }
  }

  /// Someone is out; its tracks go without a word, since the leave says it all.
  void departed(Session who) {
    qualities.remove(who.id());
    for (var end : who.ends()) {
      peers.remove(end.id());
      who.closed(end);
      if (end.state() != PeerState.CLOSED) {
        order(new SfuCommand.ClosePeer(room(), end.id()));
      }
    }
    for (var track : List.copyOf(tracks.values())) {
      if (track.participant().equals(who.id())) {
        ended(track.id());
      }
    }
  }

  /// Nobody is here any more.
  void end() {
    peers.clear();
    tracks.clear();
    watched.clear();
    speakers = List.of();
    qualities.clear();
    retireBy = Meeting.NEVER;
    if (used) {
      used = false;
      order(new SfuCommand.CloseRoom(room()));
    }
  }

  void speak(List<SpeakerView> now) {
    var present = new ArrayList<SpeakerView>(now.size());
    for (var speaker : now) {
      var session = meeting.session(speaker.participant());
      if (session != null && session.joined() && !session.hidden()) {
        present.add(speaker);
      }
    }
    speakers = List.copyOf(present);
    meeting.all(null, new Notice.Speakers(speakers));
  }

  /// Tells how good someone's connection is by now, of several the worst: of the hidden,
  /// themselves.
  void rate(SfuEvent.QualityChanged found) {
    var who = meeting.session(found.participant());
    if (who == null || !who.joined()) {
      return;
    }
    var end = peers.get(found.peer());
    if (end != null) {
      end.rate(found);
    }
    var worst = found;
    for (var other : who.ends()) {
      var rated = other.rated();
      worst = rated != null && rated.score() < worst.score() ? rated : worst;
    }
    var notice = new Notice.ConnectionQuality(found.participant(), worst.score(), worst.quality());
    if (notice.equals(qualities.get(found.participant()))) {
      return;
    }
    if (who.hidden()) {
      who.tell(notice, effects);
    } else {
      qualities.put(found.participant(), notice);
      meeting.all(null, notice);
    }
  }

  /// Tells someone who comes or comes back what is not kept for anybody.
  void greet(Session who) {
    if (!speakers.isEmpty()) {
      who.tell(new Notice.Speakers(speakers), effects);
    }
    qualities.values().forEach(notice -> who.tell(notice, effects));
    audiences.greet(who);
    for (var end : who.ends()) {
      end.standing().forEach(notice -> who.tell(notice, effects));
    }
  }

  void describe(PeerEnd end, Request.Describe what, long number) {
    order(
        new SfuCommand.Describe(room(), end.id(), number, what.type(), what.sdp(), what.sources()));
  }

  void order(SfuCommand command) {
    effects.add(new Effect.Order(command));
  }

  String room() {
    return meeting.room().name();
  }
}
