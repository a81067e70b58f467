package dev.parley.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.lab.SignedToken;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;

/// Joins of SDKs of the LiveKit protocol: what each costs a running server, how many a second it
/// takes, and how long they wait.
///
/// `LiveKitJoins ws://127.0.0.1:8080/ PID id:secret [a second, 100] [seconds, 20] [rounds, 3]`:
/// first one join alone, as the first guest of a day has it; then rounds of so many joins a second;
/// then rounds of as many as go with 16 under way. A join is a TCP connection, the upgrade of
/// `/rtc` with a token, the JoinResponse read and the server's first offer; half a second later, or
/// at once where as many as go are wanted, comes a LeaveRequest. Two at a time are in a room, which
/// is made for them. The server must run with its rate limit out of the way. Ends by itself.
public final class LiveKitJoins {
  private static final long SECOND = 1_000_000_000L;
  private static final int UNDER_WAY = 16;

  private static final byte[] LEAVE =
      SignalRequest.newBuilder()
          .setLeave(LeaveRequest.newBuilder().setReason(DisconnectReason.CLIENT_INITIATED))
          .build()
          .toByteArray();

  private final BenchLoop loop;
  private final ServerProcess server;
  private final String[] key;
  private final String run = "joins-" + Long.toString(System.currentTimeMillis() % 100_000_000, 36);
  private final ArrayDeque<BenchSocket> staying = new ArrayDeque<>();
  private long[] toJoin = new long[0];
  private long[] toOffer = new long[0];
  private boolean hasty;
  private int begun;
  private int joined;
  private int offered;
  private int number;

  private LiveKitJoins(URI url, long pid, String key) throws IOException {
    loop = new BenchLoop(url);
    server = new ServerProcess(pid);
    this.key = key.split(":", 2);
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 3) {
      System.err.println(
          "usage: LiveKitJoins ws://HOST:PORT/ PID id:secret [n] [seconds] [rounds]");
      System.exit(2);
    }
    var bench = new LiveKitJoins(URI.create(args[0]), Long.parseLong(args[1]), args[2]);
    int perSecond = args.length > 3 ? Integer.parseInt(args[3]) : 100;
    int seconds = args.length > 4 ? Integer.parseInt(args[4]) : 20;
    int rounds = args.length > 5 ? Integer.parseInt(args[5]) : 3;
    boolean good = bench.first();
    for (int i = 0; i < rounds; i++) {
      good &= bench.paced(perSecond, seconds);
    }
    for (int i = 0; i < rounds; i++) {
      good &= bench.most(seconds);
    }
    bench.loop.close();
    System.exit(good ? 0 : 1);
  }

  private void begin(int most, boolean leavesAtOnce) {
    hasty = leavesAtOnce;
    begun = joined = offered = 0;
    toJoin = new long[most];
    toOffer = new long[most];
  }

  private boolean first() throws IOException {
    begin(1, false);
    connect(System.nanoTime());
    finish();
    if (offered > 0) {
      System.out.printf(
          "the first: %.1f ms to the JoinResponse, %.1f ms to the offer%n",
          toJoin[0] / 1e6, toOffer[0] / 1e6);
    }
    return offered == 1;
  }

  private boolean paced(int perSecond, int seconds) throws IOException {
    int count = perSecond * seconds;
    begin(count, false);
    double cpu = server.cpuSeconds();
    long start = System.nanoTime();
    while (begun < count) {
      long due = start + begun * (SECOND / perSecond);
      long wait = due - System.nanoTime();
      if (wait <= 0) {
        connect(due);
      } else {
        loop.turn(wait / 1_000_000);
      }
      leave();
    }
    finish();
    System.out.printf(
        "%d of %d at %d a second: %.2f ms CPU each%n",
        offered, count, perSecond, (server.cpuSeconds() - cpu) * 1_000 / count);
    print("  to the JoinResponse", toJoin, joined);
    print("  to the offer", toOffer, offered);
    return offered == count;
  }

  private boolean most(int seconds) throws IOException {
    begin(seconds * 5_000, true);
    double cpu = server.cpuSeconds();
    long start = System.nanoTime();
    while (System.nanoTime() - start < seconds * SECOND && begun < toJoin.length) {
      while (begun - offered < UNDER_WAY && begun < toJoin.length) {
        connect(System.nanoTime());
      }
      loop.turn(20);
    }
    double wall = (System.nanoTime() - start) / 1e9;
    int count = offered;
    double used = server.cpuSeconds() - cpu;
    finish();
    System.out.printf(
        "as many as go: %.0f a second, %.2f ms CPU each, the server %.2f cores%n",
        count / wall, used * 1_000 / count, used / wall);
    print("  to the JoinResponse", toJoin, joined);
    return offered == begun;
  }

  private void connect(long due) throws IOException {
    String who = "u" + number;
    String room = run + "-" + number / 2;
    number++;
    begun++;
    Instant soon = Instant.now().plusSeconds(600);
    String token = SignedToken.join(key[0], key[1], room, who, soon);
    var socket = loop.connect("rtc?auto_subscribe=1&access_token=" + token, (_, _) -> {});
    socket.started = due;
    socket.onBinary = octets -> hear(socket, octets);
  }

  private void hear(BenchSocket socket, byte[] octets) {
    long now = System.nanoTime();
    SignalResponse message;
    try {
      message = SignalResponse.parseFrom(octets);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
    switch (message.getMessageCase()) {
      case JOIN -> {
        if (message.getJoin().getParticipant().getSid().startsWith("PA_")) {
          toJoin[joined++] = now - socket.started;
        }
      }
      case OFFER -> {
        if (socket.state == 0) {
          socket.state = 1;
          socket.asked = now;
          toOffer[offered++] = now - socket.started;
          if (hasty) {
            socket.send(LEAVE);
          } else {
            staying.add(socket);
          }
        }
      }
      default -> {}
    }
  }

  /// Who has been there for half a second goes.
  private void leave() {
    while (!staying.isEmpty() && System.nanoTime() - staying.peek().asked > SECOND / 2) {
      staying.remove().send(LEAVE);
    }
  }

  /// Waits until all are in and out again.
  private void finish() throws IOException {
    long end = System.nanoTime() + 10 * SECOND;
    while ((offered < begun || !staying.isEmpty()) && System.nanoTime() < end) {
      loop.turn(20);
      leave();
    }
    end = System.nanoTime() + SECOND;
    while (System.nanoTime() < end) {
      loop.turn(20);
    }
  }

  private static void print(String what, long[] nanos, int count) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    if (count > 0) {
      System.out.printf(
          "%s: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
          what, sorted[count / 2] / 1e6, sorted[count * 99 / 100] / 1e6, sorted[count - 1] / 1e6);
    }
  }
}
