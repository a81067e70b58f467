package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.HandshakeTime;
import dev.parley.lab.HandshakeTimeLoader;
import dev.parley.lab.SfuNetwork;
import dev.parley.lab.SfuNetwork.Fate;
import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.protocol.sdp.Direction;
import org.junit.jupiter.api.Test;

/// How long a peer takes to connect on a way that loses and delays, ICE and DTLS in virtual time.
class PeerLossTest {
  private static final long MILLISECOND = 1_000_000;

  /// One way, in milliseconds.
  private static final int WAY = 10;

  /// Until the client of these tests checks again, and until either end repeats a flight at first.
  private static final int CHECK = 2_500;

  private static final int RESEND = 250;

  @Test
  void anyDatagramMayBeLostAndAnyTwo() {
    HandshakeTimeLoader.run(Lost.class);
  }

  @Test
  void anyDatagramMayBeLostWhereTheServerOpensDtls() {
    HandshakeTimeLoader.run(LostToThePassive.class);
  }

  @Test
  void aHelloThatOvertakesTheCheckIsNotHeardAndComesAgain() {
    HandshakeTimeLoader.run(Overtaking.class);
  }

  @Test
  void theFirstHelloMayComeManyTimesAtOnce() {
    HandshakeTimeLoader.run(Pressed.class);
  }

  @Test
  void aLoopThatIsSecondsLateStillConnects() {
    HandshakeTimeLoader.run(LateLoop.class);
  }

  @Test
  void aWayThatLosesThreeInTenIsGoodEnough() {
    HandshakeTimeLoader.run(Bad.class);
  }

  abstract static class Connections implements Runnable {
    PeerScenario scenario;

    /// A new peer whose client has sent its first check.
    void begin(boolean active, boolean hasty, long seed, Fate fate) {
      assertTrue(HandshakeTime.virtual());
      scenario = new PeerScenario(PeerScenario.ALL, seed);
      scenario.client.active(active);
      scenario.client.hasty(hasty);
      scenario.client.sdp().add("video", Direction.SENDONLY);
      scenario.network.fate(fate);
      String offer = scenario.client.offer();
      scenario.exchange(active ? offer : offer.replace("actpass", "passive"));
    }

    /// Milliseconds until both ends are connected.
    long spent(boolean active, Fate fate) {
      begin(active, false, 1, fate);
      return spent();
    }

    long spent() {
      long begun = scenario.network.now();
      scenario.network.until(
          "connected or closed",
          () ->
              scenario.closedFor() != null
                  || scenario.client.connected() && scenario.peer.state() == PeerState.CONNECTED);
      assertNull(scenario.closedFor());
      long spent = (scenario.network.now() - begun) / MILLISECOND;
      scenario.peer.close("test", scenario.network.now());
      return spent;
    }

    static Fate losing(int... lost) {
      return (_, number, _) -> {
        for (int each : lost) {
          if (each == number) {
            return SfuNetwork.LOST;
          }
        }
        return 0;
      };
    }

    static void within(long most, long spent, String what) {
      assertTrue(spent <= most, what + " took " + spent + " ms");
    }
  }

  /// A check, its answer, four flights.
  static final class Lost extends Connections {
    @Override
    public void run() {
      assertEquals(6 * WAY, spent(true, losing()));
      for (int i = 0; i < 8; i++) {
        within(6 * WAY + (i < 2 ? CHECK : RESEND), spent(true, losing(i)), "without " + i);
        for (int j = i + 1; j < 8; j++) {
          int checks = (i < 2 ? 1 : 0) + (j < 4 && i < 2 ? 1 : 0);
          long most = 6 * WAY + checks * CHECK + 3 * RESEND;
          within(most, spent(true, losing(i, j)), "without " + i + " and " + j);
        }
      }
    }
  }

  static final class LostToThePassive extends Connections {
    @Override
    public void run() {
      assertEquals(5 * WAY, spent(false, losing()));
      for (int i = 0; i < 6; i++) {
        within(5 * WAY + (i < 1 ? CHECK : RESEND), spent(false, losing(i)), "without " + i);
      }
    }
  }

  static final class Overtaking extends Connections {
    @Override
    public void run() {
      begin(true, true, 1, (_, number, _) -> number == 0 ? 100 * MILLISECOND : 0);
      within(4 * WAY + RESEND, spent(), "who overtook its check");
      assertEquals(0, scenario.tally.counts().getOrDefault(Counter.DTLS_FAILED, 0L));
    }
  }

  static final class Pressed extends Connections {
    @Override
    public void run() {
      begin(true, false, 1, losing());
      byte[][] hello = {null};
      scenario.network.fate(
          (up, _, datagram) -> {
            boolean first = up && datagram[0] == 22 && hello[0] == null;
            hello[0] = first ? datagram.clone() : hello[0];
            return 0;
          });
      scenario.network.until("said hello", () -> hello[0] != null);
      for (int i = 0; i < 100; i++) {
        scenario.network.send(hello[0], scenario.client.path());
      }
      within(4 * WAY + RESEND, spent(), "who was pressed");
    }
  }

  /// What comes is handled late, and what goes leaves late.
  static final class LateLoop extends Connections {
    @Override
    public void run() {
      for (int late : new int[] {300, 1_000, 2_000}) {
        long spent = spent(true, (_, _, _) -> late * MILLISECOND);
        within(6 * (WAY + late) + RESEND, spent, "who is late by " + late);
      }
    }
  }

  static final class Bad extends Connections {
    @Override
    public void run() {
      for (int seed = 0; seed < 30; seed++) {
        begin(true, false, seed, losing());
        scenario.network.loss(0.3, 0.3);
        within(15_000, spent(), "seed " + seed);
      }
    }
  }
}
