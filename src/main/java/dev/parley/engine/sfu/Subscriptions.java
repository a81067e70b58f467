package dev.parley.engine.sfu;

import dev.parley.engine.peer.Sender;
import dev.parley.media.Counter;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SfuRefusal;
import dev.parley.media.TrackKind;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The tracks that one [Member] gets, in the order they were taken. Confined to the loop of the
/// room.
final class Subscriptions {
  private final SfuKit kit;
  private final Member member;
  private final Map<String, Subscription> byTrack = new LinkedHashMap<>();
  private final Map<String, Subscription> byOutgoing = new HashMap<>();
  private final Set<String> declined = new HashSet<>();

  /// Tracks that it had or asked for and may not have now: taken as soon as it may.
  private final Set<String> barred = new HashSet<>();

  private final Set<Long> ssrcs = new HashSet<>();
  private PeerPolicy policy;
  private final HeldSections held;
  private boolean changed;
  private boolean vacant;
  private int ever;

  Subscriptions(SfuKit kit, Member member, PeerPolicy policy) {
    this.kit = kit;
    this.member = member;
    this.policy = policy;
    this.held = new HeldSections(kit, member, this::ssrc);
  }

  /// Holds one more section of each of these kinds, as far as the policy goes.
  ///
  /// @return what is sent in all sections that are held
  List<Outgoing> hold(List<Kind> kinds, long now) {
    int most = policy.subscribe() ? policy.limits().subscriptions() : 0;
    held.hold(kinds, most, now).forEach(each -> byOutgoing.put(each.outgoing().id(), each));
    return held.outgoing();
  }

  /// The participant may have this from now on; what is too much, the last ones, ends.
  void policy(PeerPolicy anew) {
    policy = anew;
    List<Subscription> held = List.copyOf(byTrack.values());
    int most = anew.subscribe() ? anew.limits().subscriptions() : 0;
    for (int i = most; i < held.size(); i++) {
      end(held.get(i).track(), true);
    }
    for (Subscription each : List.copyOf(byTrack.values())) {
      if (!admits(each.track())) {
        barred.add(each.track().id());
        end(each.track(), true);
      }
    }
  }

  /// A track is there: takes it where the policy says so.
  void offer(PublishedTrack track, long now) {
    boolean wanted = policy.automatic() && !declined.contains(track.id());
    if ((wanted || barred.contains(track.id())) && mayHave(track) && !full(track)) {
      barred.remove(track.id());
      take(track, now);
    }
  }

  /// The participant asks for a track.
  void ask(PublishedTrack track, long now) {
    if (byTrack.containsKey(track.id()) || mayHave(track)) {
      declined.remove(track.id());
      if (byTrack.containsKey(track.id())) {
        byTrack.get(track.id()).demand().ask();
      } else if (full(track)) {
        member.refuse(
            SfuRefusal.TOO_MANY_TRACKS, "as many subscriptions as the participant may have");
      } else {
        take(track, now);
        byTrack.get(track.id()).demand().ask();
      }
    } else if (policy.subscribe() && !admits(track)) {
      declined.remove(track.id());
      barred.add(track.id());
    }
  }

  /// The participant will not have a track, not by itself either.
  void decline(PublishedTrack track) {
    declined.add(track.id());
    barred.remove(track.id());
    end(track, true);
  }

  /// The track is gone.
  void forget(PublishedTrack track) {
    declined.remove(track.id());
    barred.remove(track.id());
  }

  private boolean admits(PublishedTrack track) {
    return policy.admits(track.publisher().participant(), track.id());
  }

  private boolean mayHave(PublishedTrack track) {
    return admits(track)
        && !track.publisher().participant().equals(member.participant())
        && !byTrack.containsKey(track.id());
  }

  private boolean full(PublishedTrack track) {
    return byTrack.size() >= policy.limits().subscriptions()
        || policy.holds() && held.free(track) == null;
  }

  private void take(PublishedTrack track, long now) {
    kit.count(Counter.SFU_SUBSCRIPTIONS_BEGUN);
    if (!policy.holds()) {
      offerTrack(track, now);
      return;
    }
    Subscription section = held.free(track);
    byTrack.put(track.id(), section);
    track.add(section);
    section.track(track, now);
    member.tellSubscribed(track, section.mid());
  }

  private void offerTrack(PublishedTrack track, long now) {
    boolean video = track.kind() == TrackKind.VIDEO;
    Outgoing wanted =
        new Outgoing(
            track.id() + '.' + ever++,
            video ? Kind.VIDEO : Kind.AUDIO,
            stream(track),
            track.id(),
            track.publisher().cname(),
            ssrc(),
            video ? ssrc() : Source.NONE,
            track.offered());
    Subscription subscription = new Subscription(kit, track, member, wanted, now);
    byTrack.put(track.id(), subscription);
    byOutgoing.put(wanted.id(), subscription);
    track.add(subscription);
    changed();
  }

  private String stream(PublishedTrack track) {
    String participant = track.publisher().participant();
    return policy.apart() ? participant + '|' + track.id() : participant;
  }

  /// Takes a track away from the member.
  ///
  /// @param tell whether the enterprise half is told: not where the track itself is gone
  void end(PublishedTrack track, boolean tell) {
    Subscription subscription = byTrack.remove(track.id());
    if (subscription == null) {
      return;
    }
    kit.count(Counter.SFU_SUBSCRIPTIONS_ENDED);
    track.remove(subscription);
    if (held.has(subscription)) {
      subscription.track(null, kit.now());
      vacated();
    } else {
      give(subscription.outgoing());
      subscription.end();
      changed();
    }
    if (tell) {
      member.tellSubscribed(track, null);
    }
  }

  private void give(Outgoing back) {
    byOutgoing.remove(back.id());
    ssrcs.remove(back.ssrc());
    ssrcs.remove(back.repair());
  }

  /// The client takes what is sent through this from now on, or by other numbers.
  void sending(Sender sender, long now) {
    Subscription subscription = byOutgoing.get(sender.id());
    if (subscription == null) {
      return;
    }
    subscription.sending(sender, now);
    if (subscription.track() == null) {
      vacated();
    } else {
      member.tellSubscribed(subscription.track(), sender.mid());
    }
  }

  /// The client does not take that any more.
  void stopped(Sender sender, long now) {
    Subscription subscription = byOutgoing.get(sender.id());
    if (subscription == null) {
      return;
    }
    subscription.stopped(now);
    if (held.has(subscription) && subscription.track() != null) {
      end(subscription.track(), true);
    } else if (subscription.track() != null) {
      member.tellSubscribed(subscription.track(), null);
    }
  }

  /// A track comes in another codec: where a held section has it not, it is free for others.
  void recast(PublishedTrack track, long now) {
    Subscription subscription = byTrack.get(track.id());
    if (subscription != null && held.has(subscription) && !subscription.takes(track)) {
      end(track, true);
    }
    if (policy.holds()) {
      offer(track, now);
    }
  }

  private void vacated() {
    vacant = true;
    member.touch();
  }

  /// Whether a held section has become free, so that all tracks are to be offered again; asked
  /// once.
  boolean vacant() {
    boolean was = vacant;
    vacant = false;
    return was;
  }

  /// The member is gone.
  void endAll() {
    List.copyOf(byTrack.values()).forEach(each -> end(each.track(), false));
  }

  private void changed() {
    changed = true;
    member.touch();
  }

  /// What the peer is to be told it sends, or null where that is what it was told last.
  List<Outgoing> news() {
    if (!changed) {
      return null;
    }
    changed = false;
    List<Outgoing> wanted = new ArrayList<>(byTrack.size());
    byTrack.values().forEach(each -> wanted.add(each.outgoing()));
    return wanted;
  }

  /// What is to share the way to the member: video that it has use for.
  List<Demand> demands() {
    List<Demand> demands = new ArrayList<>();
    for (Subscription each : byTrack.values()) {
      if (each.wants() && each.track().kind() == TrackKind.VIDEO && !each.track().muted()) {
        demands.add(each.demand());
      }
    }
    return demands;
  }

  /// All that have a track, in the order they came; it changes as they do.
  Collection<Subscription> all() {
    return Collections.unmodifiableCollection(byTrack.values());
  }

  /// The subscription to a track, or null.
  Subscription to(String track) {
    return byTrack.get(track);
  }

  private long ssrc() {
    RandomGenerator random = kit.random();
    long ssrc = random.nextInt() & 0xffff_ffffL;
    while (ssrc == 0 || !ssrcs.add(ssrc)) {
      ssrc = random.nextInt() & 0xffff_ffffL;
    }
    return ssrc;
  }
}
