package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.SignedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` takes nothing away that Parley has said is there.
class SurvivalIT {
  private static final int BEFORE_THE_KILL = 25;
  private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at \\S+\\(|Exception");

  /// The setting a test server comes with, taken away: the server makes a key of its own.
  private static final String OWN_KEY = "parley.keys=";

  @TempDir Path directory;

  @Test
  void whatWasAnsweredSurvivesAKill() throws Exception {
    String password;
    List<String> secrets;
    List<String> answered;
    try (var server = ParleyServer.startIn(directory, OWN_KEY)) {
      password = server.adminPassword();
      secrets = secrets();
      answered = roomsUntilKilled(server, password);
      assertFalse(STACK_TRACE.matcher(server.console()).find(), server.console());
    }
    assertTrue(answered.size() >= BEFORE_THE_KILL, "only " + answered.size() + " rooms");

    try (var again = ParleyServer.startIn(directory, OWN_KEY);
        var admin = Administrator.of(again, password)) {
      Set<String> kept = admin.rooms();
      assertTrue(kept.containsAll(answered), answered + " were answered, kept are " + kept);
      // The one that was under way may be there or not; its answer was never heard.
      assertTrue(kept.size() <= answered.size() + 1, answered + " were answered, kept are " + kept);
      assertThrows(IllegalStateException.class, again::adminPassword);
      assertFalse(again.console().contains(password));
      assertEquals(secrets, secrets());
      anOldKeyStillOpensARoom(again, secrets.getFirst().strip().split(":"));
      assertFalse(STACK_TRACE.matcher(again.console()).find(), again.console());
    }
  }

  /// Makes one room after another, kills the server when some are made, and returns those whose 201
  /// was heard.
  private static List<String> roomsUntilKilled(ParleyServer server, String password)
      throws Exception {
    var enough = new CountDownLatch(BEFORE_THE_KILL);
    Callable<List<String>> stream =
        () -> {
          var answered = new ArrayList<String>();
          try (var admin = Administrator.of(server, password)) {
            while (true) {
              String room = "room-" + answered.size();
              assertEquals(201, admin.makeRoom(room, "members"));
              answered.add(room);
              enough.countDown();
            }
          } catch (IOException killed) {
            return answered;
          }
        };
    var making = new FutureTask<>(stream);
    Thread.ofVirtual().start(making);
    try {
      assertTrue(enough.await(60, TimeUnit.SECONDS), "the rooms are not being made");
    } catch (AssertionError slow) {
      if (making.isDone()) {
        making.get();
      }
      throw slow;
    }
    server.kill();
    try {
      return making.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the stream of rooms broke before the kill", e.getCause());
    }
  }

  private static void anOldKeyStillOpensARoom(ParleyServer server, String[] key) {
    var soon = Instant.now().plusSeconds(600);
    try (var ada = SignalSocket.open(server.signal("room-0"))) {
      ada.join(SignedToken.join(key[0], key[1], "room-0", "ada", soon));
      assertEquals("room-0", ada.next("joined").getJsonObject("room").getString("name"));
    }
  }

  /// The API key and the master secret.
  private List<String> secrets() throws IOException {
    Path data = directory.resolve("data");
    return List.of(
        Files.readString(data.resolve("api-key")), Files.readString(data.resolve("secret")));
  }
}
