package dev.parley.bench;

import dev.parley.lab.SignedToken;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The client of Parley's SFU: one room by the JSON door, a publisher who asks for the SFU and
/// hidden receivers, who cost the others no notices.
final class FanoutParleyClient implements FanoutClient {
  private static final int AT_A_TIME = 16;
  private static final long PATIENCE = 60_000_000_000L;
  private static final long LEAVING = 5_000_000_000L;
  private static final long PING_EVERY = 18_000_000_000L;
  private static final Pattern NUMBER = Pattern.compile("\"number\":(\\d+)");

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final DtlsConnection.Toolbox tools;
  private final DtlsIdentity identity;
  private final FanoutReceivers sockets = new FanoutReceivers(this::datagram);
  private final List<FanoutPeer> peers = new ArrayList<>();
  private final List<FanoutCheck> checks = new ArrayList<>();
  private final List<BenchSocket> signaling = new ArrayList<>();
  private final BenchLoop loop;
  private final String room = "fanout-" + Long.toString(System.currentTimeMillis(), 36);
  private final String[] key;
  private final int number;
  private final boolean sample;
  private FanoutSource source;
  private long nextPing;
  private long keyFramesAsked;
  private String refusal;

  FanoutParleyClient(int number, boolean sample, String url, String key) throws IOException {
    this.number = number;
    this.sample = sample;
    this.key = key.split(":", 2);
    this.loop = new BenchLoop(URI.create(url));
    var random = new SecureRandom();
    this.tools = new DtlsConnection.Toolbox(random);
    Instant now = Instant.now();
    this.identity = DtlsIdentity.selfSigned(random, now, now.plus(Duration.ofDays(1)));
  }

  /// The publisher is the first, receivers come behind it.
  @Override
  public void connect() throws IOException {
    FanoutPeer publisher = join(number, false);
    await("connection for the publisher", publisher::connected);
    DatagramChannel out = sockets.channel(0);
    out.connect(publisher.server());
    source = new FanoutSource(out, publisher.sender(), true);
    for (int i = 0; i < number; i++) {
      join(i, true);
      await("connections for all", () -> connecting() < AT_A_TIME);
    }
    await("connections for all", () -> connecting() == 0);
    await("media for all", this::heard);
    if (sample) {
      sockets.sample(2);
    }
  }

  private long connecting() {
    return peers.stream().filter(peer -> !peer.connected()).count();
  }

  // Sends a little, again and again: a late joiner waits for a key frame.
  private boolean heard() {
    try {
      source.keyFrame();
      source.run(FanoutPattern.EVEN, 0.1, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return checks.stream().skip(1).allMatch(check -> check.taken > check.wrong);
  }

  private void await(String what, java.util.function.BooleanSupplier done) throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (!done.getAsBoolean()) {
      turn(5);
      if (System.nanoTime() > end || refusal != null) {
        throw new IOException("no " + what + ": " + state());
      }
    }
  }

  private String state() {
    return "%d of %d peers are connected, %d hear the source; refused: %s"
        .formatted(
            peers.size() - connecting(),
            peers.size(),
            checks.stream().filter(check -> check.taken > check.wrong).count(),
            refusal);
  }

  private FanoutPeer join(int who, boolean receives) throws IOException {
    var check = new FanoutCheck();
    DatagramChannel channel = sockets.open(0, check);
    var peer = new FanoutPeer(channel, tools, identity, tasks::add, check, who);
    peers.add(peer);
    checks.add(check);
    String grants = receives ? ",\"hidden\":true" : "";
    Instant expires = Instant.now().plusSeconds(3_600);
    String token = SignedToken.join(key[0], key[1], room, "u" + who, expires, grants);
    String topology = receives ? "" : ",\"topology\":\"sfu\"";
    String join = "{\"type\":\"join\",\"token\":\"" + token + "\"" + topology + "}";
    signaling.add(loop.connect(room, (socket, text) -> hear(socket, text, peer, join, receives)));
    return peer;
  }

  private void hear(
      BenchSocket socket, String text, FanoutPeer peer, String join, boolean receives) {
    try {
      if (text.isEmpty()) {
        socket.send(join);
      } else if (text.startsWith("{\"type\":\"joined\"")) {
        String tracks = receives ? "" : ",\"tracks\":{\"0\":{\"source\":\"camera\"}}";
        socket.send(description("offer", peer.offer(!receives), 1, tracks));
      } else if (text.startsWith("{\"type\":\"answer\"")) {
        peer.answered(sdp(text));
      } else if (text.startsWith("{\"type\":\"offer\"") && peer.described()) {
        // One that crosses ours the server has dropped.
        Matcher count = NUMBER.matcher(text);
        int offered = count.find() ? Integer.parseInt(count.group(1)) : 0;
        socket.send(description("answer", peer.answer(sdp(text)), offered, ""));
      } else if (text.startsWith("{\"type\":\"error\"") || text.contains("\"state\":\"closed\"")) {
        refusal = text;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String description(String type, String sdp, int number, String more) {
    String escaped = sdp.replace("\\", "\\\\").replace("\"", "\\\"");
    return "{\"type\":\"%s\",\"to\":\"sfu\",\"number\":%d,\"sdp\":\"%s\"%s}"
        .formatted(type, number, escaped.replace("\r", "\\r").replace("\n", "\\n"), more);
  }

  /// The member `sdp`, of which the server escapes only what it must.
  static String sdp(String text) {
    int at = text.indexOf("\"sdp\":\"") + 7;
    var sdp = new StringBuilder();
    for (; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        c = text.charAt(++at);
        c = c == 'r' ? '\r' : c == 'n' ? '\n' : c;
      }
      sdp.append(c);
    }
    return sdp.toString();
  }

  private void datagram(int socket, byte[] octets, int length) throws IOException {
    FanoutPeer peer = peers.get(socket);
    peer.datagram(octets, length);
    if (peer.keyFramesAsked > keyFramesAsked && source != null) {
      keyFramesAsked = peer.keyFramesAsked;
      source.keyFrame();
    }
  }

  @Override
  public int receivers() {
    return number;
  }

  @Override
  public FanoutSource source() {
    return source;
  }

  @Override
  public void turn(long millis) throws IOException {
    sockets.turn(millis);
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    loop.turn(1);
    long now = System.nanoTime();
    for (FanoutPeer peer : peers) {
      peer.tick(now);
    }
    if (nextPing - now <= 0) {
      nextPing = now + PING_EVERY;
      signaling.stream().filter(BenchSocket::open).forEach(s -> s.send("{\"type\":\"ping\"}"));
    }
  }

  @Override
  public FanoutLoad.Outcome counts() throws IOException {
    if (refusal != null || signaling.stream().anyMatch(socket -> socket.dead)) {
      throw new IOException("somebody is out: " + state());
    }
    return sockets.counts();
  }

  /// So that no peer of ours is left that a later client, at the same port, would hear from.
  @Override
  public void leave() throws IOException {
    signaling.forEach(socket -> socket.send("{\"type\":\"leave\"}"));
    long end = System.nanoTime() + LEAVING;
    while (System.nanoTime() < end && !signaling.stream().allMatch(socket -> socket.dead)) {
      turn(5);
    }
  }
}
