package dev.parley.adapter.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static boolean contains(String cidr, String address) {
    return Sources.of(List.of(cidr))
        .contain(TransportAddress.of(InetAddress.ofLiteral(address), 3478));
  }

  @Test
  void blockHoldsItsFirstAndLastAddressAndNoNeighbour() {
    assertEquals(true, contains("192.0.2.64/26", "192.0.2.64"));
    assertEquals(true, contains("192.0.2.64/26", "192.0.2.127"));
    assertEquals(false, contains("192.0.2.64/26", "192.0.2.63"));
    assertEquals(false, contains("192.0.2.64/26", "192.0.2.128"));
    assertEquals(true, contains("2001:db8::/33", "2001:db8:7fff::1"));
    assertEquals(false, contains("2001:db8::/33", "2001:db8:8000::1"));
    assertEquals(true, contains("2001:db8::8/125", "2001:db8::f"));
    assertEquals(false, contains("2001:db8::8/125", "2001:db8::10"));
  }

  @Test
  void wholeFamilyAndSingleAddressAreBlocksToo() {
    assertEquals(true, contains("0.0.0.0/0", "203.0.113.9"));
    assertEquals(false, contains("0.0.0.0/0", "2001:db8::1"));
    assertEquals(true, contains("::/0", "2001:db8::1"));
    assertEquals(true, contains("192.0.2.1", "192.0.2.1"));
    assertEquals(false, contains("192.0.2.1", "192.0.2.2"));
  }

  @Test
  void whatIsNoBlockIsRefused() {
    for (String wrong : List.of("192.0.2.0/33", "example.com", "192.0.2.0/x", "", "::/129")) {
      assertThrows(IllegalArgumentException.class, () -> Sources.of(List.of(wrong)), wrong);
    }
  }
}
