package dev.parley.engine.turn.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.TransportAddress;
import org.junit.jupiter.api.Test;

class SourceBucketsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TransportAddress ONE = TransportAddress.ipv4(0x08080808, 1);
  private static final TransportAddress OTHER = TransportAddress.ipv4(0x08080809, 1);

  private final SourceBuckets buckets = new SourceBuckets(10, 50, 42);

  @Test
  void aSourceHasItsBurstAndThenItsRateAndNobodyElseSuffers() {
    long start = Long.MAX_VALUE - SECOND;
    assertEquals(50, taken(ONE, 100, start));
    assertEquals(50, taken(OTHER, 100, start));
    assertEquals(20, taken(ONE, 100, start + 2 * SECOND));
    assertEquals(50, taken(ONE, 100, start + 3600 * SECOND));
  }

  @Test
  void portsAndTheLowerHalfOfIpv6MakeNoOtherSource() {
    assertEquals(50, taken(ONE, 50, 0));
    assertFalse(buckets.take(TransportAddress.ipv4(0x08080808, 2), 0));
    assertEquals(50, taken(new TransportAddress(0x2a00_0000_0000_0001L, 1, 1), 50, 0));
    assertFalse(buckets.take(new TransportAddress(0x2a00_0000_0000_0001L, 2, 1), 0));
    assertTrue(buckets.take(new TransportAddress(0x2a00_0000_0000_0002L, 1, 1), 0));
  }

  @Test
  void aFloodFromForgedSourcesLocksNobodyOut() {
    for (int i = 0; i < 1_000_000; i++) {
      buckets.take(TransportAddress.ipv4(i * 2_654_435 + 1, 1), i);
    }
    assertEquals(50, taken(ONE, 100, 1_000_000));
  }

  private int taken(TransportAddress source, int tries, long now) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += buckets.take(source, now) ? 1 : 0;
    }
    return taken;
  }
}
