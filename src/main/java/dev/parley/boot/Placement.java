package dev.parley.boot;

import dev.parley.media.PeerState;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Which loop each peer lives on. Confined to whoever holds the desk's lock.
///
/// A room begins on the loop its name chooses and stays there while it is small. Beyond that the
/// next loop is taken, the one with the fewest peers of all rooms; from then on newcomers go where
/// the room has fewest. What is left of a room stays where it is: nobody moves.
final class Placement {
  private final int loops;
  private final int spread;
  private final BiConsumer<Integer, SfuCommand> lanes;
  private final Map<String, Room> rooms = new HashMap<>();
  private final int[] peers;

  /// The loops on which a room has peers, in the order it came to them; the first leads.
  private record Room(Map<Integer, Integer> loops, Map<String, Integer> peers) {
    Room() {
      this(new LinkedHashMap<>(), new HashMap<>());
    }

    int emptiest() {
      int best = -1;
      for (int loop : loops.keySet()) {
        best = best < 0 || loops.get(loop) < loops.get(best) ? loop : best;
      }
      return best;
    }
  }

  /// @param spread peers of a room on one loop before another is taken
  /// @param lanes takes orders for a loop, in order
  Placement(int loops, int spread, BiConsumer<Integer, SfuCommand> lanes) {
    this.loops = loops;
    this.spread = spread;
    this.lanes = lanes;
    this.peers = new int[loops];
  }

  /// Passes an order on to the loops it concerns.
  void order(SfuCommand command) {
    switch (command) {
      case SfuCommand.OpenPeer it -> open(it);
      case SfuCommand.CloseRoom it -> toAll(it);
      case SfuCommand.Unpublish it -> toAll(it);
      case SfuCommand.MuteTrack it -> toAll(it);
      case SfuCommand.Describe it -> toPeer(it, it.peer());
      case SfuCommand.RestartIce it -> toPeer(it, it.peer());
      case SfuCommand.OfferIceRestart it -> toPeer(it, it.peer());
      case SfuCommand.ChangePolicy it -> toPeer(it, it.peer());
      case SfuCommand.ClosePeer it -> toPeer(it, it.peer());
      case SfuCommand.Subscribe it -> toPeer(it, it.peer());
      case SfuCommand.Pause it -> toPeer(it, it.peer());
      case SfuCommand.Prefer it -> toPeer(it, it.peer());
      case SfuCommand.OpenChannel it -> toPeer(it, it.peer());
      case SfuCommand.CloseChannel it -> toPeer(it, it.peer());
      case SfuCommand.HoldData it -> toPeer(it, it.peer());
      case SfuCommand.SendData it -> send(it);
      case SfuCommand.DescribeRoom it -> toAll(it);
      case SfuCommand.Spread it -> lanes.accept(it.loop(), it);
    }
  }

  /// One order for each loop that has some of the receivers, naming those.
  private void send(SfuCommand.SendData order) {
    Room room = rooms.get(order.room());
    if (room == null) {
      return;
    }
    if (room.loops().size() == 1) {
      lanes.accept(room.loops().keySet().iterator().next(), order);
      return;
    }
    for (int loop : room.loops().keySet()) {
      List<String> there =
          order.peers().stream()
              .filter(peer -> Integer.valueOf(loop).equals(room.peers().get(peer)))
              .toList();
      if (!there.isEmpty()) {
        lanes.accept(
            loop, new SfuCommand.SendData(order.room(), order.from(), there, order.message()));
      }
    }
  }

  private void toAll(SfuCommand command) {
    Room room = rooms.get(command.room());
    if (room == null) {
      lanes.accept(first(command.room()), command);
    } else {
      room.loops().keySet().forEach(loop -> lanes.accept(loop, command));
    }
  }

  private void toPeer(SfuCommand command, String peer) {
    Room room = rooms.get(command.room());
    Integer loop = room == null ? null : room.peers().get(peer);
    lanes.accept(loop == null ? first(command.room()) : loop, command);
  }

  private int first(String room) {
    return Math.floorMod(room.hashCode(), loops);
  }

  private void open(SfuCommand.OpenPeer order) {
    Room room = rooms.computeIfAbsent(order.room(), _ -> new Room());
    if (!room.peers().containsKey(order.peer())) {
      int loop = choose(order.room(), room);
      room.peers().put(order.peer(), loop);
      peers[loop]++;
      if (room.loops().merge(loop, 1, Integer::sum) == 1) {
        tell(order.room(), room);
      }
    }
    toPeer(order, order.peer());
  }

  private int choose(String name, Room room) {
    int emptiest = room.emptiest();
    if (emptiest < 0) {
      return first(name);
    }
    if (room.loops().get(emptiest) < spread || room.loops().size() == loops) {
      return emptiest;
    }
    int fresh = -1;
    for (int i = 1; i <= loops; i++) {
      int loop = (first(name) + i) % loops;
      if (!room.loops().containsKey(loop) && (fresh < 0 || peers[loop] < peers[fresh])) {
        fresh = loop;
      }
    }
    return fresh;
  }

  /// What loops tell: a peer that is closed has no place any more, and one that is to be held back
  /// because of a peer on another loop is.
  void told(SfuEvent event) {
    if (event instanceof SfuEvent.DataHeld held) {
      order(new SfuCommand.HoldData(held.room(), held.peer(), held.by(), held.held()));
    }
    if (event instanceof SfuEvent.PeerChanged change && change.state() == PeerState.CLOSED) {
      closed(change.room(), change.peer());
    }
  }

  private void closed(String name, String peer) {
    Room room = rooms.get(name);
    Integer loop = room == null ? null : room.peers().remove(peer);
    if (loop == null) {
      return;
    }
    peers[loop]--;
    if (room.loops().merge(loop, -1, Integer::sum) > 0) {
      return;
    }
    room.loops().remove(loop);
    if (room.loops().isEmpty()) {
      rooms.remove(name);
    }
    lanes.accept(loop, spread(name, room, loop));
    tell(name, room);
  }

  private void tell(String name, Room room) {
    room.loops().keySet().forEach(loop -> lanes.accept(loop, spread(name, room, loop)));
  }

  private static SfuCommand spread(String name, Room room, int loop) {
    List<Integer> all = new ArrayList<>(room.loops().keySet());
    return new SfuCommand.Spread(name, loop, all, all.isEmpty() ? loop : all.getFirst());
  }

  /// Whether nobody has a place.
  boolean isEmpty() {
    return rooms.isEmpty();
  }
}
