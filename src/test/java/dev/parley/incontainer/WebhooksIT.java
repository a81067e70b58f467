package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.HookReceiver;
import dev.parley.lab.HookReceiver.Received;
import dev.parley.lab.Node;
import dev.parley.lab.SignedToken;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` in the middle of a thousand joins and leaves: the receiver of webhooks hears of each,
/// in order.
class WebhooksIT {
  private static final String KEY = "hookkey";
  private static final String SECRET = "a-secret-of-the-webhooks-0123456789abcdef";
  private static final int ROOMS = 8;
  private static final int JOINS = 64;
  private static final int PRESENT = 3;
  private static final int BEFORE_THE_KILL = 500;

  @TempDir Path directory;

  private final HookReceiver receiver = new HookReceiver(KEY, SECRET);

  /// One room, and what its server has answered.
  private static final class Visits {
    private final String room;
    private final ArrayDeque<SignalSocket> present = new ArrayDeque<>();
    private final ArrayDeque<String> names = new ArrayDeque<>();

    /// What must be told, in order.
    private final List<String> expected = new ArrayList<>();

    /// Asked for when the server was killed: told or not.
    private String open;

    private int joins;

    private Visits(int number) {
      room = "hooks-" + number;
    }

    /// Comes and goes until all have come and gone, or the server is killed.
    private void run(ParleyServer server, CountDownLatch steps) {
      try {
        while (joins < JOINS || !present.isEmpty()) {
          if (joins < JOINS && present.size() < PRESENT) {
            join(server);
          } else {
            leave();
          }
          steps.countDown();
        }
      } catch (RuntimeException | AssertionError killed) {
        if (steps.getCount() > 0) {
          throw killed;
        }
      }
    }

    private void join(ParleyServer server) {
      String name = room + "-" + joins++;
      open = "participant_joined " + name;
      var socket = SignalSocket.open(server.signal(room));
      socket.join(SignedToken.join(KEY, SECRET, room, name, Instant.now().plusSeconds(600)));
      until(socket, "joined");
      if (present.isEmpty() && !expected.contains("room_started")) {
        expected.add("room_started");
      }
      expected.add(open);
      open = null;
      present.add(socket);
      names.add(name);
    }

    private void leave() {
      open = "participant_left " + names.peek();
      var socket = present.peek();
      socket.send("{\"type\":\"leave\",\"id\":\"l\"}");
      until(socket, "left");
      expected.add(open);
      open = null;
      present.remove().close();
      names.remove();
    }

    private static void until(SignalSocket socket, String type) {
      while (!socket.next().getString("type").equals(type)) {
        // Others come and go meanwhile.
      }
    }

    /// What the restart says of those who were in.
    private List<String> afterTheKill(List<String> told) {
      var all = new ArrayList<>(expected);
      boolean openTold = open != null && told.contains(open);
      if (openTold) {
        all.add(open);
      }
      var left = new ArrayList<>(names);
      if (openTold && open.startsWith("participant_joined ")) {
        left.add(open.substring("participant_joined ".length()));
      } else if (openTold) {
        left.removeFirst();
      }
      left.forEach(name -> all.add("participant_left " + name));
      all.add("room_finished");
      return all;
    }
  }

  @Test
  void everyJoinAndLeaveIsToldInOrder() throws Exception {
    // Every fortieth event is refused once, so that some are tried again.
    Set<String> refused = ConcurrentHashMap.newKeySet();
    receiver.refuses = e -> Math.floorMod(e.id().hashCode(), 40) == 0 && refused.add(e.id());
    String[] settings = {
      "parley.keys=" + KEY + ":" + SECRET, "parley.webhook.urls=" + receiver.url()
    };
    var rooms = new ArrayList<Visits>();
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(new Visits(i));
    }
    try (receiver) {
      String password;
      try (var server = ParleyServer.startIn(directory, settings)) {
        password = server.adminPassword();
        visit(rooms, server, true);
      }
      try (var again = ParleyServer.startIn(directory, settings)) {
        receiver.await(all -> finished(all) == ROOMS);
        var before = byRoom();
        for (var room : rooms) {
          assertEquals(room.afterTheKill(before.get(room.room)), before.get(room.room));
          room.expected.clear();
          room.present.clear();
          room.names.clear();
        }
        visit(rooms, again, false);
        receiver.await(
            all ->
                rooms.stream()
                    .allMatch(
                        r ->
                            byRoom().get(r.room).size()
                                >= before.get(r.room).size() + r.expected.size()));
        var after = byRoom();
        for (var room : rooms) {
          var all = after.get(room.room);
          int old = before.get(room.room).size();
          assertEquals(room.expected, all.subList(old, all.size()));
        }
        nothingWaits(again, password);
      }
      assertEquals(List.of(), receiver.faults());
      assertTrue(refused.size() > 0);
    }
    theSdkForNodeReads(receiver.received());
  }

  /// Each event says to it what it says to us; one whose text is another's is refused.
  private void theSdkForNodeReads(List<Received> all) throws Exception {
    var given = Json.createArrayBuilder();
    var expected = new ArrayList<String>();
    for (var one : all) {
      var who = one.whole().getJsonObject("participant");
      String identity = who == null ? "" : who.getString("identity");
      given.add(webhook(one.body(), one.authorization()));
      expected.add(String.join(" ", one.id(), one.event(), one.room(), identity));
    }
    given.add(webhook(all.get(0).body(), all.get(1).authorization()));
    expected.add("refused: sha256 checksum of body does not match");
    Path file = directory.resolve("webhooks.json");
    Files.writeString(file, given.build().toString());
    var told = Node.says("webhooks.mjs", List.of(KEY, SECRET, file.toString())).readArray();
    assertEquals(expected, told.getValuesAs(JsonString::getString));
  }

  private static JsonObject webhook(String body, String authorization) {
    return Json.createObjectBuilder().add("body", body).add("authorization", authorization).build();
  }

  /// As an administrator sees it.
  private void nothingWaits(ParleyServer server, String password) throws Exception {
    try (var admin = Administrator.of(server, password)) {
      var webhooks = Administrator.json(admin.get("webhooks"), 200);
      assertEquals(List.of(), webhooks.getJsonArray("deadLetters"));
      var url = webhooks.getJsonArray("urls").getJsonObject(0);
      assertEquals(receiver.url().toString(), url.getString("url"));
      assertEquals(0, url.getInt("dead"));
      var none = "webhooks/dead-letters/00000000-0000-0000-0000-000000000000";
      assertEquals(404, admin.post(none + "/retry", null).statusCode());
      assertEquals(404, admin.send("DELETE", none, null).statusCode());
    }
    assertTrue(server.get("metrics").body().contains("parley_webhooks_delivered"));
  }

  /// @param kill whether the server is killed when half of it is done
  private static void visit(List<Visits> rooms, ParleyServer server, boolean kill)
      throws Exception {
    var steps = new CountDownLatch(kill ? BEFORE_THE_KILL : Integer.MAX_VALUE);
    var tasks = new ArrayList<FutureTask<Void>>();
    for (var room : rooms) {
      var task = new FutureTask<Void>(() -> room.run(server, steps), null);
      tasks.add(task);
      Thread.ofVirtual().start(task);
    }
    if (kill) {
      while (!steps.await(100, TimeUnit.MILLISECONDS)) {
        for (var task : tasks) {
          if (task.isDone()) {
            task.get();
          }
        }
      }
      server.kill();
    }
    for (var task : tasks) {
      task.get(60, TimeUnit.SECONDS);
    }
  }

  private static long finished(List<Received> all) {
    return all.stream()
        .filter(e -> e.event().equals("room_finished"))
        .map(Received::id)
        .distinct()
        .count();
  }

  /// What each room's events say, in the order they came first.
  private LinkedHashMap<String, List<String>> byRoom() {
    var seen = ConcurrentHashMap.<String>newKeySet();
    var rooms = new LinkedHashMap<String, List<String>>();
    for (var event : receiver.received()) {
      var said = rooms.computeIfAbsent(event.room(), room -> new ArrayList<>());
      if (seen.add(event.id())) {
        var who = event.whole().getJsonObject("participant");
        said.add(event.event() + (who == null ? "" : " " + who.getString("identity")));
      }
    }
    return rooms;
  }
}
