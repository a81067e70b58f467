package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// However orders to loops and what loops tell each other overtake one another: when all has
/// arrived, every branch has every track, and when all have left, nothing is left.
class BranchesProperties {
  private static final int LOOPS = 3;

  private final BranchStage stage = new BranchStage(LOOPS);
  private final List<ArrayDeque<SfuCommand>> orders = new ArrayList<>();
  private final Map<String, Integer> present = new HashMap<>();
  private final Map<String, String> tracks = new HashMap<>();
  private List<Integer> spread = List.of();
  private final int[] heard = new int[LOOPS];
  private int names;

  @Property(tries = 200)
  void allBranchesHaveAllTracksInTheEnd(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < LOOPS; i++) {
      orders.add(new ArrayDeque<>());
    }
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 15; i++) {
        act(random);
        for (int steps = random.nextInt(6); steps > 0; steps--) {
          advance(random);
        }
      }
      settle();
      TreeSet<String> expected = new TreeSet<>(tracks.values());
      for (int loop : spread) {
        assertEquals(List.copyOf(expected), stage.tracks(loop), "loop " + loop);
      }
    }
    List.copyOf(present.keySet()).forEach(this::leave);
    settle();
    assertTrue(stage.isEmpty());
    stage.loops.forEach(
        loop -> assertEquals(null, loop.tally.counts().get(Counter.ENGINE_FAILURES)));
  }

  private void act(Random random) {
    List<String> peers = List.copyOf(present.keySet());
    switch (random.nextInt(4)) {
      case 0, 1 -> join("p" + names++, random.nextInt(LOOPS));
      case 2 -> {
        if (!peers.isEmpty()) {
          leave(peers.get(random.nextInt(peers.size())));
        }
      }
      default -> {
        if (!peers.isEmpty()) {
          publish(peers.get(random.nextInt(peers.size())));
        }
      }
    }
  }

  private void join(String peer, int loop) {
    present.put(peer, loop);
    spread();
    orders.get(loop).add(new SfuCommand.OpenPeer(RoomStage.ROOM, peer, peer, RoomStage.ALL));
  }

  private void leave(String peer) {
    int loop = present.get(peer);
    orders.get(loop).add(new SfuCommand.ClosePeer(RoomStage.ROOM, peer));
  }

  /// The client publishes, if the loop has it by now.
  private void publish(String peer) {
    RoomStage loop = stage.on(present.get(peer));
    FakePeer end = loop.peers.get(peer);
    Router room = loop.rooms.room(RoomStage.ROOM);
    if (end != null && room != null && room.member(peer) != null) {
      loop.inside(() -> end.side.published(RoomStage.video("v")));
    }
  }

  private void spread() {
    List<Integer> loops = present.values().stream().distinct().sorted().toList();
    if (!loops.equals(spread)) {
      List<Integer> before = spread;
      spread = loops;
      for (int i = 0; i < LOOPS; i++) {
        if (loops.contains(i) || before.contains(i)) {
          int lead = loops.isEmpty() ? i : loops.getFirst();
          orders.get(i).add(new SfuCommand.Spread(RoomStage.ROOM, i, loops, lead));
        }
      }
    }
  }

  /// One thing that is on its way arrives.
  private boolean advance(Random random) {
    int which = random.nextInt(LOOPS + stage.lanes.size());
    if (which < LOOPS) {
      SfuCommand order = orders.get(which).poll();
      if (order != null) {
        stage.on(which).order(order);
      }
    } else {
      Runnable next = stage.lanes.get(which - LOOPS).poll();
      if (next != null) {
        next.run();
      }
    }
    listen();
    return true;
  }

  /// What the desk learns.
  private void listen() {
    for (int loop = 0; loop < LOOPS; loop++) {
      List<SfuEvent> told = stage.on(loop).told;
      while (heard[loop] < told.size()) {
        switch (told.get(heard[loop]++)) {
          case SfuEvent.PeerChanged it when it.state() == PeerState.CLOSED -> {
            present.remove(it.peer());
            spread();
          }
          case SfuEvent.TrackUp it -> tracks.put(it.track().id(), it.track().id());
          case SfuEvent.TrackDown it -> tracks.remove(it.track());
          default -> {}
        }
      }
    }
  }

  private void settle() {
    boolean any = true;
    while (any) {
      any = orders.stream().anyMatch(lane -> !lane.isEmpty());
      for (int loop = 0; loop < LOOPS; loop++) {
        for (SfuCommand next = orders.get(loop).poll();
            next != null;
            next = orders.get(loop).poll()) {
          stage.on(loop).order(next);
        }
      }
      stage.cross();
      listen();
    }
  }
}
