package dev.parley.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.room.Outbox.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Delivery in virtual time, to receivers that fail.
class DispatchProperties {
  private static final String URL = "https://one.test";
  private static final String OTHER = "https://two.test";
  private static final List<String> URLS = List.of(URL, OTHER);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final MemoryStore store = new MemoryStore();

  /// A request under way.
  private record Request(String url, Letter letter, Consumer<String> outcome, Instant ends) {
    String lane() {
      return url + letter.id().replaceAll("-.*", "");
    }
  }

  /// What a receiver got, by lane.
  private final Map<String, List<String>> got = new HashMap<>();

  /// A node with requests of its own.
  private final class Node {
    final String name;
    final ArrayDeque<Request> requests = new ArrayDeque<>();
    final Dispatch dispatch;
    final Random random;
    boolean killed;

    Node(String name, Random random) {
      this.name = name;
      this.random = random;
      dispatch =
          new Dispatch(
              store,
              this::send,
              URLS,
              new Schedule(PATIENCE),
              name,
              random,
              () -> {},
              new Standing(URLS));
    }

    private void send(String url, Letter letter, Consumer<String> outcome) {
      var request = new Request(url, letter, outcome, now.plusMillis(random.nextInt(10_000)));
      if (!killed) {
        assertTrue(
            requests.stream().noneMatch(other -> other.lane().equals(request.lane())),
            "one at a time of each room");
      }
      requests.add(request);
      assertTrue(requests.size() <= 2 * Dispatch.LANES, "bounded");
    }

    /// Requests whose time has come end, this way or that.
    void receive(int percent) {
      for (var request : List.copyOf(requests)) {
        if (request.ends().isAfter(now)) {
          continue;
        }
        requests.remove(request);
        boolean fails = random.nextInt(100) < percent;
        // Received, and the answer is lost: counts as failed.
        boolean received = !fails || random.nextInt(4) == 0;
        if (received) {
          got.computeIfAbsent(request.lane(), lane -> new ArrayList<>()).add(request.letter().id());
        }
        request.outcome().accept(fails ? "HTTP status 500" : null);
      }
    }

    void turn() {
      try {
        dispatch.turn(now);
      } catch (IllegalStateException databaseAway) {
        // The next turn does it again.
      }
    }
  }

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  @Property(tries = 60)
  void everyRoomsEventsArriveInOrder(
      @ForAll long seed,
      @ForAll @IntRange(max = 95) int percent,
      @ForAll @IntRange(min = 1, max = 40) int rooms,
      @ForAll @IntRange(min = 1, max = 12) int each) {
    var random = new Random(seed);
    var node = new Node("a", random);
    var late = new ArrayDeque<String>();
    for (int i = 0; i < rooms * each; i++) {
      late.add("r" + random.nextInt(rooms));
    }
    for (int step = 0; step < 40_000 && !(late.isEmpty() && store.empty()); step++) {
      if (!late.isEmpty() && random.nextInt(3) == 0) {
        store.add(late.remove(), URLS, now);
      }
      if (random.nextInt(50) == 0) {
        store.broken = random.nextInt(3);
      }
      node.receive(percent);
      node.turn();
      now = now.plusMillis(random.nextInt(2_000));
    }
    assertTrue(store.empty(), "all arrived or given up");
    inOrder(rooms);
    assertEquals(0, store.held("a"));
  }

  @Property(tries = 60)
  void nodesThatDieAreFollowedByOthersInOrder(
      @ForAll long seed, @ForAll @IntRange(max = 60) int percent) {
    var random = new Random(seed);
    int rooms = 6;
    for (int i = 0; i < 60; i++) {
      store.add("r" + random.nextInt(rooms), URLS, now);
    }
    var nodes = new ArrayList<>(List.of(new Node("a", random), new Node("b", random)));
    for (int step = 0; step < 20_000 && !store.empty(); step++) {
      if (random.nextInt(200) == 0) {
        // Killed: requests are under way or not, and nobody hears of their outcome.
        var dead = nodes.removeFirst();
        dead.killed = true;
        for (var request : dead.requests) {
          if (random.nextBoolean()) {
            got.computeIfAbsent(request.lane(), lane -> new ArrayList<>())
                .add(request.letter().id());
          }
        }
        nodes.add(new Node("n" + step, random));
      }
      for (var node : nodes) {
        node.receive(percent);
        node.turn();
      }
      now = now.plusMillis(random.nextInt(2_000));
    }
    assertTrue(store.empty(), "all arrived or given up");
    inOrder(rooms);
  }

  @Property(tries = 60)
  void aNodeThatSleptLongerThanItsLeaseHasNoSayAnyMore(@ForAll long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      store.add("r" + random.nextInt(4), URLS, now);
    }
    var nodes = List.of(new Node("a", random), new Node("b", random));
    int[] sleeps = new int[2];
    for (int step = 0; step < 20_000 && !store.empty(); step++) {
      for (int i = 0; i < 2; i++) {
        if (sleeps[i]-- > 0) {
          continue;
        }
        if (random.nextInt(60) == 0) {
          sleeps[i] = random.nextInt(200);
        }
        var node = nodes.get(i);
        node.receive(30);
        node.turn();
        // Whatever it thought to hold when it slept in: what it sends is what it holds.
        long lanes = node.requests.stream().map(Request::lane).distinct().count();
        assertTrue(lanes <= store.held(node.name), "sends what another holds");
      }
      now = now.plusMillis(random.nextInt(2_000));
    }
    assertTrue(store.empty(), "all arrived or given up");
    inOrder(4);
  }

  /// What came first of each event is in order, without one that is missing and not dead; what came
  /// again is a duplicate by its id.
  private void inOrder(int rooms) {
    for (var url : URLS) {
      for (int room = 0; room < rooms; room++) {
        var firsts = new LinkedHashSet<>(got.getOrDefault(url + "r" + room, List.of()));
        var expected = new ArrayList<>(store.ids("r" + room));
        // Given up, though it may have come and the answer was lost.
        expected.removeIf(id -> store.dead.contains(id + url) && !firsts.contains(id));
        assertEquals(expected, new ArrayList<>(firsts), url + " r" + room);
      }
    }
  }

  @Property(tries = 30)
  void aRoomThatHangsDoesNotHoldUpOthers(@ForAll long seed) {
    var random = new Random(seed);
    var node = new Node("a", random);
    store.add("bad", List.of(URL), now);
    for (int i = 0; i < 200; i++) {
      store.add("r" + i, List.of(URL), now);
    }
    var arrived = new HashSet<String>();
    Instant begin = now;
    while (arrived.size() < 200) {
      for (var request : List.copyOf(node.requests)) {
        if (!request.letter().id().startsWith("bad")) {
          node.requests.remove(request);
          arrived.add(request.letter().id());
          request.outcome().accept(null);
        }
      }
      node.turn();
      now = now.plusMillis(10);
      assertTrue(now.isBefore(begin.plusSeconds(5)), "200 rooms in turn");
    }
  }

  @Property(tries = 20)
  void aReceiverThatIsBackGetsWhatItMissed(@ForAll long seed) {
    var random = new Random(seed);
    var node = new Node("a", random);
    for (int i = 0; i < 50; i++) {
      store.add("r" + i % 5, List.of(URL), now);
    }
    Instant back = now.plus(PATIENCE.minusMinutes(10));
    while (!store.empty()) {
      node.receive(now.isBefore(back) ? 100 : 0);
      node.turn();
      now = now.plusMillis(500);
      assertTrue(now.isBefore(back.plus(Schedule.LONGEST).plusSeconds(900)));
    }
    assertEquals(0, store.dead.size());
  }
}
