package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.relay.OwnMedia;
import dev.parley.adapter.relay.TurnService;
import dev.parley.engine.turn.TurnPlace;
import dev.parley.lab.Ports;
import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunFraming;
import java.io.DataInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The relay table through both twins, with real sockets on both sides.
class RelayTest {
  static final int FIRST = 20_000;
  static final int LAST = 29_999;

  private final List<OneChannelServer> servers = new CopyOnWriteArrayList<>();
  private long bandwidth;

  @ParameterizedTest
  @EnumSource(Preference.class)
  void channelDataGoesToThePeerAndBackWithoutTheEngine(Preference io) throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket client = client(running);
        DatagramSocket peer = peer()) {
      int port = order(client, peer.getLocalPort());
      send(client, channelData(octets(1, 101)));
      DatagramPacket at = receive(peer);
      assertEquals(port, at.getPort());
      assertArrayEquals(octets(1, 101), data(at));
      peer.send(new DatagramPacket(octets(2, 33), 33, at.getSocketAddress()));
      assertArrayEquals(channelData(octets(2, 33)), data(receive(client)));
      Running.until("counted", () -> running.count(Counter.TURN_OCTETS_IN) == 33);
      assertEquals(101, running.count(Counter.TURN_OCTETS_OUT));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void streamsGetTheirPadding(Preference io) throws Exception {
    try (Running running = start(io, 1);
        Socket client = running.connect();
        DatagramSocket peer = peer()) {
      int port = freePort();
      client.getOutputStream().write(order('R', port, peer.getLocalPort()));
      DataInputStream in = new DataInputStream(client.getInputStream());
      assertEquals("opened", word(in.readNBytes(12)));
      client
          .getOutputStream()
          .write(ByteBuffer.allocate(8).putInt(0x40000003).put(new byte[] {7, 8, 9, 0}).array());
      DatagramPacket at = receive(peer);
      assertArrayEquals(new byte[] {7, 8, 9}, data(at));
      peer.send(new DatagramPacket(octets(3, 5), 5, at.getSocketAddress()));
      byte[] answer = in.readNBytes(12);
      assertArrayEquals(channelData(octets(3, 5)), Arrays.copyOf(answer, 9));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void aRouteTakenDownIsTheEnginesAgain(Preference io) throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket client = client(running);
        DatagramSocket peer = peer()) {
      int port = order(client, peer.getLocalPort());
      send(client, order('D', 0, 0));
      send(client, order('S', 0, 0));
      DatagramPacket at = receive(peer);
      assertEquals(port, at.getPort());
      peer.send(new DatagramPacket(octets(4, 40), 40, at.getSocketAddress()));
      assertArrayEquals(octets(4, 40), data(receive(client)), "as the engine forwards it");
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void aClosedRelayTakesItsRoutesWithIt(Preference io) throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket client = client(running);
        DatagramSocket peer = peer()) {
      order(client, peer.getLocalPort());
      send(client, order('C', 0, 0));
      assertEquals("closed", word(data(receive(client))));
      send(client, channelData(octets(1, 50)));
      // Without a route it is the engine's, which knows no client.
      send(client, order('C', 0, 0));
      assertEquals("closed", word(data(receive(client))));
      assertEquals(0, running.count(Counter.TURN_PACKETS_OUT));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void aPortInUseIsToldAsTaken(Preference io) throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket client = client(running);
        DatagramSocket squatter = peer()) {
      send(client, order('R', squatter.getLocalPort(), 9));
      assertEquals("taken", word(data(receive(client))));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void bandwidthIsHeld(Preference io) throws Exception {
    bandwidth = 1000;
    try (Running running = start(io, 1);
        DatagramSocket client = client(running);
        DatagramSocket peer = peer()) {
      order(client, peer.getLocalPort());
      send(client, channelData(octets(5, 900)));
      send(client, channelData(octets(6, 900)));
      assertArrayEquals(octets(5, 900), data(receive(peer)));
      Running.until("dropped", () -> running.count(Counter.TURN_BANDWIDTH_DROPS) == 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"AUTOMATIC,1", "AUTOMATIC,2", "NIO,1", "NIO,2"})
  void twoRelaysOfOneNodeExchangeDataInMemory(Preference io, int loops) throws Exception {
    try (Running running = start(io, loops);
        DatagramSocket alice = client(running);
        DatagramSocket bob = client(running)) {
      int alicePort = freePortOf(running, alice, loops, 0);
      int bobPort = freePortOf(running, bob, loops, alicePort);
      send(alice, order('R', alicePort, bobPort));
      assertEquals("opened", word(data(receive(alice))));
      send(bob, order('R', bobPort, alicePort));
      assertEquals("opened", word(data(receive(bob))));
      for (int i = 0; i < 50; i++) {
        send(alice, channelData(octets(i, 100 + i)));
        assertArrayEquals(channelData(octets(i, 100 + i)), data(receive(bob)));
        send(bob, channelData(octets(-i, 60)));
        assertArrayEquals(channelData(octets(-i, 60)), data(receive(alice)));
      }
      assertEquals(100, running.count(Counter.TURN_HANDED_OVER));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void whatTheEngineSendsToItsOwnRelayIsHandedOverToo(Preference io) throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket alice = client(running);
        DatagramSocket bob = client(running)) {
      int alicePort = freePort();
      int bobPort = freePort();
      send(alice, order('R', alicePort, bobPort));
      receive(alice);
      send(bob, order('R', bobPort, alicePort));
      receive(bob);
      byte[] message = Arrays.copyOf(order('S', 0, 0), 20);
      message[19] = 42;
      send(alice, message);
      assertArrayEquals(channelData(Arrays.copyOfRange(message, 4, 20)), data(receive(bob)));
      assertEquals(1, running.count(Counter.TURN_HANDED_OVER));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Preference.class, names = "AUTOMATIC")
  void anUnreachablePeerIsToldAndHarmsOnlyItsOwnPacket(Preference io) throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket client = client(running)) {
      int nobody = Ports.free();
      order(client, nobody);
      // The kernel says so many a second only, to all tests that run: what it swallows is said
      // of the next one.
      for (int i = 0; i < 100 && servers.getFirst().icmp.isEmpty(); i++) {
        send(client, channelData(octets(1, 50)));
        Thread.sleep(i);
      }
      Running.until("told", () -> !servers.getFirst().icmp.isEmpty());
      assertEquals("127.0.0.1:" + nobody + " 3 3", servers.getFirst().icmp.getFirst());
      try (DatagramSocket peer = new DatagramSocket(nobody, InetAddress.getLoopbackAddress())) {
        peer.setSoTimeout((int) Running.PATIENCE_MILLIS);
        send(client, channelData(octets(2, 60)));
        byte[] came = data(receive(peer));
        while (came.length == 50) {
          came = data(receive(peer)); // one of those was still under way
        }
        assertArrayEquals(octets(2, 60), came);
      }
    }
  }

  private Running start(Preference io, int loops) throws Exception {
    Service<?> service =
        TurnService.of(
            List.of(Running.udp("127.0.0.1"), Running.tcp("127.0.0.1")),
            StunFraming::frameLength,
            loop -> TurnServing.place(loop, loops),
            (place, effects, tally) -> {
              OneChannelServer server = new OneChannelServer(place, effects, bandwidth);
              servers.add(server);
              return server;
            },
            List.of(),
            StreamLayer.NONE,
            new OwnMedia());
    return Running.start(Running.settings(io).loops(loops), service);
  }

  /// Opens a relay that goes to a peer and answers its port.
  static int order(DatagramSocket client, int peerPort) throws Exception {
    int port = freePort();
    send(client, order('R', port, peerPort));
    assertEquals("opened", word(data(receive(client))));
    return port;
  }

  /// A free port that belongs to the loop which serves this client, as the engine would choose it.
  static int freePortOf(Running running, DatagramSocket client, int loops, int but)
      throws Exception {
    long[] before = received(running);
    send(client, order('S', 0, 0));
    while (true) {
      long[] after = received(running);
      for (int loop = 0; loop < loops; loop++) {
        if (after[loop] > before[loop]) {
          int port = freePort();
          while (TurnPlace.owner(port, loops) != loop || port == but) {
            port = freePort();
          }
          return port;
        }
      }
      Thread.sleep(1);
    }
  }

  private static long[] received(Running running) {
    return running.adapter.snapshots().stream()
        .mapToLong(snapshot -> snapshot.of(Counter.DATAGRAMS_RECEIVED))
        .toArray();
  }

  static int freePort() throws Exception {
    for (int i = 0; i < 1000; i++) {
      int port = FIRST + (int) (Math.random() * (LAST - FIRST));
      try (DatagramSocket probe = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (java.net.BindException e) {
        // Somebody else has it.
      }
    }
    throw new AssertionError("no free port");
  }

  static DatagramSocket client(Running running) throws Exception {
    DatagramSocket socket = peer();
    socket.connect(running.udp());
    return socket;
  }

  static DatagramSocket peer() throws Exception {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout((int) Running.PATIENCE_MILLIS);
    return socket;
  }

  static byte[] order(char what, int port, int peerPort) {
    // To the framing of streams it is a STUN message without attributes.
    return ByteBuffer.allocate(20)
        .put((byte) 0)
        .put((byte) what)
        .putShort((short) 0)
        .putInt(0x2112A442)
        .putShort((short) port)
        .putShort((short) peerPort)
        .array();
  }

  static byte[] channelData(byte[] data) {
    return ByteBuffer.allocate(4 + data.length)
        .putShort((short) OneChannelServer.CHANNEL)
        .putShort((short) data.length)
        .put(data)
        .array();
  }

  static String word(byte[] frame) {
    int length = ByteBuffer.wrap(frame).getShort(2);
    return new String(frame, 4, length, java.nio.charset.StandardCharsets.US_ASCII);
  }

  static void send(DatagramSocket from, byte[] octets) throws Exception {
    from.send(new DatagramPacket(octets, octets.length));
  }

  static DatagramPacket receive(DatagramSocket at) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    at.receive(packet);
    return packet;
  }

  static byte[] data(DatagramPacket packet) {
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  static byte[] octets(int first, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (first + i);
    }
    return octets;
  }
}
