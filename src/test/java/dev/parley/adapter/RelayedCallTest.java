package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.relay.OwnMedia;
import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.wire.TransportAddress;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real TURN engine over real sockets: ports that are promised, and calls to own media.
class RelayedCallTest {
  private final OwnMedia media = new OwnMedia();
  private final RecordedMedia recorded = new RecordedMedia();

  @ParameterizedTest
  @CsvSource({"AUTOMATIC,1", "AUTOMATIC,2", "NIO,1", "NIO,2"})
  void aPromisedPortIsNobodyElsesUntilItsHolderComes(Preference io, int loops) throws Exception {
    try (Running running = start(io, loops)) {
      // Often enough for holders that come to another loop.
      for (int i = 0; i < 4; i++) {
        promiseAndRedeem(running);
      }
    }
  }

  private static void promiseAndRedeem(Running running) throws Exception {
    try (TurnUser first = new TurnUser(running.udp(), "alice")) {
      StunMessage answer = first.allocatePair();
      int port = TurnUser.relayPort(answer) + 1;
      assertFalse(free(port));
      try (TurnUser stranger = new TurnUser(running.udp(), "bob")) {
        assertEquals(508, TurnUser.error(stranger.redeem(TurnUser.token(answer))));
      }
      assertFalse(free(port));
      try (TurnUser second = new TurnUser(running.udp(), "alice")) {
        assertEquals(port, TurnUser.relayPort(second.redeem(TurnUser.token(answer))));
        assertEquals(0, TurnUser.error(release(second)));
      }
      Running.until("closed", () -> free(port));
      assertFalse(free(port - 1));
      assertEquals(0, TurnUser.error(release(first)));
      Running.until("closed", () -> free(port - 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"AUTOMATIC,1", "NIO,2"})
  void aServerThatStopsLeavesNoPromisedPort(Preference io, int loops) throws Exception {
    int port;
    try (Running running = start(io, loops);
        TurnUser user = new TurnUser(running.udp(), "alice")) {
      port = TurnUser.relayPort(user.allocatePair()) + 1;
      assertFalse(free(port));
    }
    assertEquals(true, free(port));
  }

  @ParameterizedTest
  @CsvSource({"AUTOMATIC,1", "AUTOMATIC,2", "NIO,1", "NIO,2"})
  void ownMediaIsReachedAndAnswersWherePermittedAndOtherPortsThereAreNot(Preference io, int loops)
      throws Exception {
    try (Running running = start(io, loops)) {
      TransportAddress port = media.stand(List.of()).iterator().next();
      TransportAddress other = port.withPort(9);
      TurnServing.follow(running, loops, port);
      try (TurnUser user = new TurnUser(running.udp(), "alice")) {
        user.allocate(w -> w);
        assertEquals(0, TurnUser.error(user.permit(port)));
        assertEquals(403, TurnUser.error(user.bind(0x4001, other)));
        user.sendIndication(other, new byte[] {1});
        user.sendIndication(port, new byte[] {7, 8, 9});
        StunMessage back = user.message();
        assertEquals(StunMethod.DATA, back.method());
        assertArrayEquals(new byte[] {7, 8, 9}, TurnUser.octets(back, StunAttribute.DATA));
        assertEquals(1, running.count(Counter.TURN_PERMISSION_DENIALS));
        assertEquals(0, TurnUser.error(user.bind(0x4000, port)));
        RelayTest.send(user.socket, RelayTest.channelData(RelayTest.octets(3, 200)));
        assertArrayEquals(RelayTest.channelData(RelayTest.octets(3, 200)), user.arrived());
        assertEquals(4, running.count(Counter.TURN_HANDED_OVER));
        assertEquals(2, recorded.heard.size());
      }
    }
  }

  private static StunMessage release(TurnUser user) throws Exception {
    return user.ask(StunMethod.REFRESH, w -> w.u32(StunAttribute.LIFETIME, 0));
  }

  private static boolean free(int port) {
    try (DatagramSocket probe = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (BindException taken) {
      return false;
    } catch (java.net.SocketException e) {
      throw new AssertionError(e);
    }
  }

  private Running start(Preference io, int loops) throws Exception {
    Service<String> service =
        TurnServing.media((loop, effects, tally) -> recorded.engine(loop, effects));
    return TurnServing.start(
        io, loops, TurnServing.policy(List.of()), media, media.around(service));
  }
}
