package dev.parley.adapter.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.relay.TcpLab.Loop;
import dev.parley.adapter.relay.TcpLab.Twin;
import dev.parley.engine.turn.TurnEffect;
import dev.parley.lab.Ports;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// RFC 6062 over real sockets, through both twins.
@Isolated("counts what the whole JVM has")
class TcpRelaysTest {
  private static final int PATIENCE_MILLIS = 20_000;

  @ParameterizedTest
  @EnumSource(Twin.class)
  void aPeerConnectsAndIsBridged(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      Loop loop = lab.loop();
      loop.open();
      join(peer, loop.relayed.socketAddress());
      join(client, loop.address());
      lab.until(() -> loop.told.size() == 2);
      assertEquals(List.of("opened 1", "accepted by 1"), loop.told);
      assertEquals(peer.getLocalPort(), loop.lastPeer.port());
      loop.bridge(100, loop.client());
      exchange(lab, peer, client, 1000);
      exchange(lab, client, peer, 1000);
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void severalConnectionsLeaveFromTheRelaysPortWhileItListens(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        ServerSocket first = listener("127.0.0.1");
        ServerSocket second = listener("127.0.0.1");
        Socket third = new Socket()) {
      Loop loop = lab.loop();
      loop.open();
      loop.connect(1, first.getLocalPort());
      loop.connect(2, second.getLocalPort());
      lab.until(() -> loop.told.size() == 3);
      try (Socket one = first.accept();
          Socket two = second.accept()) {
        assertEquals(loop.relayed.port(), one.getPort());
        assertEquals(loop.relayed.port(), two.getPort());
      }
      join(third, loop.relayed.socketAddress());
      lab.until(() -> loop.told.contains("accepted by 1"));
      assertEquals(3, loop.relays.connections());
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void worksOverIpv6(Twin twin) throws Exception {
    try (TcpLab lab = new TcpLab(twin, "::1", 1);
        ServerSocket listener = listener("::1");
        Socket client = new Socket()) {
      Loop loop = lab.loop();
      loop.open();
      loop.connect(7, listener.getLocalPort());
      lab.until(() -> loop.told.contains("connected 7"));
      join(client, loop.address());
      loop.bridge(7, loop.client());
      try (Socket peer = accept(listener)) {
        assertEquals(loop.relayed.port(), peer.getPort());
        exchange(lab, client, peer, 1000);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void aPeerThatDoesNotListenIsAFailure(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin)) {
      int nobody = Ports.free();
      Loop loop = lab.loop();
      loop.open();
      loop.connect(1, nobody);
      lab.until(() -> loop.told.size() == 2);
      assertEquals(List.of("opened 1", "failed 1"), loop.told);
      loop.relays.carryOut(
          new TurnEffect.Connect(1, 2, new TransportAddress(0x2001_0db8L << 32, 1, 80)));
      assertEquals("failed 2", loop.told.getLast());
      assertEquals(0, loop.relays.connections());
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void aConnectThatIsNoLongerWantedTellsNothing(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        ServerSocket listener = listener("127.0.0.1")) {
      Loop loop = lab.loop();
      loop.open();
      loop.connect(1, listener.getLocalPort());
      loop.disconnect(1);
      for (int i = 0; i < 20; i++) {
        lab.turn();
      }
      assertEquals(List.of("opened 1"), loop.told);
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void aPeerWithoutPermissionIsClosed(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket peer = new Socket()) {
      Loop loop = lab.loop();
      loop.permitted = false;
      loop.open();
      join(peer, loop.relayed.socketAddress());
      lab.until(() -> loop.told.size() == 2);
      assertEnded(peer);
      assertEquals(0, loop.relays.connections());
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void aTakenPortIsToldAsTaken(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        ServerSocket other = listener("127.0.0.1")) {
      TransportAddress taken = TransportAddress.of(lab.host, other.getLocalPort());
      lab.loop().relays.carryOut(new TurnEffect.OpenRelay(1, Transport.TCP, taken, taken));
      assertEquals(List.of("refused 1 taken"), lab.loop().told);
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void whatTheClientSentBehindConnectionBindGoesToThePeer(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      Loop loop = lab.loop();
      loop.leftover = new byte[] {1, 2, 3};
      bridged(lab, peer, client);
      assertArrayEquals(new byte[] {1, 2, 3}, received(lab, peer, 3));
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void whatThePeerSentBeforeTheBridgeIsKept(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      Loop loop = lab.loop();
      loop.open();
      join(peer, loop.relayed.socketAddress());
      peer.getOutputStream().write(new byte[] {4, 5});
      peer.shutdownOutput();
      lab.until(() -> loop.told.size() == 2);
      for (int i = 0; i < 5; i++) {
        lab.turn();
      }
      join(client, loop.address());
      loop.bridge(100, loop.client());
      assertArrayEquals(new byte[] {4, 5}, received(lab, client, 2));
      turnWhile(lab, () -> assertEnded(client));
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void anEndIsPassedOnAndTheOtherWayStaysOpen(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      bridged(lab, peer, client);
      client.shutdownOutput();
      turnWhile(lab, () -> assertEnded(peer));
      exchange(lab, peer, client, 100_000);
      assertEquals(1, lab.loop().relays.connections());
      peer.shutdownOutput();
      lab.until(() -> lab.loop().told.contains("disconnected 100"));
      turnWhile(lab, () -> assertEnded(client));
      assertEquals(0, lab.loop().relays.connections());
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void aReceiverThatDoesNotReadHoldsTheSenderBackAndLosesNothing(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      bridged(lab, peer, client);
      byte[] octets = octets(32 << 20);
      CompletableFuture<Void> sending = inBackground(() -> send(client, octets));
      // As long as the relay finds work it would read on, were it not held back.
      for (int i = 0; i < 500; i++) {
        lab.turn();
      }
      assertTrue(!sending.isDone(), "32 MiB went into buffers");
      assertArrayEquals(octets, received(lab, peer, octets.length));
      sending.join();
      exchange(lab, peer, client, 1 << 20);
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void muchTrafficBothWaysArrivesWhole(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      bridged(lab, peer, client);
      byte[] octets = octets(8 << 20);
      CompletableFuture<Void> there = inBackground(() -> send(client, octets));
      CompletableFuture<Void> back = inBackground(() -> send(peer, octets));
      CompletableFuture<byte[]> atClient = new CompletableFuture<>();
      inBackground(() -> atClient.complete(client.getInputStream().readNBytes(octets.length)));
      assertArrayEquals(octets, received(lab, peer, octets.length));
      lab.until(atClient::isDone);
      assertArrayEquals(octets, atClient.join());
      there.join();
      back.join();
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void aResetOfOneSideEndsBoth(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      bridged(lab, peer, client);
      reset(peer);
      turnWhile(lab, () -> assertEnded(client));
      assertTrue(lab.loop().told.contains("disconnected 100"));
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void closingTheRelayEndsItsConnectionsAndFreesItsPort(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      bridged(lab, peer, client);
      Loop loop = lab.loop();
      assertTrue(loop.relays.carryOut(new TurnEffect.CloseRelay(1)));
      turnWhile(lab, () -> assertEnded(peer));
      turnWhile(lab, () -> assertEnded(client));
      assertEquals(List.of("opened 1", "accepted by 1"), loop.told);
      assertEquals(0, loop.relays.connections());
      // A selector gives the port of a closed channel back in its next turn only.
      lab.turn();
      loop.open();
      assertEquals("opened 1", loop.told.getLast());
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void aBridgeToAPeerThatIsGoneClosesTheDataConnection(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin);
        Socket client = new Socket()) {
      join(client, lab.loop().address());
      lab.loop().bridge(55, lab.loop().client());
      turnWhile(lab, () -> assertEnded(client));
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void thePeerMovesToTheLoopOfTheDataConnection(Twin twin) throws Exception {
    try (TcpLab lab = new TcpLab(twin, "127.0.0.1", 2);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      bridgedAcross(lab, peer, client);
      exchange(lab, client, peer, 1 << 20);
      exchange(lab, peer, client, 1 << 20);
      reset(peer);
      turnWhile(lab, () -> assertEnded(client));
      lab.until(() -> lab.loop().told.contains("disconnected 100"));
      assertEquals(0, lab.loop().relays.connections());
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void aMovedPeerEndsWithItsAllocation(Twin twin) throws Exception {
    try (TcpLab lab = new TcpLab(twin, "127.0.0.1", 2);
        Socket peer = new Socket();
        Socket client = new Socket()) {
      bridgedAcross(lab, peer, client);
      exchange(lab, client, peer, 1000);
      lab.loop().relays.carryOut(new TurnEffect.CloseRelay(1));
      turnWhile(lab, () -> assertEnded(peer));
      turnWhile(lab, () -> assertEnded(client));
      assertEquals(List.of("opened 1", "accepted by 1"), lab.loop().told);
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void datagramRelaysAreSomebodyElses(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin)) {
      TransportAddress local = lab.loop().relayed;
      TcpRelays relays = lab.loop().relays;
      assertTrue(
          !relays.carryOut(new TurnEffect.OpenRelay(1, Transport.UDP, local, local))
              && !relays.carryOut(new TurnEffect.CloseRelay(1)));
    }
  }

  @ParameterizedTest
  @EnumSource(Twin.class)
  void manyBridgesComeAndGoWithoutLeavingDescriptors(Twin twin) throws Exception {
    try (TcpLab lab = lab(twin)) {
      Loop loop = lab.loop();
      loop.open();
      long before = descriptors();
      for (int i : IntStream.range(0, 100).toArray()) {
        try (Socket peer = new Socket();
            Socket client = new Socket()) {
          join(peer, loop.relayed.socketAddress());
          join(client, loop.address());
          lab.until(() -> loop.relays.connections() == 1);
          loop.bridge(100 + i, loop.client());
          exchange(lab, client, peer, 10);
        }
        lab.until(() -> loop.relays.connections() == 0);
      }
      lab.turn();
      assertTrue(descriptors() < before + 20, before + " -> " + descriptors());
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static long descriptors() {
    String[] open = new java.io.File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }

  private static TcpLab lab(Twin twin) throws IOException {
    return new TcpLab(twin, "127.0.0.1", 1);
  }

  private static void bridged(TcpLab lab, Socket peer, Socket client) throws IOException {
    Loop loop = lab.loop();
    loop.open();
    join(peer, loop.relayed.socketAddress());
    join(client, loop.address());
    lab.until(() -> loop.told.contains("accepted by 1"));
    loop.bridge(100, loop.client());
  }

  private static void bridgedAcross(TcpLab lab, Socket peer, Socket client) throws IOException {
    Loop of = lab.loop();
    Loop there = lab.loops.get(1);
    of.open();
    join(peer, of.relayed.socketAddress());
    join(client, there.address());
    lab.until(() -> of.told.contains("accepted by 1"));
    FiveTuple path = there.client();
    of.bridge(100, path);
  }

  private static ServerSocket listener(String host) throws IOException {
    return new ServerSocket(0, 50, InetAddress.getByName(host));
  }

  private static Socket accept(ServerSocket listener) throws IOException {
    Socket socket = listener.accept();
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void join(Socket socket, InetSocketAddress to) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(to, PATIENCE_MILLIS);
  }

  private static byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }

  private static void send(Socket socket, byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
  }

  private static void exchange(TcpLab lab, Socket from, Socket to, int length) throws IOException {
    byte[] octets = octets(length);
    CompletableFuture<Void> sending = inBackground(() -> send(from, octets));
    assertArrayEquals(octets, received(lab, to, length));
    sending.join();
  }

  private static byte[] received(TcpLab lab, Socket socket, int length) throws IOException {
    CompletableFuture<byte[]> octets = new CompletableFuture<>();
    inBackground(() -> octets.complete(socket.getInputStream().readNBytes(length)));
    lab.until(octets::isDone);
    return octets.join();
  }

  private static void turnWhile(TcpLab lab, Blocking work) throws IOException {
    CompletableFuture<Void> done = inBackground(work);
    lab.until(done::isDone);
    done.join();
  }

  /// What a test's peer or client does on a thread of its own.
  @FunctionalInterface
  private interface Blocking {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> inBackground(Blocking work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (Throwable t) {
                done.completeExceptionally(t);
              }
            });
    return done;
  }

  /// The other end has gone or will send no more, with or without a reset.
  private static void assertEnded(Socket socket) throws IOException {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (java.net.SocketException reset) {
      return;
    }
  }
}
