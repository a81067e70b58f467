package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.PeerSide;
import dev.parley.engine.peer.Publication;
import dev.parley.engine.peer.RtpSink;
import dev.parley.engine.peer.Sender;
import dev.parley.media.Counter;
import dev.parley.media.HoldReason;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.Preference;
import dev.parley.media.SdpType;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One peer as its room sees it: what it publishes, what it gets. Confined to the loop of the room.
///
/// What changes what the peer is to be sent is noted and told to it once at the end of the turn, so
/// that one offer has it all.
final class Member implements PeerSide, Origin {
  private final SfuKit kit;
  private final Router router;
  private final String id;
  private final String participant;
  private final String cname;
  private final PublisherClock clock = new PublisherClock();
  private final Map<String, PublishedTrack> published = new HashMap<>();
  private final Subscriptions subscriptions;
  private final Downlink downlink;
  private final QualityWatch quality;
  private final MemberData data;
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private PeerPolicy policy;
  private PeerEnd end;
  private boolean listed;
  private boolean opening;
  private boolean broken;
  private boolean closed;

  Member(SfuKit kit, Router router, String id, String participant, PeerPolicy policy) {
    this.kit = kit;
    this.router = router;
    this.id = id;
    this.participant = participant;
    this.policy = policy;
    opening = policy.data();
    cname = kit.name("");
    subscriptions = new Subscriptions(kit, this, policy);
    downlink = new Downlink(kit, this::end, subscriptions.all());
    quality = new QualityWatch(kit, this, router.name());
    data = new MemberData(kit, this, router);
  }

  /// The peer is there, before anything can happen to it.
  void end(PeerEnd made) {
    end = made;
    touch();
  }

  PeerEnd end() {
    return end;
  }

  /// What the way to its client is shared over.
  Downlink downlink() {
    return downlink;
  }

  @Override
  public MemberData data() {
    return data;
  }

  @Override
  public List<Outgoing> hold(List<Kind> kinds) {
    return subscriptions.hold(kinds, kit.now());
  }

  @Override
  public void needed(int audio, int video) {
    kit.tell(new SfuEvent.SectionsWanted(router.name(), id, audio, video));
  }

  @Override
  public void described(long number, SdpType type, String sdp) {
    kit.tell(new SfuEvent.Described(router.name(), id, number, type, sdp));
  }

  @Override
  public void refused(long number, SfuRefusal reason, String detail) {
    kit.tell(new SfuEvent.DescriptionRefused(router.name(), id, number, reason, detail));
  }

  @Override
  public void iceRestarted(long number, String fragment) {
    kit.tell(new SfuEvent.IceRestarted(router.name(), id, number, fragment));
  }

  @Override
  public void changed(PeerState state, String reason) {
    touch();
    if (state == PeerState.CLOSED) {
      close(reason);
    } else {
      kit.tell(new SfuEvent.PeerChanged(router.name(), id, state, reason));
      quality.changed(state, kit.now());
    }
  }

  @Override
  public void published(Publication publication) {
    PublishedTrack known = published.get(publication.mid());
    if (known != null) {
      known.republished(publication);
      return;
    }
    if (closed || !policy.publish()) {
      return;
    }
    if (router.full()) {
      refuse(SfuRefusal.TOO_MANY_TRACKS, "the room has as many tracks as it may");
      return;
    }
    published.put(publication.mid(), router.up(this, publication));
  }

  @Override
  public void unpublished(String mid) {
    PublishedTrack track = published.remove(mid);
    if (track != null) {
      router.down(track, kit.now());
    }
  }

  @Override
  public RtpSink stream(Publication publication, String rid, int ssrc, Codec codec) {
    PublishedTrack track = published.get(publication.mid());
    return track == null || closed ? null : track.stream(rid, ssrc, codec, kit.now());
  }

  @Override
  public void sending(Sender sender) {
    subscriptions.sending(sender, kit.now());
    touch();
  }

  @Override
  public void stopped(Sender sender) {
    subscriptions.stopped(sender, kit.now());
  }

  @Override
  public void estimated(long bitsPerSecond) {
    downlink.estimated(bitsPerSecond, kit.now());
    touch();
  }

  /// The participant may do this from now on.
  void policy(PeerPolicy anew, long now) {
    policy = anew;
    end.policy(anew, now);
    if (!anew.publish()) {
      List.copyOf(published.values()).forEach(track -> unpublish(track, now));
    }
    subscriptions.policy(anew);
    router.offerAll(this, now);
  }

  /// Ends a track of this peer's although its section still stands.
  void unpublish(PublishedTrack track, long now) {
    String mid = track.publication().mid();
    end.unpublish(mid, now);
    unpublished(mid);
  }

  /// A track is there: takes it where the policy says so.
  void offer(PublishedTrack track, long now) {
    if (!closed) {
      subscriptions.offer(track, now);
    }
  }

  /// A track comes in another codec than before.
  void recast(PublishedTrack track, long now) {
    if (!closed) {
      subscriptions.recast(track, now);
    }
  }

  /// The participant asks for a track, or will have it no longer.
  void subscribe(String name, boolean wanted, long now) {
    PublishedTrack track = router.track(name);
    if (track != null && wanted) {
      subscriptions.ask(track, now);
    } else if (track != null) {
      subscriptions.decline(track);
    }
    router.seating().seat(this, now);
  }

  /// Takes a track that is gone away from this peer.
  void lose(PublishedTrack track) {
    subscriptions.end(track, false);
  }

  void refuse(SfuRefusal reason, String detail) {
    kit.count(Counter.SFU_REFUSED);
    refused(0, reason, detail);
  }

  void tellSubscribed(PublishedTrack track, String mid) {
    kit.tell(new SfuEvent.Subscribed(router.name(), id, track.id(), mid));
  }

  void tellFlow(PublishedTrack track, HoldReason held) {
    kit.tell(new SfuEvent.StreamStateChanged(router.name(), id, track.id(), held));
  }

  /// What this peer's video streams claim of the way to it.
  List<Demand> demands() {
    return subscriptions.demands();
  }

  /// The tracks it publishes.
  Collection<PublishedTrack> published() {
    return published.values();
  }

  /// What it gets, as that comes and goes.
  Collection<Subscription> subscribed() {
    return subscriptions.all();
  }

  /// How good its connection is.
  QualityWatch quality() {
    return quality;
  }

  void pause(String track, boolean paused, long now) {
    Subscription subscription = subscriptions.to(track);
    if (subscription != null) {
      subscription.pause(paused, now);
      router.seating().seat(this, now);
    }
  }

  /// What the client shows of a track.
  void prefer(String track, Preference preference, long now) {
    Subscription subscription = subscriptions.to(track);
    if (subscription != null) {
      subscription.prefer(preference, now);
      router.seating().seat(this, now);
    }
  }

  /// The subscription to a track, or null.
  Subscription to(PublishedTrack track) {
    return subscriptions.to(track.id());
  }

  /// Whether a track is sent only when it is known that it is one of those that are shown.
  boolean waits(PublishedTrack track) {
    return router.seating().waits(track);
  }

  void forget(PublishedTrack track) {
    subscriptions.forget(track);
  }

  @Override
  public void requestKeyFrame(Layer layer, boolean newcomer, long now) {
    end.requestKeyFrame(layer, now);
    touch();
  }

  @Override
  public void wanted(SfuEvent.LayersWanted news) {
    kit.tell(news);
  }

  /// Something happened to the peer: at the end of the turn it is asked when it wants to be woken.
  void touch() {
    if (!listed && !closed) {
      listed = true;
      kit.unsettled(this);
    }
  }

  /// A bug of ours: it costs this peer, nobody else; at the end of the turn.
  void fail(RuntimeException bug) {
    kit.count(Counter.ENGINE_FAILURES);
    broken = true;
    touch();
  }

  /// The end of a turn.
  void settle(long now) {
    listed = false;
    try {
      if (!closed && !broken) {
        tellWanted(now);
      }
      if (!closed && !broken) {
        alarm(now);
      }
    } catch (RuntimeException bug) {
      fail(bug);
    }
    if (broken && !closed) {
      breakOff(now);
    }
  }

  private void tellWanted(long now) {
    if (subscriptions.vacant()) {
      router.offerAll(this, now);
    }
    List<Outgoing> wanted = subscriptions.news();
    if (wanted != null || opening) {
      // Who is to be offered data channels is offered them at once, with what tracks there are.
      opening = false;
      end.want(wanted == null ? List.of() : wanted, now);
    }
  }

  private void alarm(long now) {
    end.data().flush(now);
    long next = end.deadline();
    if (next != Engine.NEVER) {
      kit.timers().noLaterThan(alarm, next);
    }
  }

  private void breakOff(long now) {
    try {
      if (end != null) {
        end.close("failed", now);
      }
    } catch (RuntimeException bug) {
      kit.count(Counter.ENGINE_FAILURES);
    }
    close("failed");
  }

  private long wake(long now) {
    try {
      end.tick(now);
    } catch (RuntimeException bug) {
      fail(bug);
    }
    touch();
    return Engine.NEVER;
  }

  /// The peer is gone: so is everything of it.
  private void close(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    kit.timers().cancel(alarm);
    downlink.end();
    quality.end();
    data.relieved();
    List.copyOf(published.keySet()).forEach(this::unpublished);
    subscriptions.endAll();
    router.left(this);
    kit.tell(new SfuEvent.PeerChanged(router.name(), id, PeerState.CLOSED, reason));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String participant() {
    return participant;
  }

  @Override
  public String cname() {
    return cname;
  }

  @Override
  public PublisherClock clock() {
    return clock;
  }
}
