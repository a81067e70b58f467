package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.PeerSide;
import dev.parley.engine.peer.Publication;
import dev.parley.engine.peer.RtpSink;
import dev.parley.engine.peer.Sender;
import dev.parley.media.Counter;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import dev.parley.media.TrackKind;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// One peer as its room sees it: what it publishes, what it gets. Confined to the loop of the room.
///
/// What changes what the peer is to be sent is noted and told to it once at the end of the turn, so
/// that one offer has it all.
final class Member implements PeerSide {
  private static final int NAME = 16;

  private final SfuKit kit;
  private final Router router;
  private final String id;
  private final String participant;
  private final String cname;
  private final PublisherClock clock = new PublisherClock();
  private final Map<String, PublishedTrack> published = new HashMap<>();
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private final Map<String, Subscription> outgoing = new HashMap<>();
  private final Set<String> declined = new HashSet<>();
  private final Set<Long> ssrcs = new HashSet<>();
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private PeerPolicy policy;
  private PeerEnd end;
  private boolean listed;
  private boolean wantsOthers;
  private boolean broken;
  private boolean closed;
  private int outgoingEver;

  Member(SfuKit kit, Router router, String id, String participant, PeerPolicy policy) {
    this.kit = kit;
    this.router = router;
    this.id = id;
    this.participant = participant;
    this.policy = policy;
    cname = name("");
  }

  /// The peer is there, before anything can happen to it.
  void end(PeerEnd made) {
    end = made;
    touch();
  }

  PeerEnd end() {
    return end;
  }

  // What the peer tells.

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
    }
  }

  @Override
  public void published(Publication publication) {
    PublishedTrack known = published.get(publication.mid());
    if (known != null) {
      known.publication(publication);
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
    Subscription subscription = outgoing.get(sender.id());
    touch();
    if (subscription != null) {
      subscription.sending(sender, kit.now());
      String track = subscription.track().id();
      kit.tell(new SfuEvent.Subscribed(router.name(), id, track, sender.mid()));
    }
  }

  @Override
  public void stopped(Sender sender) {
    Subscription subscription = outgoing.get(sender.id());
    if (subscription != null) {
      subscription.stopped(kit.now());
      kit.tell(new SfuEvent.Subscribed(router.name(), id, subscription.track().id(), null));
    }
  }

  // What the room orders.

  /// The participant may do this from now on.
  void policy(PeerPolicy anew, long now) {
    policy = anew;
    end.policy(anew, now);
    if (!anew.publish()) {
      List.copyOf(published.values()).forEach(track -> unpublish(track, now));
    }
    List<Subscription> held = List.copyOf(subscriptions.values());
    int most = anew.subscribe() ? anew.limits().subscriptions() : 0;
    for (int i = most; i < held.size(); i++) {
      unsubscribe(held.get(i).track(), true, now);
    }
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
    if (policy.automatic() && !declined.contains(track.id()) && mayHave(track) && !full()) {
      take(track, now);
    }
  }

  /// The participant asks for a track, or will have it no longer.
  void subscribe(String name, boolean wanted, long now) {
    PublishedTrack track = router.track(name);
    if (track == null) {
      return;
    }
    if (!wanted) {
      declined.add(track.id());
      unsubscribe(track, true, now);
    } else if (mayHave(track)) {
      declined.remove(track.id());
      if (full()) {
        refuse(SfuRefusal.TOO_MANY_TRACKS, "as many subscriptions as the participant may have");
      } else {
        take(track, now);
      }
    }
  }

  private boolean mayHave(PublishedTrack track) {
    return !closed
        && policy.subscribe()
        && !track.publisher().participant().equals(participant)
        && !subscriptions.containsKey(track.id());
  }

  private boolean full() {
    return subscriptions.size() >= policy.limits().subscriptions();
  }

  private void refuse(SfuRefusal reason, String detail) {
    kit.count(Counter.SFU_REFUSED);
    refused(0, reason, detail);
  }

  private void take(PublishedTrack track, long now) {
    boolean video = track.kind() == TrackKind.VIDEO;
    Outgoing wanted =
        new Outgoing(
            track.id() + '.' + outgoingEver++,
            video ? Kind.VIDEO : Kind.AUDIO,
            track.publisher().participant(),
            track.id(),
            track.publisher().cname(),
            ssrc(),
            video ? ssrc() : Source.NONE,
            track.offered());
    Subscription subscription = new Subscription(kit, track, this, wanted, now);
    subscriptions.put(track.id(), subscription);
    outgoing.put(wanted.id(), subscription);
    track.add(subscription);
    wantsOthers = true;
    touch();
  }

  /// Takes a track away from this peer.
  ///
  /// @param tell whether the enterprise half is told: not where the track itself is gone
  void unsubscribe(PublishedTrack track, boolean tell, long now) {
    Subscription subscription = subscriptions.remove(track.id());
    if (subscription == null) {
      return;
    }
    Outgoing gone = subscription.outgoing();
    outgoing.remove(gone.id());
    ssrcs.remove(gone.ssrc());
    ssrcs.remove(gone.repair());
    subscription.end();
    track.remove(subscription);
    wantsOthers = true;
    touch();
    if (tell) {
      kit.tell(new SfuEvent.Subscribed(router.name(), id, track.id(), null));
    }
  }

  void pause(String track, boolean paused, long now) {
    Subscription subscription = subscriptions.get(track);
    if (subscription != null) {
      subscription.pause(paused, now);
    }
  }

  void forget(PublishedTrack track) {
    declined.remove(track.id());
  }

  void requestKeyFrame(Layer layer, long now) {
    end.requestKeyFrame(layer, now);
    touch();
  }

  // Turns.

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
    if (wantsOthers) {
      wantsOthers = false;
      List<Outgoing> wanted = new ArrayList<>(subscriptions.size());
      subscriptions.values().forEach(each -> wanted.add(each.outgoing()));
      end.want(wanted, now);
    }
  }

  private void alarm(long now) {
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
    List.copyOf(published.keySet()).forEach(this::unpublished);
    for (Subscription each : List.copyOf(subscriptions.values())) {
      unsubscribe(each.track(), false, kit.now());
    }
    router.left(this);
    kit.tell(new SfuEvent.PeerChanged(router.name(), id, PeerState.CLOSED, reason));
  }

  // Names.

  private long ssrc() {
    RandomGenerator random = kit.random();
    long ssrc = random.nextInt() & 0xffff_ffffL;
    while (ssrc == 0 || !ssrcs.add(ssrc)) {
      ssrc = random.nextInt() & 0xffff_ffffL;
    }
    return ssrc;
  }

  /// A short name nobody guesses.
  String name(String prefix) {
    StringBuilder name = new StringBuilder(prefix);
    for (int i = 0; i < NAME; i++) {
      name.append(Character.forDigit(kit.random().nextInt(36), 36));
    }
    return name.toString();
  }

  String id() {
    return id;
  }

  String participant() {
    return participant;
  }

  /// What synchronises the tracks of this publisher (RFC 3550, section 6.5.1).
  String cname() {
    return cname;
  }

  /// How far the publisher's clock is from ours.
  PublisherClock clock() {
    return clock;
  }
}
