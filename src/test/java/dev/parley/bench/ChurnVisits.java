package dev.parley.bench;

import dev.parley.incontainer.ParleyServer;
import dev.parley.lab.SignedToken;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/// Visitors of one room, one at a time, who come by the JSON door, publish a camera and go.
/// Confined to one thread.
final class ChurnVisits implements AutoCloseable {
  private static final long PATIENCE = 20_000_000_000L;
  private static final String ROOM = "churn";

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer datagram = ByteBuffer.allocate(2048);
  private final ParleyServer server;
  private final BenchLoop loop;
  private final DtlsConnection.Toolbox tools;
  private final DtlsIdentity identity;
  private int visits;
  private boolean published;
  private String refusal;

  ChurnVisits(ParleyServer server) throws IOException {
    this.server = server;
    this.loop = new BenchLoop(URI.create("ws://127.0.0.1:" + server.httpPort() + "/signal/"));
    var random = new SecureRandom();
    this.tools = new DtlsConnection.Toolbox(random);
    Instant now = Instant.now();
    this.identity = DtlsIdentity.selfSigned(random, now, now.plus(Duration.ofDays(1)));
  }

  /// One visit, until its track is published.
  ///
  /// @param politely says `leave`; otherwise socket and media just end
  void comeAndGo(boolean politely) throws IOException {
    published = false;
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress("127.0.0.1", 0));
      var peer = new FanoutPeer(channel, tools, identity, tasks::add, new FanoutCheck(), ++visits);
      BenchSocket socket = loop.connect(ROOM, (one, text) -> hear(one, text, peer));
      await("connection", peer::connected, channel, peer);
      var source = new FanoutSource(channel.connect(peer.server()), peer.sender(), true);
      source.run(FanoutPattern.EVEN, 0.05, 1);
      await("published track", () -> published, channel, peer);
      if (politely) {
        socket.send("{\"type\":\"leave\"}");
        await("end of the socket", () -> socket.dead, channel, peer);
      } else {
        socket.cut();
      }
    }
  }

  private void await(String what, BooleanSupplier done, DatagramChannel channel, FanoutPeer peer)
      throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (!done.getAsBoolean()) {
      loop.turn(2);
      while (channel.receive(datagram.clear()) != null) {
        peer.datagram(datagram.array(), datagram.position());
      }
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      peer.tick(System.nanoTime());
      if (System.nanoTime() > end || refusal != null) {
        throw new IOException("visit %d: no %s: %s".formatted(visits, what, refusal));
      }
    }
  }

  private void hear(BenchSocket socket, String text, FanoutPeer peer) {
    try {
      if (text.isEmpty()) {
        socket.send("{\"type\":\"join\",\"token\":\"" + token() + "\",\"topology\":\"sfu\"}");
      } else if (text.startsWith("{\"type\":\"joined\"")) {
        String tracks = ",\"tracks\":{\"0\":{\"source\":\"camera\"}}";
        socket.send(FanoutParleyClient.description("offer", peer.offer(true), 1, tracks));
      } else if (text.startsWith("{\"type\":\"answer\"")) {
        peer.answered(FanoutParleyClient.sdp(text));
        published = true;
      } else if (text.startsWith("{\"type\":\"error\"")) {
        refusal = text;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String token() {
    Instant expires = Instant.now().plusSeconds(600);
    return SignedToken.join(
        server.apiKeyId(), server.apiKeySecret(), ROOM, "visitor" + visits, expires);
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
