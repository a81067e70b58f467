package dev.parley.engine.sfu;

import dev.parley.media.Counter;
import dev.parley.media.OverloadStep;
import dev.parley.media.PeerState;
import dev.parley.media.RoomMedia;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuCommand.ChangePolicy;
import dev.parley.media.SfuCommand.CloseChannel;
import dev.parley.media.SfuCommand.ClosePeer;
import dev.parley.media.SfuCommand.CloseRoom;
import dev.parley.media.SfuCommand.Describe;
import dev.parley.media.SfuCommand.DescribeRoom;
import dev.parley.media.SfuCommand.HoldData;
import dev.parley.media.SfuCommand.MuteTrack;
import dev.parley.media.SfuCommand.OfferIceRestart;
import dev.parley.media.SfuCommand.OpenChannel;
import dev.parley.media.SfuCommand.OpenPeer;
import dev.parley.media.SfuCommand.Pause;
import dev.parley.media.SfuCommand.Prefer;
import dev.parley.media.SfuCommand.RestartIce;
import dev.parley.media.SfuCommand.SendData;
import dev.parley.media.SfuCommand.Spread;
import dev.parley.media.SfuCommand.Subscribe;
import dev.parley.media.SfuCommand.Unpublish;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import java.util.HashMap;
import java.util.Map;

/// The rooms of one loop, and what the enterprise half orders of them. Confined to that loop.
///
/// Orders for what is not there (any more) are dropped.
final class Rooms {
  /// Longer ones have no place in an `msid` beside those of other servers (RFC 8830, section 2).
  private static final int LONGEST_NAME = 64;

  private final SfuKit kit;
  private final PeerEnd.Maker maker;
  private final Map<String, Router> rooms = new HashMap<>();
  private int peers;

  Rooms(SfuKit kit, PeerEnd.Maker maker) {
    this.kit = kit;
    this.maker = maker;
  }

  void command(SfuCommand command, long now) {
    Router room = rooms.get(command.room());
    if (command instanceof OpenPeer open) {
      open(open, room, now);
    } else if (command instanceof Spread spread) {
      kit.branches().spread(spread, now);
    } else if (command instanceof DescribeRoom asked) {
      RoomMedia media = Description.of(room, now);
      kit.tell(new SfuEvent.RoomDescribed(asked.room(), asked.question(), media));
    } else if (room != null) {
      in(room, command, now);
    }
  }

  private void in(Router room, SfuCommand command, long now) {
    switch (command) {
      case OpenPeer _, Spread _, DescribeRoom _ ->
          throw new IllegalArgumentException("no order within a room");
      case CloseRoom _ -> room.members().forEach(member -> order(member, command, now));
      case Describe it -> order(room.member(it.peer()), it, now);
      case RestartIce it -> order(room.member(it.peer()), it, now);
      case OfferIceRestart it -> order(room.member(it.peer()), it, now);
      case ChangePolicy it -> order(room.member(it.peer()), it, now);
      case ClosePeer it -> order(room.member(it.peer()), it, now);
      case Subscribe it -> order(room.member(it.peer()), it, now);
      case Pause it -> order(room.member(it.peer()), it, now);
      case Prefer it -> order(room.member(it.peer()), it, now);
      case OpenChannel it -> order(room.member(it.peer()), it, now);
      case CloseChannel it -> order(room.member(it.peer()), it, now);
      case HoldData it -> order(room.member(it.peer()), it, now);
      case SendData it -> room.exchange().send(it, now);
      case Unpublish it -> unpublish(room, it, now);
      case MuteTrack it -> mute(room.track(it.track()), it, now);
    }
  }

  private static void order(Member member, SfuCommand command, long now) {
    if (member == null) {
      return;
    }
    try {
      carryOut(member, command, now);
    } catch (RuntimeException bug) {
      member.fail(bug);
    }
    member.touch();
  }

  private static void carryOut(Member member, SfuCommand command, long now) {
    switch (command) {
      case Describe it ->
          member.end().describe(it.number(), it.type(), it.sdp(), it.sources(), now);
      case RestartIce it -> member.end().restartIce(it.number(), it.ufrag(), it.password(), now);
      case OfferIceRestart _ -> member.end().offerIceRestart(now);
      case ChangePolicy it -> member.policy(it.policy(), now);
      case ClosePeer _ -> member.end().close("left", now);
      case CloseRoom _ -> member.end().close("closed", now);
      case Subscribe it -> member.subscribe(it.track(), it.wanted(), now);
      case Pause it -> member.pause(it.track(), it.paused(), now);
      case Prefer it -> member.prefer(it.track(), it.preference(), now);
      case OpenChannel it -> member.data().open(it.form(), now);
      case CloseChannel it -> member.data().close(it.label(), now);
      case HoldData it -> member.data().hold(it.by(), it.held(), now);
      case OpenPeer _, Spread _, DescribeRoom _, Unpublish _, MuteTrack _, SendData _ ->
          throw new IllegalArgumentException("no order for a peer");
    }
  }

  private static void unpublish(Router room, Unpublish order, long now) {
    PublishedTrack track = room.track(order.track());
    if (track == null || !track.publisher().participant().equals(order.participant())) {
      return;
    }
    Member publisher = room.member(track.publisher().id());
    if (publisher == null) {
      return;
    }
    try {
      publisher.unpublish(track, now);
    } catch (RuntimeException bug) {
      publisher.fail(bug);
    }
    publisher.touch();
  }

  private static void mute(PublishedTrack track, MuteTrack order, long now) {
    if (track != null && !track.carried()) {
      track.mute(order.muted(), now);
    }
  }

  private void open(OpenPeer order, Router room, long now) {
    if (room != null && room.member(order.peer()) != null) {
      return;
    }
    if (kit.overload().full() && (room == null || !room.knows(order.participant(), now))) {
      kit.count(Counter.SFU_OVERLOAD_REFUSED);
      refuse(order, SfuRefusal.OVERLOADED, "the node has too much to do; try again in a minute");
    } else if (!named(order.participant())) {
      refuse(order, SfuRefusal.UNAVAILABLE, "a participant's name that no msid can have");
    } else if (peers >= kit.settings().peers()) {
      refuse(order, SfuRefusal.TOO_MANY_PEERS, "the node has as many peers as it may");
    } else if (room == null && rooms.size() >= kit.settings().rooms()) {
      refuse(order, SfuRefusal.TOO_MANY_PEERS, "the node has as many rooms as it may");
    } else if (room != null && room.crowded()) {
      refuse(order, SfuRefusal.TOO_MANY_PEERS, "the room has as many peers as it may");
    } else {
      admit(order, room == null ? new Router(kit, this, order.room()) : room, now);
    }
  }

  private void admit(OpenPeer order, Router room, long now) {
    Member member = new Member(kit, room, order.peer(), order.participant(), order.policy());
    if (rooms.put(room.name(), room) == null) {
      kit.count(Counter.SFU_ROOMS_OPENED);
      kit.branches().opened(room, now);
    }
    peers++;
    room.join(member);
    if (kit.overload().step() != OverloadStep.NONE) {
      tellStrain(room, member);
    }
    try {
      member.end(maker.make(member, order.policy(), now));
      room.offerAll(member, now);
    } catch (RuntimeException bug) {
      member.fail(bug);
    }
  }

  private void refuse(OpenPeer order, SfuRefusal reason, String detail) {
    kit.count(Counter.SFU_REFUSED);
    String room = order.room();
    kit.tell(new SfuEvent.DescriptionRefused(room, order.peer(), 0, reason, detail));
    kit.tell(new SfuEvent.PeerChanged(room, order.peer(), PeerState.CLOSED, "limit"));
  }

  private static boolean named(String participant) {
    return !participant.isEmpty()
        && participant.length() <= LONGEST_NAME
        && participant.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /// A peer has left its room.
  void left(Router room, Member member) {
    peers--;
    maker.gone(member);
    if (room.isEmpty()) {
      rooms.remove(room.name(), room);
      kit.count(Counter.SFU_ROOMS_CLOSED);
      kit.branches().closed(room, kit.now());
    }
  }

  /// The loop has more or less to do than before.
  void overload() {
    rooms.values().forEach(room -> room.seating().changed());
  }

  private void tellStrain(Router room, Member member) {
    kit.tell(new SfuEvent.Strained(room.name(), member.id(), kit.overload().step()));
  }

  /// It does without something else than before.
  void strained() {
    for (Router room : rooms.values()) {
      room.members().forEach(member -> tellStrain(room, member));
    }
  }

  /// A room by its name, or null.
  Router room(String name) {
    return rooms.get(name);
  }

  boolean isEmpty() {
    return rooms.isEmpty();
  }
}
