package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SctpLimitsTest {
  @Test
  void theUsualOnesAreThese() {
    assertEquals(
        "SctpLimits[packet=1160, message=262144, receiveWindow=524288, sendBuffer=4194304,"
            + " flight=524288, burst=4, channels=1024, label=4096, rtoInitial=PT0.5S,"
            + " rtoMin=PT0.22S, rtoMax=PT3S, sackDelay=PT0.1S, heartbeat=PT30S, patience=PT1M]",
        SctpLimits.DEFAULT.toString());
  }

  @Test
  void whatCannotWorkIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> packet(1161));
    assertThrows(IllegalArgumentException.class, () -> packet(508));
    assertThrows(IllegalArgumentException.class, () -> Limits.message(500_000));
    assertThrows(IllegalArgumentException.class, () -> Limits.channels(0));
    assertThrows(IllegalArgumentException.class, () -> new SctpSetup(true, 0, 5000, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ChannelParameters("both bounds", "", true, 1, 1, 256));
  }

  private static void packet(int packet) {
    new SctpLimits(
        packet,
        2000,
        100_000,
        100_000,
        100_000,
        4,
        1,
        1,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  @Test
  void theSmallestPacketsCarryEverything() {
    SctpLimits small =
        new SctpLimits(
            512,
            262_144,
            524_288,
            4_194_304,
            524_288,
            4,
            1024,
            4096,
            Duration.ofMillis(500),
            Duration.ofMillis(220),
            Duration.ofSeconds(3),
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
    SctpPair.Conditions bad = new SctpPair.Conditions(0.1, 0.1, 20 * SctpPair.MS, 40 * SctpPair.MS);
    SctpPair pair = SctpPair.up(bad, small, 3);
    for (int i = 0; i < 200; i++) {
      TestEnd end = i % 2 == 0 ? pair.client : pair.server;
      int channel =
          end.open(i % 3 == 0 ? ChannelParameters.reliable("r") : ChannelParameters.lossy("l", 0));
      end.send(channel, new byte[3000]);
      end.association.close(channel, pair.now);
    }
    pair.until(() -> closed(pair.client) == 200 && closed(pair.server) == 200);
  }

  private static long closed(TestEnd end) {
    return end.events.stream().filter(SctpEvent.Closed.class::isInstance).count();
  }
}
