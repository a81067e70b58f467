package dev.parley.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.HandshakeTime;
import dev.parley.lab.HandshakeTimeLoader;
import org.junit.jupiter.api.Test;

/// How long a handshake takes where its way loses, doubles and reorders datagrams, in virtual time.
class WebRtcDtlsLossTest {
  private static final int[] LOST = {};
  private static final int[] THERE = {0};

  @Test
  void anyDatagramMayBeLost() {
    HandshakeTimeLoader.run(OneLost.class);
  }

  @Test
  void anyTwoDatagramsMayBeLost() {
    HandshakeTimeLoader.run(TwoLost.class);
  }

  abstract static class Losses implements Runnable {
    private final DtlsIdentity one = DtlsPair.identity();
    private final DtlsIdentity other = DtlsPair.identity();

    String story;

    long handshake(boolean records, TimedPair.Wire wire, String what) {
      TimedPair pair =
          TimedPair.of(
              DtlsPair.rules(one, other, DtlsPair.PROFILES),
              DtlsPair.rules(other, one, DtlsPair.PROFILES));
      pair.records = records;
      pair.wire = wire;
      boolean good = pair.establish(60_000);
      long spent = pair.spent();
      assertTrue(good, what + "\n" + pair.story());
      story = pair.story();
      pair.close();
      return spent;
    }
  }

  static final class OneLost extends Losses {
    @Override
    public void run() {
      assertTrue(HandshakeTime.virtual());
      for (int i = 0; i < 20; i++) {
        int which = i;
        int[] count = {0};
        System.err.println(
            i
                + " "
                + handshake(
                    i > 5, (from, n, d) -> count[0]++ == which ? LOST : THERE, "lost " + i));
      }
    }
  }

  @Test
  void explore() {
    HandshakeTimeLoader.run(Explore.class);
  }

  static final class Explore extends Losses {
    @Override
    public void run() {
      for (int pct : new int[] {20, 30, 50})
        for (boolean rec : new boolean[] {false, true}) {
          var all = new java.util.ArrayList<Long>();
          for (int seed = 0; seed < 400; seed++) {
            var r = new java.util.Random(seed);
            try {
              long t =
                  handshake(
                      rec, (from, n, d) -> r.nextInt(100) < pct ? LOST : THERE, "random" + seed);
              all.add(t);
              if (t > 9000 && pct == 30) System.err.println(story);
            } catch (AssertionError e) {
              all.add(99999L);
            }
          }
          java.util.Collections.sort(all);
          System.err.println(
              pct
                  + " "
                  + rec
                  + " median "
                  + all.get(200)
                  + " 90 "
                  + all.get(360)
                  + " 99 "
                  + all.get(396)
                  + " max "
                  + all.getLast()
                  + " over15 "
                  + all.stream().filter(t -> t > 15000).count());
        }
    }
  }

  static final class TwoLost extends Losses {
    @Override
    public void run() {
      long worst = 0;
      String w = "";
      for (boolean rec : new boolean[] {false, true})
        for (int i = 0; i < (rec ? 24 : 10); i++)
          for (int j = i + 1; j < (rec ? 24 : 10); j++) {
            int a = i, b = j;
            int[] count = {0};
            long t =
                handshake(
                    rec,
                    (from, n, d) -> {
                      int c = count[0]++;
                      return c == a || c == b ? LOST : THERE;
                    },
                    "lost " + i + "," + j);
            if (t > worst) {
              worst = t;
              w = rec + " " + i + " " + j;
            }
          }
      System.err.println("worst " + worst + " " + w);
    }
  }
}
