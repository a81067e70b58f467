package dev.parley.adapter.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class FlowCacheTest {
  private static final TransportAddress LOCAL = TransportAddress.ipv4(0x7f000001, 3478);

  private final FlowCache cache = new FlowCache(LOCAL, 8192);

  private FiveTuple find(TransportAddress remote) {
    return cache.find(remote.high(), remote.low(), remote.port());
  }

  @Test
  void answersTheSameObjectForTheSameSource() {
    TransportAddress remote = TransportAddress.ipv4(0xc0000201, 40000);
    FiveTuple path = find(remote);
    assertEquals(new FiveTuple(Transport.UDP, LOCAL, remote), path);
    assertSame(path, find(remote));
    assertSame(LOCAL, path.local());
  }

  @Test
  void isRightForEverySourceHoweverManyThereAre() {
    for (int i = 0; i < 100_000; i++) {
      TransportAddress remote = new TransportAddress(i * 31L, ~i, i & 0xffff);
      assertEquals(remote, find(remote).remote());
    }
  }

  @Test
  void hashSpreadsNeighbouringAddressesAndPorts() {
    BitSet hit = new BitSet();
    for (int host = 0; host < 64; host++) {
      for (int port = 0; port < 64; port++) {
        TransportAddress remote = TransportAddress.ipv4(0x0a000000 + host, 50_000 + port);
        hit.set(FlowCache.hash(remote.high(), remote.low(), remote.port()) & 4095);
      }
    }
    // 4,096 keys thrown at random hit 63 % of 4,096 slots.
    assertTrue(hit.cardinality() > 2300, "hit " + hit.cardinality());
  }

  @Test
  void refusesASizeThatIsNoPowerOfTwo() {
    assertThrows(IllegalArgumentException.class, () -> new FlowCache(LOCAL, 1000));
  }
}
