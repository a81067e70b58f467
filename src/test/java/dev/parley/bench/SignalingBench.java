package dev.parley.bench;

import dev.parley.lab.SignedToken;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/// Loads a running server with signaling and says what that cost it.
///
/// `SignalingBench ws://127.0.0.1:8080/signal/ PID id:secret idle [sockets, 10000]`: resident
/// memory with so many joined sockets that only ping. `… relay [seconds, 30]`: relayed messages of
/// 200 octets a CPU second, 50 pairs with 10 under way each; the server must run with its rate
/// limit out of the way. `… joins [a second, 200] [seconds, 30]`: time from connect and from `join`
/// to `joined`. Ends by itself.
public final class SignalingBench {
  private static final int JOINED = 1;
  private static final int REFUSED = 2;
  private static final Pattern SELF = Pattern.compile("\"self\":\\{\"id\":\"([^\"]+)\"");

  private final BenchLoop loop;
  private final ServerProcess server;
  private final String keyId;
  private final String keySecret;
  private final List<BenchSocket> sockets = new ArrayList<>();
  private final String run = Long.toString(System.currentTimeMillis() % 100_000_000, 36);
  private String refusal = "";
  private int rooms;
  private int opening;
  private long relayed;
  private long[] fromConnect = new long[0];
  private long[] fromJoin = new long[0];
  private int timed;

  private SignalingBench(URI url, long pid, String key) throws IOException {
    loop = new BenchLoop(url);
    server = new ServerProcess(pid);
    int colon = key.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("an API key is id:secret");
    }
    keyId = key.substring(0, colon);
    keySecret = key.substring(colon + 1);
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 4) {
      System.err.println(
          "usage: SignalingBench ws://HOST:PORT/signal/ PID id:secret idle|relay|joins [n] [n]");
      System.exit(2);
    }
    var bench = new SignalingBench(URI.create(args[0]), Long.parseLong(args[1]), args[2]);
    int first = args.length > 4 ? Integer.parseInt(args[4]) : 0;
    int second = args.length > 5 ? Integer.parseInt(args[5]) : 0;
    boolean good =
        switch (args[3]) {
          case "idle" -> bench.idle(first > 0 ? first : 10_000);
          case "relay" -> bench.relay(first > 0 ? first : 30);
          case "joins" -> bench.joins(first > 0 ? first : 200, second > 0 ? second : 30);
          default -> throw new IllegalArgumentException(args[3]);
        };
    bench.loop.close();
    System.exit(good ? 0 : 1);
  }

  private boolean idle(int count) throws IOException {
    long before = server.residentMebibytes();
    double cpu = server.cpuSeconds();
    boolean all = open(count, 64);
    System.out.printf(
        "%d of %d joined, %.2f ms CPU a join%n",
        joined(), count, (server.cpuSeconds() - cpu) * 1_000 / count);
    double quiet = server.cpuSeconds();
    run(30_000, () -> false);
    System.out.printf(
        "%d alive after 30 s; RSS %d MiB before, %d MiB now; %.3f CPU-s a second while idle%n",
        joined(), before, server.residentMebibytes(), (server.cpuSeconds() - quiet) / 30);
    return all && joined() == count;
  }

  private boolean relay(int seconds) throws IOException {
    if (!open(100, 16)) {
      return false;
    }
    for (var socket : sockets) {
      // 5 from each side are 10 under way in a pair.
      for (int i = 0; i < 5; i++) {
        socket.send(candidate(socket));
      }
    }
    int rounds = Math.max(1, seconds / 5);
    double best = 0;
    for (int round = 1; round <= rounds; round++) {
      double cpu = server.cpuSeconds();
      long count = relayed;
      long start = System.nanoTime();
      run(5_000, () -> joined() < 100);
      double wall = (System.nanoTime() - start) / 1e9;
      double used = server.cpuSeconds() - cpu;
      double rate = (relayed - count) / Math.max(used, 0.01);
      best = Math.max(best, rate);
      System.out.printf(
          "round %d: %,.0f relayed/s, %.2f CPU-s/s, %,.0f relayed per server CPU-second%n",
          round, (relayed - count) / wall, used / wall, rate);
      if (joined() < 100 || relayed == count) {
        System.out.println("stalled: " + refusal + " (is the server's rate limit in the way?)");
        return false;
      }
    }
    System.out.printf("best round: %,.0f relayed per server CPU-second%n", best);
    return true;
  }

  private boolean joins(int perSecond, int seconds) throws IOException {
    int count = perSecond * seconds;
    fromConnect = new long[count];
    fromJoin = new long[count];
    double cpu = server.cpuSeconds();
    long start = System.nanoTime();
    long interval = 1_000_000_000L / perSecond;
    int retired = 0;
    while (sockets.size() < count) {
      long due = start + sockets.size() * interval;
      long wait = due - System.nanoTime();
      if (wait <= 0) {
        connect(due);
      } else {
        loop.turn(wait / 1_000_000);
      }
      // Each stays for two seconds.
      while (retired < sockets.size()
          && System.nanoTime() - sockets.get(retired).started > 2_000_000_000L) {
        leave(sockets.get(retired++));
      }
    }
    run(10_000, () -> timed >= count);
    System.out.printf(
        "%d of %d joined at %d a second, %.2f ms CPU a join%n",
        timed, count, perSecond, (server.cpuSeconds() - cpu) * 1_000 / count);
    print("connect to joined", fromConnect);
    print("join to joined", fromJoin);
    return timed == count;
  }

  private void print(String what, long[] nanos) {
    long[] sorted = Arrays.copyOf(nanos, timed);
    Arrays.sort(sorted);
    if (timed > 0) {
      System.out.printf(
          "%s: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
          what, sorted[timed / 2] / 1e6, sorted[timed * 99 / 100] / 1e6, sorted[timed - 1] / 1e6);
    }
  }

  /// Opens so many sockets, some at a time, and waits until all have joined.
  private boolean open(int count, int atATime) throws IOException {
    long patience = System.nanoTime() + 60_000_000_000L + count * 20_000_000L;
    long lastPing = System.nanoTime();
    while (joined() < count && System.nanoTime() < patience && refusal.isEmpty()) {
      while (sockets.size() < count && opening < atATime) {
        connect(System.nanoTime());
      }
      loop.turn(20);
      if (System.nanoTime() - lastPing > 15_000_000_000L) {
        lastPing = System.nanoTime();
        pingAll();
      }
    }
    if (joined() < count) {
      System.out.println("only " + joined() + " of " + count + " joined " + refusal);
    }
    return joined() == count;
  }

  private void connect(long due) throws IOException {
    int number = sockets.size();
    if (number % 2 == 0) {
      rooms++;
    }
    String room = "bench-" + run + "-" + rooms;
    String token =
        SignedToken.join(keyId, keySecret, room, "u" + number, Instant.now().plusSeconds(3_600));
    opening++;
    var socket = loop.connect(room, (s, text) -> hear(s, text, token));
    socket.started = due;
    sockets.add(socket);
    if (number % 2 == 1) {
      socket.partner = sockets.get(number - 1);
      socket.partner.partner = socket;
    }
  }

  private void hear(BenchSocket socket, String text, String token) {
    if (text.isEmpty()) {
      socket.asked = System.nanoTime();
      socket.send("{\"type\":\"join\",\"token\":\"" + token + "\"}");
    } else if (text.startsWith("{\"type\":\"candidate\"")) {
      relayed++;
      socket.send(candidate(socket));
    } else if (text.startsWith("{\"type\":\"joined\"")) {
      long now = System.nanoTime();
      var self = SELF.matcher(text);
      socket.id = self.find() ? self.group(1) : "";
      socket.state = JOINED;
      opening--;
      if (timed < fromConnect.length) {
        fromConnect[timed] = now - socket.started;
        fromJoin[timed++] = now - socket.asked;
      }
    } else if (text.startsWith("{\"type\":\"error\"")) {
      refusal = text;
      if (socket.state != JOINED) {
        socket.state = REFUSED;
        opening--;
      }
    }
  }

  /// A message of 200 octets to the partner.
  private static String candidate(BenchSocket socket) {
    String head =
        "{\"type\":\"candidate\",\"to\":\"%s\",\"candidate\":{\"candidate\":\""
            .formatted(socket.partner.id);
    String tail = "\",\"sdpMid\":\"0\"}}";
    return head + "x".repeat(200 - head.length() - tail.length()) + tail;
  }

  private static void leave(BenchSocket socket) {
    if (socket.open() && !socket.dead) {
      socket.send("{\"type\":\"leave\"}");
    }
  }

  private void pingAll() {
    for (var socket : sockets) {
      if (socket.state == JOINED && !socket.dead) {
        socket.send("{\"type\":\"ping\"}");
      }
    }
  }

  private int joined() {
    int count = 0;
    for (var socket : sockets) {
      if (socket.state == JOINED && !socket.dead) {
        count++;
      }
    }
    return count;
  }

  private void run(long millis, BooleanSupplier until) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    long nextPing = System.nanoTime() + 10_000_000_000L;
    while (System.nanoTime() < end && !until.getAsBoolean()) {
      loop.turn(50);
      if (System.nanoTime() > nextPing) {
        nextPing += 15_000_000_000L;
        pingAll();
      }
    }
  }
}
