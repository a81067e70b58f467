package dev.parley.bench;

import dev.parley.lab.SignedToken;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.ice.IceCredentials;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/// What data channels cost a whole server: kernel, DTLS, SCTP, loop and signaling.
///
/// `DataLoad ws://127.0.0.1:8080/signal/ PID id:secret [seconds, 10] [rounds, 3] [receivers, 50]`:
/// first messages of 64 KiB from one client to another, as fast as the server takes them: megabytes
/// per CPU second of the server; then 1,000 messages of 200 octets a second to all receivers: its
/// share of a core, and how many came. The server runs with `parley.dev=true`, `parley.bind` on
/// 127.0.0.1 and its rate limit out of the way. Clients have ICE, DTLS and SCTP of their own, all
/// on one thread. Ends by itself.
public final class DataLoad implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private static final long PATIENCE = 60 * SECOND;
  private static final int LARGE = 65_000;
  private static final int SMALL = 200;
  private static final int A_SECOND = 1_000;

  /// So much waits at the sender at most.
  private static final long AHEAD = 2_000_000;

  private static final String OFFER =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      m=application 9 UDP/DTLS/SCTP webrtc-datachannel
      c=IN IP4 0.0.0.0
      a=ice-ufrag:%s
      a=ice-pwd:%s
      a=fingerprint:%s
      a=setup:actpass
      a=mid:0
      a=sctp-port:5000
      a=max-message-size:262144
      """;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final RoomsSocket socket = new RoomsSocket();
  private final List<DataMember> members = new ArrayList<>();
  private final BenchLoop signaling;
  private final RoomsPeer.Kit kit;
  private final String[] key;
  private final long pid;
  private final String run = "data-" + Long.toString(System.currentTimeMillis(), 36) + "-";
  private final RoomsSocket.Sink sink = this::datagram;
  private long nextTick;
  private long nextWord;
  private long waited;
  private String refusal;

  private DataLoad(URI url, long pid, String key) throws IOException {
    signaling = new BenchLoop(url);
    this.pid = pid;
    this.key = key.split(":", 2);
    var random = new SecureRandom();
    Instant now = Instant.now();
    var identity =
        DtlsIdentity.selfSigned(
            random, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(9)));
    var tools = new DtlsConnection.Toolbox(random);
    kit = new RoomsPeer.Kit(socket, tools, identity, tasks::add, new Random(1), 0);
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 3) {
      System.err.println(
          "usage: DataLoad ws://HOST:PORT/signal/ PID id:secret [seconds] [rounds] [receivers]");
      System.exit(2);
    }
    int seconds = args.length > 3 ? Integer.parseInt(args[3]) : 10;
    int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 3;
    int receivers = args.length > 5 ? Integer.parseInt(args[5]) : 50;
    try (var load = new DataLoad(URI.create(args[0]), Long.parseLong(args[1]), args[2])) {
      load.join("through", 2);
      for (int i = 0; i < rounds; i++) {
        load.through(seconds);
      }
    }
    try (var load = new DataLoad(URI.create(args[0]), Long.parseLong(args[1]), args[2])) {
      load.join("all", 1 + receivers);
      for (int i = 0; i < rounds; i++) {
        load.fanOut(seconds);
      }
    }
    System.exit(0);
  }

  private void through(int seconds) throws IOException {
    DataMember from = members.getFirst();
    DataMember to = members.getLast();
    to.clear();
    FanoutCpu before = FanoutCpu.of(pid);
    long began = begin();
    while (System.nanoTime() - began < seconds * SECOND) {
      from.fill(LARGE, AHEAD);
      turn();
    }
    double wall = System.nanoTime() - began;
    double cpu = FanoutCpu.of(pid).process() - before.process();
    double megabytes = to.octets() / 1e6;
    System.out.printf(
        "one to another: %.1f MB/s, %.1f MB per CPU second of the server (%.2f cores), client busy"
            + " %.0f %%%n",
        megabytes / wall * SECOND, megabytes / cpu * SECOND, cpu / wall, 100 * (1 - waited / wall));
  }

  private void fanOut(int seconds) throws IOException {
    DataMember from = members.getFirst();
    members.forEach(DataMember::clear);
    FanoutCpu before = FanoutCpu.of(pid);
    long began = begin();
    long sent = 0;
    while (System.nanoTime() - began < seconds * SECOND) {
      long due = (System.nanoTime() - began) * A_SECOND / SECOND;
      for (; sent < due && from.held() < AHEAD; sent++) {
        from.say(SMALL);
      }
      turn();
    }
    double wall = System.nanoTime() - began;
    double cpu = FanoutCpu.of(pid).process() - before.process();
    double idle = waited;
    long patience = System.nanoTime() + 5 * SECOND;
    long wanted = sent * (members.size() - 1);
    while (came() < wanted && System.nanoTime() < patience) {
      turn();
    }
    System.out.printf(
        "%.0f messages/s to %d: %.0f %% of a core of the server, %.1f us each that goes out; %d of"
            + " %d came, client busy %.0f %%%n",
        sent / wall * SECOND,
        members.size() - 1,
        100 * cpu / wall,
        cpu / 1e3 / wanted,
        came(),
        wanted,
        100 * (1 - idle / wall));
  }

  private long came() {
    return members.stream().mapToLong(DataMember::messages).sum();
  }

  private long begin() {
    waited = 0;
    return System.nanoTime();
  }

  private void join(String room, int number) throws IOException {
    for (int i = 0; i < number; i++) {
      var own = IceCredentials.generate(new Random(kit.random().nextLong()));
      var member = new DataMember(kit, i, own);
      members.add(member);
      Instant soon = Instant.now().plusSeconds(3_600);
      String admin = i == 0 ? ",\"roomAdmin\":true" : "";
      String token = SignedToken.join(key[0], key[1], run + room, "u" + i, soon, admin);
      String join = "{\"type\":\"join\",\"token\":\"" + token + "\",\"topology\":\"sfu\"}";
      signaling.connect(run + room, (line, text) -> hear(member, line, text, join));
      await("connection", () -> members.stream().filter(each -> !each.open()).count() < 8);
    }
    await("channels", () -> members.stream().allMatch(DataMember::open));
    // The server hears of the last one a moment later.
    long end = System.nanoTime() + SECOND;
    while (System.nanoTime() < end) {
      turn();
    }
  }

  private void hear(DataMember member, BenchSocket line, String text, String join) {
    if (text.isEmpty()) {
      line.send(join);
    } else if (text.startsWith("{\"type\":\"joined\"")) {
      if (member == members.getFirst()) {
        line.send("{\"type\":\"configure\",\"maxParticipants\":200}");
      }
      String offer =
          OFFER
              .formatted(
                  member.own().ufrag(), member.own().pwd(), kit.identity().fingerprint().text())
              .replace("\n", "\r\n");
      line.send(FanoutParleyClient.description("offer", offer, 1, ""));
    } else if (text.startsWith("{\"type\":\"answer\"")) {
      member.peer().begin(FanoutSdp.far(FanoutParleyClient.sdp(text)));
    } else if (text.startsWith("{\"type\":\"error\"") || text.contains("\"state\":\"closed\"")) {
      refusal = text;
    }
  }

  private void await(String what, BooleanSupplier done) throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (!done.getAsBoolean()) {
      turn();
      signaling.turn(1);
      if (System.nanoTime() > end || refusal != null) {
        String states = members.stream().map(DataMember::toString).distinct().toList().toString();
        throw new IOException("no " + what + ": " + refusal + " " + states);
      }
    }
  }

  private void turn() throws IOException {
    int count = socket.receive(sink);
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    long now = System.nanoTime();
    members.forEach(member -> member.flush(now));
    if (nextTick - now <= 0) {
      nextTick = now + SECOND / 200;
      members.forEach(member -> member.tick(now));
    }
    if (nextWord - now <= 0) {
      nextWord = now + SECOND / 2;
      signaling.turn(1);
    }
    socket.flush();
    if (count == 0) {
      long idle = System.nanoTime();
      socket.await(SECOND / 4_000);
      waited += System.nanoTime() - idle;
    }
  }

  private void datagram(int number, byte[] octets, int length, long arrived) {
    if (number >= 0 && number < members.size() && length > 3) {
      members.get(number).peer().datagram(octets, length, arrived);
    }
  }

  @Override
  public void close() throws IOException {
    signaling.close();
    members.forEach(member -> member.peer().end());
    socket.flush();
    socket.close();
  }
}
