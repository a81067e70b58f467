package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.lab.Http;
import dev.parley.lab.SignedToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.SignalResponse;
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

    CompletableFuture<LeaveRequest> told;
    try (var again = ParleyServer.startIn(directory, OWN_KEY);
        var admin = Administrator.of(again, password)) {
      Set<String> kept = admin.rooms();
      assertTrue(kept.containsAll(answered), answered + " were answered, kept are " + kept);
      // The one that was under way may be there or not; its answer was never heard.
      assertTrue(kept.size() <= answered.size() + 1, answered + " were answered, kept are " + kept);
      assertThrows(IllegalStateException.class, again::adminPassword);
      assertFalse(again.console().contains(password));
      assertEquals(secrets, secrets());
      String[] key = secrets.getFirst().strip().split(":");
      anOldKeyStillOpensARoom(again, key);
      told = aLiveKitClient(again, key);
      assertFalse(STACK_TRACE.matcher(again.console()).find(), again.console());
    }
    assertEquals(
        leave(DisconnectReason.SERVER_SHUTDOWN, LeaveRequest.Action.RECONNECT),
        told.get(10, TimeUnit.SECONDS),
        "who is in when the server stops is told to come back");
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

  /// Joins as an SDK does; comes back when it is in.
  ///
  /// @return the last thing it is told
  private static CompletableFuture<LeaveRequest> aLiveKitClient(ParleyServer server, String[] key)
      throws Exception {
    var soon = Instant.now().plusSeconds(600);
    String token = SignedToken.join(key[0], key[1], "room-0", "bert", soon);
    var in = new CountDownLatch(1);
    var end = new CompletableFuture<LeaveRequest>();
    var listener =
        new WebSocket.Listener() {
          private final ByteArrayOutputStream message = new ByteArrayOutputStream();

          @Override
          public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] octets = new byte[data.remaining()];
            data.get(octets);
            message.writeBytes(octets);
            socket.request(1);
            if (last) {
              heard(message.toByteArray());
              message.reset();
            }
            return null;
          }

          private void heard(byte[] octets) {
            try {
              var response = SignalResponse.parseFrom(octets);
              if (response.hasJoin()) {
                in.countDown();
              } else if (response.hasLeave()) {
                end.complete(response.getLeave());
              }
            } catch (InvalidProtocolBufferException e) {
              end.completeExceptionally(e);
            }
          }

          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String why) {
            end.completeExceptionally(new IOException("closed with " + code + " " + why));
            return null;
          }

          @Override
          public void onError(WebSocket socket, Throwable error) {
            end.completeExceptionally(error);
          }
        };
    // It ends with the server: closing it here would wait for that.
    var client = Http.client();
    var rtc = URI.create("ws://localhost:" + server.httpPort() + "/rtc?access_token=" + token);
    client.newWebSocketBuilder().buildAsync(rtc, listener).get(20, TimeUnit.SECONDS);
    assertTrue(in.await(20, TimeUnit.SECONDS), "never joined");
    return end;
  }

  private static LeaveRequest leave(DisconnectReason why, LeaveRequest.Action action) {
    return LeaveRequest.newBuilder().setReason(why).setAction(action).setCanReconnect(true).build();
  }

  /// The API key and the master secret.
  private List<String> secrets() throws IOException {
    Path data = directory.resolve("data");
    return List.of(
        Files.readString(data.resolve("api-key")), Files.readString(data.resolve("secret")));
  }
}
