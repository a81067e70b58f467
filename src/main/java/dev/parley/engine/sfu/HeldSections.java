package dev.parley.engine.sfu;

import dev.parley.media.TrackKind;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// The sections of a client that is never offered anything (WHIP, WHEP): each has an outgoing
/// stream of its own from the first answer on, and a track whenever there is one for it. Confined
/// to the loop of the room.
final class HeldSections {
  private final SfuKit kit;
  private final Member member;
  private final LongSupplier ssrcs;
  private final List<Subscription> held = new ArrayList<>();

  /// @param ssrcs new ones for this member
  HeldSections(SfuKit kit, Member member, LongSupplier ssrcs) {
    this.kit = kit;
    this.member = member;
    this.ssrcs = ssrcs;
  }

  /// Holds one more of each of these kinds.
  ///
  /// @param most how many there may be altogether
  /// @return the new ones
  List<Subscription> hold(List<Kind> kinds, int most, long now) {
    int before = held.size();
    for (Kind kind : kinds) {
      if (held.size() < most) {
        held.add(new Subscription(kit, null, member, outgoing(kind), now));
      }
    }
    return List.copyOf(held.subList(before, held.size()));
  }

  /// What is sent in one. The first of each kind are one stream, as are the second, so that a page
  /// that plays what comes in a stream plays both; they keep the server's time (RFC 3550, section
  /// 6.5.1), whoever's tracks they carry.
  private Outgoing outgoing(Kind kind) {
    long place = held.stream().filter(each -> each.outgoing().kind() == kind).count();
    String stream = "held" + place;
    boolean video = kind == Kind.VIDEO;
    return new Outgoing(
        "held." + held.size(),
        kind,
        stream,
        stream + (video ? "-video" : "-audio"),
        member.cname(),
        ssrcs.getAsLong(),
        video ? ssrcs.getAsLong() : Source.NONE,
        List.of());
  }

  /// What is sent in all of them, in their order.
  List<Outgoing> outgoing() {
    return held.stream().map(Subscription::outgoing).toList();
  }

  /// The first that has no track and takes this one, or null.
  Subscription free(PublishedTrack track) {
    Kind kind = track.kind() == TrackKind.VIDEO ? Kind.VIDEO : Kind.AUDIO;
    for (Subscription each : held) {
      if (each.track() == null && each.outgoing().kind() == kind && each.takes(track)) {
        return each;
      }
    }
    return null;
  }

  boolean has(Subscription subscription) {
    return held.contains(subscription);
  }
}
