package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class TransportAddressTest {
  @Test
  void holdsIpv4InItsMappedForm() throws Exception {
    TransportAddress address = TransportAddress.of(InetAddress.getByName("192.0.2.1"), 3478);
    assertEquals(TransportAddress.ipv4(0xc0000201, 3478), address);
    assertEquals(new TransportAddress(0, 0xffff_c000_0201L, 3478), address);
    assertTrue(address.ipv4());
    assertEquals(0xc0000201, address.ipv4Bits());
    assertEquals("192.0.2.1:3478", address.literal());
  }

  @Test
  void givesOneFormToAMappedAddressHoweverItIsSpelled() throws Exception {
    assertEquals(
        TransportAddress.of(InetAddress.getByName("192.0.2.1"), 1),
        TransportAddress.of(InetAddress.getByName("::ffff:192.0.2.1"), 1));
  }

  @Test
  void doesNotTakeOtherIpv6AddressesForIpv4() throws Exception {
    for (String text :
        new String[] {"::", "::1", "::c000:201", "::1:ffff:c000:201", "1::ffff:0:1"}) {
      assertFalse(TransportAddress.of(InetAddress.getByName(text), 1).ipv4(), text);
    }
  }

  @Test
  void spellsIpv6InBrackets() throws Exception {
    InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 443);
    TransportAddress address = TransportAddress.of(socket);
    assertEquals("[2001:db8:0:0:0:0:0:1]:443", address.literal());
    assertEquals(socket, address.socketAddress());
  }

  @Test
  void tellsTheNetworkAndNotTheHostInItsText() throws Exception {
    assertEquals("192.0.x.x:3478", TransportAddress.ipv4(0xc0000201, 3478).toString());
    InetAddress host = InetAddress.getByName("2001:db8:1234:5678:9abc:def0:1122:3344");
    String text = TransportAddress.of(host, 443).toString();
    assertEquals("[2001:db8::x]:443", text);
  }

  @Test
  void refusesAPortThatIsNone() {
    assertThrows(IllegalArgumentException.class, () -> new TransportAddress(0, 0, -1));
    assertThrows(IllegalArgumentException.class, () -> new TransportAddress(0, 0, 0x1_0000));
  }

  @Test
  void makesAFiveTupleAKeyWhoseTextIsRedacted() {
    TransportAddress server = TransportAddress.ipv4(0xc6336407, 3478);
    TransportAddress client = TransportAddress.ipv4(0xc0000201, 40000);
    FiveTuple path = new FiveTuple(Transport.UDP, server, client);
    assertEquals(
        path, new FiveTuple(Transport.UDP, server, TransportAddress.ipv4(0xc0000201, 40000)));
    assertNotEquals(path, new FiveTuple(Transport.TCP, server, client));
    assertNotEquals(path, new FiveTuple(Transport.UDP, client, server));
    assertFalse(path.toString().contains("192.0.2.1"), path.toString());
    assertFalse(path.toString().contains("198.51.100.7"), path.toString());
    assertTrue(path.toString().contains("192.0.x.x:40000"), path.toString());
  }
}
