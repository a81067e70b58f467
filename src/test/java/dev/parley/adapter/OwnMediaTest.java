package dev.parley.adapter;

import static dev.parley.adapter.RelayTest.channelData;
import static dev.parley.adapter.RelayTest.client;
import static dev.parley.adapter.RelayTest.data;
import static dev.parley.adapter.RelayTest.freePort;
import static dev.parley.adapter.RelayTest.freePortOf;
import static dev.parley.adapter.RelayTest.octets;
import static dev.parley.adapter.RelayTest.order;
import static dev.parley.adapter.RelayTest.peer;
import static dev.parley.adapter.RelayTest.receive;
import static dev.parley.adapter.RelayTest.send;
import static dev.parley.adapter.RelayTest.word;
import static dev.parley.adapter.TurnServing.LOOPBACK;
import static dev.parley.adapter.TurnServing.mediaPort;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.relay.OwnMedia;
import dev.parley.adapter.relay.TurnService;
import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.protocol.stun.StunFraming;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.DataInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Relays and media ports of one node, with real sockets of clients: the two meet in memory.
class OwnMediaTest {
  private final OwnMedia media = new OwnMedia();
  private final RecordedMedia recorded = new RecordedMedia();
  private long bandwidth;

  @ParameterizedTest
  @CsvSource({"AUTOMATIC,1", "AUTOMATIC,2", "NIO,1", "NIO,2"})
  void dataGoesBothWaysWithoutTheKernel(Preference io, int loops) throws Exception {
    try (Running running = start(io, loops)) {
      stand(running);
      for (int loop = 0; loop < loops; loop++) {
        int relayed = 0;
        try (DatagramSocket client = client(running)) {
          TransportAddress port = mediaPort(running, loop);
          relayed = freePortOf(running, client, loops, 0);
          send(client, order('R', relayed, port.port()));
          assertEquals("opened", word(data(receive(client))));
          long before = running.count(Counter.DATAGRAMS_RECEIVED);
          for (int i = 0; i < 50; i++) {
            send(client, channelData(octets(i, 100 + i)));
            assertArrayEquals(channelData(octets(i, 100 + i)), data(receive(client)));
          }
          FiveTuple path = new FiveTuple(Transport.UDP, port, LOOPBACK.withPort(relayed));
          assertEquals(50, recorded.heard.size());
          assertEquals(
              Set.of(path), Set.copyOf(recorded.heard.stream().map(one -> one.path()).toList()));
          int here = loop;
          assertTrue(recorded.heard.stream().allMatch(one -> one.loop() == here));
          assertEquals(RecordedMedia.bytes(octets(49, 149)), recorded.heard.getLast().octets());
          assertEquals(50, running.count(Counter.DATAGRAMS_RECEIVED) - before);
          assertEquals(100L * (loop + 1), running.count(Counter.TURN_HANDED_OVER));
          assertEquals(List.of(), recorded.harmed);
          recorded.heard.clear();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"AUTOMATIC,1", "AUTOMATIC,2", "NIO,1", "NIO,2"})
  void whatTheEngineSendsGoesInMemoryToo(Preference io, int loops) throws Exception {
    try (Running running = start(io, loops);
        DatagramSocket client = client(running)) {
      stand(running);
      int port = freePortOf(running, client, loops, 0);
      send(client, order('R', port, mediaPort(running, loops - 1).port()));
      assertEquals("opened", word(data(receive(client))));
      byte[] message = Arrays.copyOf(order('S', 0, 0), 20);
      message[19] = 42;
      send(client, message);
      byte[] sent = Arrays.copyOfRange(message, 4, 20);
      assertArrayEquals(channelData(sent), data(receive(client)));
      send(client, order('D', 0, 0));
      send(client, message);
      assertArrayEquals(sent, data(receive(client)), "as the engine forwards it");
      assertEquals(4, running.count(Counter.TURN_HANDED_OVER));
      assertEquals(2, recorded.heard.size());
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void beforeTheMediaPortsStandEverythingGoesByTheKernel(Preference io) throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket client = client(running)) {
      int port = order(client, mediaPort(running, 0).port());
      send(client, channelData(octets(1, 99)));
      assertArrayEquals(channelData(octets(1, 99)), data(receive(client)));
      assertEquals(port, recorded.heard.getFirst().path().remote().port());
      assertEquals(0, running.count(Counter.TURN_HANDED_OVER));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void whoeverComesWithoutARelayIsServedByTheSocketAsEver(Preference io) throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket direct = peer()) {
      stand(running);
      direct.connect(mediaPort(running, 0).socketAddress());
      send(direct, octets(9, 1100));
      DatagramPacket back = receive(direct);
      assertArrayEquals(octets(9, 1100), data(back));
      assertEquals(0, running.count(Counter.TURN_HANDED_OVER));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void anAdvertisedAddressIsTheMediaPortsToo(Preference io) throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket client = client(running)) {
      TransportAddress port = mediaPort(running, 0);
      TransportAddress advertised = TransportAddress.ipv4(0x7f000002, port.port());
      assertEquals(
          Set.of(port, advertised),
          Set.copyOf(media.stand(List.of(TransportAddress.ipv4(0x7f000002, 0)))));
      settle(running);
      byte[] order = order('R', freePort(), port.port());
      order[12] = 2;
      send(client, order);
      assertEquals("opened", word(data(receive(client))));
      send(client, channelData(octets(5, 70)));
      assertArrayEquals(channelData(octets(5, 70)), data(receive(client)));
      assertEquals(advertised, recorded.heard.getFirst().path().local());
      assertEquals(2, running.count(Counter.TURN_HANDED_OVER));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void clientsOnStreamsGetTheirPadding(Preference io) throws Exception {
    try (Running running = start(io, 1);
        Socket client = running.connect()) {
      stand(running);
      client.getOutputStream().write(order('R', freePort(), mediaPort(running, 0).port()));
      DataInputStream in = new DataInputStream(client.getInputStream());
      assertEquals("opened", word(in.readNBytes(12)));
      client.getOutputStream().write(Arrays.copyOf(channelData(octets(3, 5)), 12));
      assertArrayEquals(Arrays.copyOf(channelData(octets(3, 5)), 12), in.readNBytes(12));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void bandwidthIsHeldTowardsOwnMedia(Preference io) throws Exception {
    bandwidth = 1000;
    try (Running running = start(io, 1);
        DatagramSocket client = client(running)) {
      stand(running);
      order(client, mediaPort(running, 0).port());
      send(client, channelData(octets(5, 900)));
      send(client, channelData(octets(6, 900)));
      assertArrayEquals(channelData(octets(5, 900)), data(receive(client)));
      Running.until("dropped", () -> running.count(Counter.TURN_BANDWIDTH_DROPS) == 1);
      assertEquals(1, recorded.heard.size());
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void aProgramOfThisHostOnAPortWhereRelaysMayBeIsServedByTheSocket(Preference io)
      throws Exception {
    try (Running running = start(io, 1);
        DatagramSocket browser = on(freePort())) {
      stand(running);
      browser.connect(mediaPort(running, 0).socketAddress());
      send(browser, octets(1, 60));
      assertArrayEquals(octets(1, 60), data(receive(browser)));
      assertEquals(0, running.count(Counter.TURN_HANDED_OVER));
    }
  }

  private static DatagramSocket on(int port) throws Exception {
    DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress());
    socket.setSoTimeout((int) Running.PATIENCE_MILLIS);
    return socket;
  }

  /// Has the media ports stand, and waits until every loop has carried it out: what a loop is left
  /// to do it does before it takes commands.
  private void stand(Running running) throws Exception {
    media.stand(List.of());
    settle(running);
  }

  private static void settle(Running running) throws Exception {
    int loops = running.adapter.loops();
    for (int loop = 0; loop < loops; loop++) {
      running.adapter.post(loop, new MediaCommand.EndAllocation(0, "nobody's"));
    }
    Running.until("settled", () -> running.count(Counter.MAILBOX_COMMANDS) == loops);
  }

  private Running start(Preference io, int loops) throws Exception {
    Service<?> turn =
        TurnService.of(
            List.of(Running.udp("127.0.0.1"), Running.tcp("127.0.0.1")),
            StunFraming::frameLength,
            loop -> TurnServing.place(loop, loops),
            (place, effects, tally) -> new OneChannelServer(place, effects, bandwidth),
            List.of(),
            StreamLayer.NONE,
            media);
    Service<String> service =
        TurnServing.media((loop, effects, tally) -> recorded.engine(loop, effects));
    return Running.start(Running.settings(io).loops(loops), turn, media.around(service));
  }
}
