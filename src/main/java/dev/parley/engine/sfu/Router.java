package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.Publication;
import dev.parley.media.Counter;
import dev.parley.media.SfuEvent;
import dev.parley.media.SpeakerView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One room, or its branch on this loop: its members, their tracks, and who gets which. Confined to
/// one loop.
///
/// It is made for its first member and gone with its last.
public final class Router {
  private static final long RECENTLY = Duration.ofSeconds(5).toNanos();

  /// Time enough to make a connection anew.
  private static final long RETURN = Duration.ofSeconds(30).toNanos();

  private final SfuKit kit;
  private final Rooms rooms;
  private final String name;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, PublishedTrack> tracks = new LinkedHashMap<>();
  private final Speakers speakers = new Speakers();
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private final Map<String, Long> spoke = new HashMap<>();
  private final Map<String, Long> gone = new HashMap<>();
  private final Seating seating;
  private final Loudest loudest;
  private final Exchange exchange;
  private boolean listening;
  private boolean lead = true;
  private int branches = 1;
  private List<SpeakerView> told = List.of();

  Router(SfuKit kit, Rooms rooms, String name) {
    this.kit = kit;
    this.rooms = rooms;
    this.name = name;
    seating = new Seating(kit, members.values());
    loudest = new Loudest(kit.settings().audioN());
    exchange = new Exchange(kit, this);
  }

  void join(Member member) {
    members.put(member.id(), member);
    kit.count(Counter.SFU_PEERS_OPENED);
  }

  void left(Member member) {
    if (members.remove(member.id()) != null) {
      kit.count(Counter.SFU_PEERS_CLOSED);
      forget(kit.now());
      gone.put(member.participant(), kit.now());
      rooms.left(this, member);
    }
    if (members.isEmpty()) {
      seating.end();
      exchange.end();
      kit.timers().cancel(alarm);
    }
  }

  /// Of how many branches this is one, and whether it is the one that tells who speaks, and
  /// therefore has use for all that is heard.
  public void branch(int of, boolean leads, long now) {
    branches = of;
    if (lead != leads) {
      lead = leads;
      tracks.values().stream().filter(PublishedTrack::carried).forEach(track -> track.use(now));
    }
  }

  boolean leads() {
    return lead;
  }

  /// Whether it may have no more tracks.
  boolean full() {
    return tracks.size() >= kit.settings().tracksPerRoom();
  }

  /// A member publishes something new.
  PublishedTrack up(Member publisher, Publication publication) {
    PublishedTrack track = new PublishedTrack(kit, this, publisher, name(publication), publication);
    tracks.put(track.id(), track);
    kit.count(Counter.SFU_TRACKS_UP);
    kit.tell(new SfuEvent.TrackUp(name, publisher.id(), publication.mid(), track.view()));
    kit.branches().up(this, track);
    offer(track);
    return track;
  }

  /// What the client would call it, where nobody has that name in this branch.
  private String name(Publication publication) {
    String wished = publication.track();
    boolean free = wished != null && wished.startsWith("TR_") && !tracks.containsKey(wished);
    return free ? wished : kit.name("TR_");
  }

  private void offer(PublishedTrack track) {
    seating.up(track);
    for (Member member : members.values()) {
      member.offer(track, kit.now());
    }
  }

  /// A track of another branch is to be had here too.
  ///
  /// @param codec the name of what it comes in by now
  /// @return it, or null where the room has as many as it may
  public PublishedTrack carry(String id, Origin origin, Publication publication, String codec) {
    if (full()) {
      kit.count(Counter.SFU_REFUSED);
      return null;
    }
    PublishedTrack track = new PublishedTrack(kit, this, origin, id, publication);
    tracks.put(id, track);
    track.codec(codec, kit.now());
    track.use(kit.now());
    offer(track);
    return track;
  }

  /// Such a track is to be had no longer.
  public void drop(PublishedTrack track, long now) {
    if (tracks.remove(track.id()) != null) {
      end(track, now);
    }
  }

  private void end(PublishedTrack track, long now) {
    track.end(now);
    seating.down(track);
    for (Member member : members.values()) {
      member.forget(track);
    }
  }

  /// A track of this branch is not what it was.
  void changed(PublishedTrack track) {
    seating.changed();
    if (!track.carried()) {
      kit.branches().changed(this, track);
    }
  }

  void down(PublishedTrack track, long now) {
    if (tracks.remove(track.id()) == null) {
      return;
    }
    end(track, now);
    kit.branches().down(this, track, now);
    kit.count(Counter.SFU_TRACKS_DOWN);
    kit.tell(new SfuEvent.TrackDown(name, track.publisher().participant(), track.id()));
  }

  /// A track comes in another codec than before.
  void recast(PublishedTrack track, long now) {
    for (Member member : members.values()) {
      member.recast(track, now);
    }
  }

  /// Lets a member have all it is to have without asking.
  void offerAll(Member member, long now) {
    for (PublishedTrack track : tracks.values()) {
      member.offer(track, now);
    }
  }

  /// Whether somebody speaks, or did a moment ago: who pauses for breath keeps a speaker's rank.
  boolean speaks(String participant, long now) {
    Long last = spoke.get(participant);
    return last != null && now - last < RECENTLY;
  }

  Voice voice(String participant) {
    return speakers.join(participant);
  }

  void silence(Voice voice, long now) {
    speakers.leave(voice, now);
    spoke.remove(voice.participant());
    listen();
  }

  /// Somebody may speak; hot.
  void listen() {
    if (!listening && speakers.deadline() != Engine.NEVER) {
      listening = true;
      kit.timers().noLaterThan(alarm, speakers.deadline());
    }
  }

  private long wake(long now) {
    if (speakers.tick(now)) {
      tellSpeakers();
    }
    speakers.speaking().forEach(each -> spoke.put(each.participant(), now));
    seating.talk(speakers, now);
    listening = speakers.deadline() != Engine.NEVER;
    return speakers.deadline();
  }

  /// A participant who speaks into two microphones is one speaker, as loud as the louder.
  private void tellSpeakers() {
    Map<String, SpeakerView> loudest = new LinkedHashMap<>();
    speakers.speaking().forEach(each -> loudest.putIfAbsent(each.participant(), each));
    List<SpeakerView> now = new ArrayList<>(loudest.values());
    if (!now.equals(told)) {
      told = now;
      if (!lead) {
        return;
      }
      kit.tell(new SfuEvent.Speaking(name, now));
    }
  }

  /// Which cameras its members get.
  Seating seating() {
    return seating;
  }

  /// Whose microphones they get.
  Loudest loudest() {
    return loudest;
  }

  /// Who hands its data messages to those who are here.
  Exchange exchange() {
    return exchange;
  }

  /// Ids of the tracks, in the order they came.
  List<String> tracks() {
    return List.copyOf(tracks.keySet());
  }

  PublishedTrack track(String id) {
    return tracks.get(id);
  }

  /// Whether a participant is in it, or was a moment ago: its connection may have broken.
  boolean knows(String participant, long now) {
    forget(now);
    return gone.containsKey(participant)
        || members.values().stream().anyMatch(each -> each.participant().equals(participant));
  }

  private void forget(long now) {
    gone.values().removeIf(at -> now - at >= RETURN);
  }

  Member member(String peer) {
    return members.get(peer);
  }

  /// Those who are in it, in the order they came.
  List<Member> members() {
    return List.copyOf(members.values());
  }

  /// Whether this branch has its share of the members a room may have. Newcomers go where there are
  /// fewest: who is one too many here would be so on any branch.
  boolean crowded() {
    return members.size() >= Math.ceilDiv(kit.settings().peersPerRoom(), branches);
  }

  int size() {
    return members.size();
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  public String name() {
    return name;
  }
}
