package dev.parley.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.HandshakeTime;
import dev.parley.lab.HandshakeTimeLoader;
import dev.parley.protocol.dtls.TimedPair.Wire;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How long a handshake takes whose way loses, doubles, delays and reorders, in virtual time: a way
/// of [TimedPair#WAY], so that an undisturbed one takes four of them.
class WebRtcDtlsLossTest {
  private static final int[] LOST = {};
  private static final int[] THERE = {0};
  private static final int UNDISTURBED = 4 * TimedPair.WAY;
  private static final int RESEND = DtlsConnection.WEBRTC_RESEND_MILLIS;

  /// What [dev.parley.engine.peer.Peer] gives a handshake.
  private static final int PATIENCE = 15_000;

  /// Datagrams of an undisturbed handshake, each flight in one; the same, each record in one.
  private static final int DATAGRAMS = 4;

  private static final int RECORDS = 13;

  private static final byte FINISHED_LENGTH = 61;

  @Test
  void anyDatagramMayBeLost() {
    HandshakeTimeLoader.run(OneLost.class);
  }

  @Test
  void anyTwoDatagramsMayBeLost() {
    HandshakeTimeLoader.run(TwoLost.class);
  }

  @Test
  void anyDatagramMayComeLateAndTwice() {
    HandshakeTimeLoader.run(OneLate.class);
  }

  @Test
  void flightsMayComeBackwardsAndAllTwice() {
    HandshakeTimeLoader.run(Reordered.class);
  }

  @Test
  void aSlowWayTakesItsTimeAndNoMore() {
    HandshakeTimeLoader.run(Slow.class);
  }

  @Test
  void aClientThatRepeatsAsTheRfcSaysIsWaitedFor() {
    HandshakeTimeLoader.run(ByTheBook.class);
  }

  @Test
  void aWayThatLosesThreeInTenIsGoodEnoughForAPeer() {
    HandshakeTimeLoader.run(Bad.class);
  }

  @Test
  void anyPartOfTheClientsLastFlightIsAnsweredAgain() {
    HandshakeTimeLoader.run(Answered.class);
  }

  @Test
  void aFinishedThatWasLostIsTakenFromAmongRecordsThatAreOld() {
    HandshakeTimeLoader.run(Packed.class);
  }

  abstract static class Handshakes implements Runnable {
    private final DtlsIdentity one = DtlsPair.identity();
    private final DtlsIdentity other = DtlsPair.identity();

    DtlsPeerRules rules(boolean client) {
      DtlsIdentity own = client ? one : other;
      return DtlsPair.rules(own, client ? other : one, DtlsPair.PROFILES);
    }

    /// How long it takes, in milliseconds.
    long spent(boolean records, Wire wire) {
      assertTrue(HandshakeTime.virtual());
      return spent(TimedPair.of(rules(true), rules(false)), records, wire);
    }

    static long spent(TimedPair pair, boolean records, Wire wire) {
      pair.records = records;
      pair.wire = wire;
      assertTrue(pair.establish(25_000), () -> "stalled\n" + pair.story());
      long spent = pair.spent();
      pair.close();
      return spent;
    }

    static void within(long most, long spent, String what) {
      assertTrue(spent <= most, what + " took " + spent + " ms");
    }
  }

  /// Counts the datagrams of both ends.
  static final class Counting {
    private int count;

    int next() {
      return count++;
    }
  }

  static Wire losing(int... lost) {
    Counting counting = new Counting();
    return (_, _, _) -> {
      int number = counting.next();
      for (int each : lost) {
        if (each == number) {
          return LOST;
        }
      }
      return THERE;
    };
  }

  static final class OneLost extends Handshakes {
    @Override
    public void run() {
      assertEquals(UNDISTURBED, spent(false, losing()));
      assertEquals(UNDISTURBED, spent(true, losing()));
      for (int i = 0; i < DATAGRAMS; i++) {
        assertEquals(UNDISTURBED + RESEND, spent(false, losing(i)), "without " + i);
      }
      for (int i = 0; i < RECORDS; i++) {
        assertEquals(UNDISTURBED + RESEND, spent(true, losing(i)), "without record " + i);
      }
    }
  }

  static final class TwoLost extends Handshakes {
    @Override
    public void run() {
      lose(false, 2 * DATAGRAMS);
      lose(true, RECORDS + 5);
    }

    private void lose(boolean records, int positions) {
      for (int i = 0; i < positions; i++) {
        for (int j = i + 1; j < positions; j++) {
          String what = (records ? "without records " : "without ") + i + " and " + j;
          within(UNDISTURBED + 3 * RESEND, spent(records, losing(i, j)), what);
        }
      }
    }
  }

  static final class OneLate extends Handshakes {
    @Override
    public void run() {
      for (int late : new int[] {30, RESEND - 10, RESEND + 10, 3 * RESEND}) {
        for (int i = 0; i < RECORDS; i++) {
          int which = i;
          Counting once = new Counting();
          Wire delaying = (_, _, _) -> once.next() == which ? new int[] {late} : THERE;
          String what = "record " + i + ", late by " + late;
          within(UNDISTURBED + RESEND, spent(true, delaying), what);
          Counting twice = new Counting();
          Wire doubling = (_, _, _) -> twice.next() == which ? new int[] {0, late} : THERE;
          assertEquals(UNDISTURBED, spent(true, doubling), what + " and twice");
        }
      }
    }
  }

  static final class Reordered extends Handshakes {
    @Override
    public void run() {
      Wire backwards = (_, number, _) -> new int[] {40 - number % 20};
      within(2 * UNDISTURBED + 4 * RESEND, spent(true, backwards), "backwards");
      assertEquals(UNDISTURBED, spent(false, (_, _, _) -> new int[] {0, 0}));
      assertEquals(UNDISTURBED, spent(true, (_, _, _) -> new int[] {0, 0, 100, 1000}));
    }
  }

  static final class Slow extends Handshakes {
    @Override
    public void run() {
      for (int more : new int[] {100, 300, 1_000, 3_000}) {
        int way = TimedPair.WAY + more;
        assertEquals(4 * way, spent(false, (_, _, _) -> new int[] {more}));
        for (int i = 0; i < DATAGRAMS; i++) {
          int which = i;
          Counting counting = new Counting();
          Wire wire = (_, _, _) -> counting.next() == which ? LOST : new int[] {more};
          within(4 * way + 3 * RESEND, spent(false, wire), "by " + way + " without " + i);
        }
      }
    }
  }

  /// RFC 6347, section 4.2.4.1: a second, doubled each time.
  static final class ByTheBook extends Handshakes {
    private static final int SECOND = 1_000;

    private static final class Patient extends WebRtcClient {
      Patient(DtlsPeerRules rules, PeerFacts facts) {
        super(DtlsPair.TOOLS.crypto, rules, facts);
      }

      @Override
      public int getHandshakeResendTimeMillis() {
        return SECOND;
      }
    }

    private TimedPair pair() {
      TimedPair pair = new TimedPair();
      DtlsPeerRules server = rules(false);
      pair.server.begin(it -> DtlsConnection.webrtcServer(DtlsPair.TOOLS, server, pair.server, it));
      PeerFacts facts = PeerFacts.of(rules(true).expected());
      Patient client = new Patient(rules(true), facts);
      pair.client.begin(it -> DtlsConnection.client(client, facts, pair.client, it));
      return pair;
    }

    @Override
    public void run() {
      for (int i = 0; i < 2 * DATAGRAMS; i++) {
        within(UNDISTURBED + SECOND, spent(pair(), false, losing(i)), "without " + i);
        for (int j = i + 1; j < 2 * DATAGRAMS; j++) {
          String what = "without " + i + " and " + j;
          within(UNDISTURBED + 3 * SECOND, spent(pair(), false, losing(i, j)), what);
        }
      }
    }
  }

  static final class Bad extends Handshakes {
    @Override
    public void run() {
      for (int seed = 0; seed < 60; seed++) {
        Random random = new Random(seed);
        Wire wire = (_, _, _) -> random.nextInt(10) < 3 ? LOST : THERE;
        within(PATIENCE, spent(seed % 2 == 0, wire), "seed " + seed);
      }
    }
  }

  /// The server's first answer is lost, and of the flight that the client repeats all but one
  /// record.
  static final class Answered extends Handshakes {
    @Override
    public void run() {
      for (int part = 0; part < 5; part++) {
        int heard = part;
        TimedPair pair = TimedPair.of(rules(true), rules(false));
        Wire wire =
            (from, number, _) -> {
              boolean answer = from == pair.server && number >= 5 && number < 7;
              boolean again = from == pair.client && number >= 6 && number < 11;
              return answer || again && number - 6 != heard ? LOST : THERE;
            };
        assertEquals(UNDISTURBED + RESEND, spent(pair, true, wire), "record " + part);
      }
    }
  }

  /// Finished is lost on its own; when it comes again it stands behind records of the epoch before.
  static final class Packed extends Handshakes {
    @Override
    public void run() {
      TimedPair clients = TimedPair.of(rules(true), rules(false));
      assertEquals(UNDISTURBED + RESEND, spent(clients, true, first(clients, clients.client)));
      TimedPair servers = TimedPair.of(rules(true), rules(false));
      assertEquals(UNDISTURBED + RESEND, spent(servers, true, first(servers, servers.server)));
    }

    private static Wire first(TimedPair pair, TimedPair.End whose) {
      return (from, _, datagram) -> {
        boolean finished = datagram.length == FINISHED_LENGTH && datagram[4] == 1;
        if (pair.records && from == whose && finished) {
          pair.records = false;
          return LOST;
        }
        return THERE;
      };
    }
  }
}
