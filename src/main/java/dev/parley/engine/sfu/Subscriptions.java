package dev.parley.engine.sfu;

import dev.parley.media.PeerPolicy;
import dev.parley.media.SfuRefusal;
import dev.parley.media.TrackKind;
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

/// The tracks that one [Member] gets, in the order they were taken. Confined to the loop of the
/// room.
final class Subscriptions {
  private final SfuKit kit;
  private final Member member;
  private final Map<String, Subscription> byTrack = new LinkedHashMap<>();
  private final Map<String, Subscription> byOutgoing = new HashMap<>();
  private final Set<String> declined = new HashSet<>();
  private final Set<Long> ssrcs = new HashSet<>();
  private PeerPolicy policy;
  private boolean changed;
  private int ever;

  Subscriptions(SfuKit kit, Member member, PeerPolicy policy) {
    this.kit = kit;
    this.member = member;
    this.policy = policy;
  }

  /// The participant may have this from now on; what is too much, the last ones, ends.
  void policy(PeerPolicy anew) {
    policy = anew;
    List<Subscription> held = List.copyOf(byTrack.values());
    int most = anew.subscribe() ? anew.limits().subscriptions() : 0;
    for (int i = most; i < held.size(); i++) {
      end(held.get(i).track(), true);
    }
  }

  /// A track is there: takes it where the policy says so.
  void offer(PublishedTrack track, long now) {
    if (policy.automatic() && !declined.contains(track.id()) && mayHave(track) && !full()) {
      take(track, now);
    }
  }

  /// The participant asks for a track.
  void ask(PublishedTrack track, long now) {
    if (mayHave(track)) {
      declined.remove(track.id());
      if (full()) {
        member.refuse(
            SfuRefusal.TOO_MANY_TRACKS, "as many subscriptions as the participant may have");
      } else {
        take(track, now);
      }
    }
  }

  /// The participant will not have a track, not by itself either.
  void decline(PublishedTrack track) {
    declined.add(track.id());
    end(track, true);
  }

  /// The track is gone.
  void forget(PublishedTrack track) {
    declined.remove(track.id());
  }

  private boolean mayHave(PublishedTrack track) {
    return policy.subscribe()
        && !track.publisher().participant().equals(member.participant())
        && !byTrack.containsKey(track.id());
  }

  private boolean full() {
    return byTrack.size() >= policy.limits().subscriptions();
  }

  private void take(PublishedTrack track, long now) {
    boolean video = track.kind() == TrackKind.VIDEO;
    Outgoing wanted =
        new Outgoing(
            track.id() + '.' + ever++,
            video ? Kind.VIDEO : Kind.AUDIO,
            track.publisher().participant(),
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

  /// Takes a track away from the member.
  ///
  /// @param tell whether the enterprise half is told: not where the track itself is gone
  void end(PublishedTrack track, boolean tell) {
    Subscription subscription = byTrack.remove(track.id());
    if (subscription == null) {
      return;
    }
    Outgoing gone = subscription.outgoing();
    byOutgoing.remove(gone.id());
    ssrcs.remove(gone.ssrc());
    ssrcs.remove(gone.repair());
    subscription.end();
    track.remove(subscription);
    changed();
    if (tell) {
      member.tellSubscribed(track, null);
    }
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

  /// The subscription of an outgoing track, or null.
  Subscription of(String outgoing) {
    return byOutgoing.get(outgoing);
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
