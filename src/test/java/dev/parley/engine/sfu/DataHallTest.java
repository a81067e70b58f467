package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.DataClient;
import dev.parley.media.Counter;
import dev.parley.protocol.sctp.ChannelParameters;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Data messages from client to clients, over one loop and over several, with real associations.
class DataHallTest {
  private static final ChannelParameters RELIABLE = ChannelParameters.reliable("data");

  private static byte[] octets(int length, int number) {
    byte[] octets = new byte[length];
    new Random(number).nextBytes(octets);
    return octets;
  }

  @Test
  void whatOneSaysAllOthersHearOnWhateverLoopTheyAre() {
    DataHall hall = new DataHall(2, RELIABLE);
    DataClient ann = hall.join("ann");
    DataClient bob = hall.join("bob");
    DataClient eve = hall.join("eve");
    hall.send("ann", octets(50_000, 1));
    hall.await(() -> bob.came().size() == 1 && eve.came().size() == 1);
    assertArrayEquals(octets(50_000, 1), bob.came().getFirst().octets());
    assertArrayEquals(octets(50_000, 1), eve.came().getFirst().octets());
    assertEquals(0, ann.came().size());
  }

  @Test
  void aSenderWaitsForASlowReceiverOnAnotherLoopAndNothingIsLost() {
    DataHall hall = new DataHall(2, RELIABLE);
    hall.join("ann");
    DataClient bob = hall.join("bob");
    hall.hall.network.bottleneck(8_000_000, Duration.ofMillis(100));
    int messages = 60;
    int sent = 0;
    double waited = 0;
    while (bob.came().size() < messages) {
      while (sent < messages && hall.clients.get("ann").sctp().held() < 1_000_000) {
        hall.send("ann", octets(60_000, sent++));
      }
      hall.hall.network.pass(Duration.ofMillis(20));
      waited += 0.02;
      assertTrue(waited < 60, "came " + bob.came().size());
    }
    for (int i = 0; i < messages; i++) {
      assertArrayEquals(octets(60_000, i), bob.came().get(i).octets());
    }
    assertTrue(hall.hall.tally.counts().get(Counter.DATA_HELD) > 0);
    assertNull(hall.hall.tally.counts().get(Counter.DATA_TOO_SLOW));
  }

  @Test
  void aLossyWayDeliversAllInOrder() {
    DataHall hall = new DataHall(1, RELIABLE);
    hall.join("ann");
    DataClient bob = hall.join("bob");
    hall.hall.network.loss(0.05, 0.05);
    hall.hall.network.delay(Duration.ofMillis(5), Duration.ofMillis(10));
    for (int i = 0; i < 100; i++) {
      hall.send("ann", octets(10_000, i));
    }
    hall.await(() -> bob.came().size() == 100);
    for (int i = 0; i < 100; i++) {
      assertArrayEquals(octets(10_000, i), bob.came().get(i).octets());
    }
  }

  @Test
  void whoLeavesTakesItsChannelsAlong() {
    DataHall hall = new DataHall(2, RELIABLE);
    hall.join("ann");
    hall.join("bob");
    hall.hall.leave("bob");
    hall.send("ann", octets(10, 1));
    hall.hall.network.pass(Duration.ofMillis(500));
    hall.hall.leave("ann");
    assertTrue(hall.hall.empty());
    var counts = hall.hall.tally.counts();
    assertEquals(
        counts.get(Counter.DATA_CHANNELS_OPENED), counts.get(Counter.DATA_CHANNELS_CLOSED));
    assertEquals(counts.get(Counter.SCTP_ESTABLISHED), counts.get(Counter.SCTP_ENDED));
  }
}
