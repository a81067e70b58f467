package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.lab.Ports;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// UDP through both twins.
class DatagramTest {
  private static final TransportAddress UNREACHABLE = TransportAddress.ipv4(0x7f000001, 0);

  @ParameterizedTest
  @EnumSource(Preference.class)
  void echoesOverIpv4(Preference io) throws Exception {
    try (Running running = Running.start(io, (loop, effects, tally) -> Running.echo(effects));
        DatagramSocket client = client(running.udp())) {
      assertArrayEquals(octets(1, 200), exchange(client, octets(1, 200)));
      assertEquals(1, running.count(Counter.DATAGRAMS_RECEIVED));
      Running.until("counted", () -> running.count(Counter.DATAGRAMS_SENT) == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void echoesAnEmptyDatagram(Preference io) throws Exception {
    // A connected socket of the JDK sends no empty datagrams.
    try (Running running = Running.start(io, (loop, effects, tally) -> Running.echo(effects));
        DatagramSocket client = client(running.udp())) {
      client.disconnect();
      client.send(new DatagramPacket(new byte[0], 0, running.udp()));
      assertArrayEquals(new byte[0], receive(client));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void echoesOverIpv6(Preference io) throws Exception {
    Service<String> service =
        Running.service(
            (loop, effects, tally) -> Running.echo(effects), List.of(Running.udp("::1")));
    try (Running running = Running.start(Running.settings(io), service);
        DatagramSocket client = client(running.udp())) {
      assertArrayEquals(octets(2, 300), exchange(client, octets(2, 300)));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void servesBothWildcardsOnOnePort(Preference io) throws Exception {
    int port = Ports.free();
    Service<String> service =
        Running.service(
            (loop, effects, tally) -> Running.echo(effects),
            List.of(wildcard("0.0.0.0", port), wildcard("::", port)));
    try (Running running = Running.start(Running.settings(io).loops(2), service)) {
      assertEquals(4, running.adapter.listeners().size());
      for (String host : List.of("127.0.0.1", "::1")) {
        try (DatagramSocket client = client(new InetSocketAddress(host, port))) {
          assertArrayEquals(octets(3, 90), exchange(client, octets(3, 90)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void takesMoreDatagramsThanABatchHasSlots(Preference io) throws Exception {
    // The engine answers the first datagram with 700 of them: more than any batch or queue holds.
    int burst = 700;
    try (Running running =
            Running.start(io, (loop, effects, tally) -> new Burst(effects, burst, UNREACHABLE, 0));
        DatagramSocket client = client(running.udp())) {
      Set<Integer> seen = new HashSet<>();
      send(client, octets(0, 10));
      for (int i = 0; i < burst; i++) {
        byte[] answer = receive(client);
        int number = (answer[0] & 0xff) << 8 | answer[1] & 0xff;
        assertArrayEquals(Burst.datagram(number), answer);
        assertTrue(seen.add(number), "twice");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void refusedDestinationHarmsOnlyItself(Preference io) throws Exception {
    try (Running running =
            Running.start(io, (loop, effects, tally) -> new Burst(effects, 100, UNREACHABLE, 7));
        DatagramSocket client = client(running.udp())) {
      send(client, octets(0, 10));
      for (int i = 0; i < 100; i++) {
        receive(client);
      }
      Running.until("refusals counted", () -> running.count(Counter.SEND_FAILURES) == 15);
      Running.until("others counted", () -> running.count(Counter.DATAGRAMS_SENT) == 100);
      assertEquals(0, running.count(Counter.ENGINE_FAILURES));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void addressOfTheOtherFamilyHarmsOnlyItself(Preference io) throws Exception {
    TransportAddress ipv6 = new TransportAddress(0, 1, 9);
    try (Running running =
            Running.start(io, (loop, effects, tally) -> new Burst(effects, 10, ipv6, 10));
        DatagramSocket client = client(running.udp())) {
      send(client, octets(0, 10));
      for (int i = 0; i < 10; i++) {
        receive(client);
      }
      Running.until("counted", () -> running.count(Counter.SEND_FAILURES) == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void dropsDatagramsLargerThanASlotAndGoesOn(Preference io) throws Exception {
    try (Running running = Running.start(io, (loop, effects, tally) -> Running.echo(effects));
        DatagramSocket client = client(running.udp())) {
      send(client, octets(4, 3000));
      assertArrayEquals(octets(5, 2048), exchange(client, octets(5, 2048)));
      assertEquals(1, running.count(Counter.DATAGRAMS_TRUNCATED));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void sendsDatagramsLargerThanASlot(Preference io) throws Exception {
    try (Running running =
            Running.start(io, (loop, effects, tally) -> new Enlarging(effects, 40_000));
        DatagramSocket client = client(running.udp())) {
      assertEquals(40_000, exchange(client, octets(6, 100)).length);
      assertEquals(40_000, exchange(client, octets(6, 100)).length);
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void twoLoopsShareOnePortAndBothServe(Preference io) throws Exception {
    Service<String> service =
        Running.service(
            (loop, effects, tally) -> Running.echo(effects), List.of(Running.udp("127.0.0.1")));
    try (Running running = Running.start(Running.settings(io).loops(2), service)) {
      assertEquals(running.address(0), running.address(1));
      // The kernel spreads by source port; 64 clients on one side only is one in 2^63.
      for (int i = 0; i < 64; i++) {
        try (DatagramSocket client = client(running.udp())) {
          assertArrayEquals(octets(i, 60), exchange(client, octets(i, 60)));
        }
      }
      assertTrue(
          running.adapter.snapshots().stream()
              .allMatch(snapshot -> snapshot.of(Counter.DATAGRAMS_RECEIVED) > 0));
    }
  }

  private static Listener wildcard(String host, int port) throws IOException {
    return new Listener("any", Transport.UDP, java.net.InetAddress.getByName(host), port, true);
  }

  static DatagramSocket client(InetSocketAddress server) throws IOException {
    DatagramSocket client = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
    client.setReceiveBufferSize(4 * 1024 * 1024);
    client.setSoTimeout((int) Running.PATIENCE_MILLIS);
    client.connect(server);
    return client;
  }

  static byte[] exchange(DatagramSocket client, byte[] octets) throws IOException {
    send(client, octets);
    return receive(client);
  }

  static void send(DatagramSocket client, byte[] octets) throws IOException {
    client.send(new DatagramPacket(octets, octets.length));
  }

  static byte[] receive(DatagramSocket client) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
    client.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  static byte[] octets(int seed, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (i * 31 + seed);
    }
    return octets;
  }

  /// Answers one datagram with many, and mixes in some to a bad destination.
  private record Burst(Effects<?> effects, int count, TransportAddress bad, int badEvery)
      implements Engine {
    static byte[] datagram(int number) {
      // Sizes change now and then, as those of an encoder do.
      byte[] octets = octets(number, 20 + number / 5 % 3);
      octets[0] = (byte) (number >> 8);
      octets[1] = (byte) number;
      return octets;
    }

    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      FiveTuple nowhere = new FiveTuple(Transport.UDP, path.local(), bad);
      for (int i = 0; i < count; i++) {
        byte[] datagram = datagram(i);
        if (badEvery > 0 && i % badEvery == 0) {
          effects.transmit(datagram, 0, datagram.length, nowhere);
        }
        effects.transmit(datagram, 0, datagram.length, path);
      }
    }

    @Override
    public void tick(long now) {}

    @Override
    public long deadline() {
      return NEVER;
    }
  }

  private record Enlarging(Effects<?> effects, int size) implements Engine {
    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      effects.transmit(new byte[size], 0, size, path);
    }

    @Override
    public void tick(long now) {}

    @Override
    public long deadline() {
      return NEVER;
    }
  }
}
