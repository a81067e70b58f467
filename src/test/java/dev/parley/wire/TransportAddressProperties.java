package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TransportAddressProperties {
  @Property(tries = 300)
  void survivesTheWayThroughASocketAddress(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 0xffff) int port) {
    TransportAddress address = new TransportAddress(high, low, port);
    assertEquals(address, TransportAddress.of(address.socketAddress()));
  }

  @Property(tries = 300)
  void survivesTheWayThroughASocketAddressAsIpv4(
      @ForAll @Size(4) byte[] octets, @ForAll @IntRange(max = 0xffff) int port) throws Exception {
    InetAddress host = InetAddress.getByAddress(octets);
    TransportAddress address = TransportAddress.of(host, port);
    assertEquals(host, address.socketAddress().getAddress());
    assertEquals(host.getHostAddress() + ":" + port, address.literal());
  }

  @Property(tries = 300)
  void neverShowsTheHostInItsText(@ForAll @IntRange(min = 0x0100, max = 0xffff) int host) {
    TransportAddress address = TransportAddress.ipv4(0xcb00_0000 | host, 1);
    String suffix = "." + (host >> 8) + "." + (host & 0xff);
    assertFalse(address.toString().contains(suffix), address.toString());
  }
}
