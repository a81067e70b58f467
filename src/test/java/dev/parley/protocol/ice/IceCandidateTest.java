package dev.parley.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.protocol.ice.IceCandidate.Related;
import dev.parley.protocol.ice.IceRefused.Reason;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IceCandidateTest {
  private static final TransportAddress V4 = TransportAddress.ipv4(0xcb00710a, 7882);
  private static final TransportAddress V6 = new TransportAddress(0x2001_0db8L << 32, 1, 7882);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate:505440758 1 udp 2122194687 192.0.2.2 33401 typ host generation 0 network-id 1",
        "candidate:3578177558 1 udp 2122265343 fd00::2 35270 typ host generation 0 network-id 2",
        "candidate:3 1 tcp 1518214911 192.0.2.2 9 typ host tcptype active generation 0",
        "candidate:8 1 udp 1685987071 203.0.113.1 46154 typ srflx raddr 10.0.1.1 rport 54609"
            + " generation 0 ufrag EsAw network-cost 50",
        "candidate:1 2 udp 41885439 198.51.100.1 50000 typ relay raddr 0.0.0.0 rport 0"
      })
  void whatBrowsersWriteIsReadAndWrittenAsItWas(String text) throws IceRefused {
    assertEquals(text, IceCandidate.parse(text).text());
    assertEquals(text, IceCandidate.parse("a=" + text).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate:0 1 UDP 2122187007 192.0.2.2 56155 typ host",
        "candidate:2 1 TCP 2105458943 192.0.2.2 9 typ host tcptype active"
      })
  void firefoxWritesItsTransportsInCapitals(String text) throws IceRefused {
    String lower = text.replace("UDP", "udp").replace("TCP", "tcp");
    assertEquals(lower, IceCandidate.parse(text).text());
  }

  @Test
  void everyFieldIsRead() throws IceRefused {
    IceCandidate candidate =
        IceCandidate.parse(
            "candidate:a+/9 2 UDP 99 203.0.113.10 7882 typ srflx raddr 10.0.0.1 rport 5"
                + " generation 3 ufrag EsAw");
    assertEquals("a+/9", candidate.foundation());
    assertEquals(2, candidate.component());
    assertEquals(Transport.UDP, candidate.transport());
    assertEquals(99, candidate.priority());
    assertEquals(V4, candidate.address());
    assertEquals(CandidateType.SRFLX, candidate.type());
    assertEquals(new Related("10.0.0.1", 5), candidate.related());
    assertNull(candidate.tcpType());
    assertEquals("3", candidate.extension("generation"));
    assertEquals("EsAw", candidate.extension("ufrag"));
    assertNull(candidate.extension("network-id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5f2d8b0e-1c9a-4e6a-9d0e-0d0c3a1d2b11.local", "turn.example.org", "a", "0x7f.1a"})
  void namesAreKeptAndNeverLookedUp(String name) throws IceRefused {
    IceCandidate candidate = IceCandidate.parse("candidate:1 1 udp 1 " + name + " 1 typ host");
    assertEquals(name, candidate.host());
    assertNull(candidate.address());
  }

  @ParameterizedTest
  @CsvSource({
    "SYNTAX, ''",
    "SYNTAX, candidate",
    "SYNTAX, candidate:",
    "SYNTAX, candidate:1 1 udp 1 192.0.2.2 1",
    "SYNTAX, candidate:1 1 udp 1 192.0.2.2 1 typ",
    "SYNTAX, candidate:1 1 udp 1 192.0.2.2 1 type host",
    "SYNTAX, candidate:1  1 udp 1 192.0.2.2 1 typ host",
    "SYNTAX, candidate:1 1 udp 1 192.0.2.2 1 typ host generation",
    "SYNTAX, candidate:1 1 udp 1 192.0.2.2 1 typ host raddr 10.0.0.1",
    "SYNTAX, candidate:1 1 udp 1 192.0.2.2 1 typ host raddr 10.0.0.1 port 1",
    "ICE_CHARS, candidate:a-b 1 udp 1 192.0.2.2 1 typ host",
    "ICE_CHARS, candidate:123456789012345678901234567890123 1 udp 1 192.0.2.2 1 typ host",
    "NUMBER, candidate:1 0 udp 1 192.0.2.2 1 typ host",
    "NUMBER, candidate:1 257 udp 1 192.0.2.2 1 typ host",
    "NUMBER, candidate:1 0001 udp 1 192.0.2.2 1 typ host",
    "NUMBER, candidate:1 -1 udp 1 192.0.2.2 1 typ host",
    "NUMBER, candidate:1 1 udp 0 192.0.2.2 1 typ host",
    "NUMBER, candidate:1 1 udp 2147483648 192.0.2.2 1 typ host",
    "NUMBER, candidate:1 1 udp 99999999999 192.0.2.2 1 typ host",
    "NUMBER, candidate:1 1 udp 1 192.0.2.2 65536 typ host",
    "NUMBER, candidate:1 1 udp 1 192.0.2.2 1 typ host raddr 10.0.0.1 rport x",
    "TRANSPORT, candidate:1 1 dccp 1 192.0.2.2 1 typ host",
    "TYPE, candidate:1 1 udp 1 192.0.2.2 1 typ guest",
    "TCP_TYPE, candidate:1 1 tcp 1 192.0.2.2 1 typ host",
    "TCP_TYPE, candidate:1 1 tcp 1 192.0.2.2 1 typ host tcptype open",
    "TCP_TYPE, candidate:1 1 udp 1 192.0.2.2 1 typ host tcptype active",
    "TCP_TYPE, candidate:1 1 tcp 1 192.0.2.2 1 typ host tcptype so tcptype so",
    "ADDRESS, candidate:1 1 udp 1 192.0.2.256 1 typ host",
    "ADDRESS, candidate:1 1 udp 1 192.0.02.2 1 typ host",
    "ADDRESS, candidate:1 1 udp 1 3232235777 1 typ host",
    "ADDRESS, candidate:1 1 udp 1 192.2 1 typ host",
    "ADDRESS, candidate:1 1 udp 1 192.0.2.2. 1 typ host",
    "ADDRESS, candidate:1 1 udp 1 fe80::1%eth0 1 typ host",
    "ADDRESS, candidate:1 1 udp 1 [::1] 1 typ host",
    "ADDRESS, candidate:1 1 udp 1 1::2::3 1 typ host",
    "ADDRESS, candidate:1 1 udp 1 a_b 1 typ host",
    "ADDRESS, candidate:1 1 udp 1 192.0.2.2 1 typ host raddr ? rport 1"
  })
  void whatIsMalformedIsRefusedWithItsReason(Reason reason, String text) {
    IceRefused refused = assertThrows(IceRefused.class, () -> IceCandidate.parse(text));
    assertEquals(reason, refused.reason());
  }

  @Test
  void longTextIsRefusedUnread() {
    String text = "candidate:1 1 udp 1 192.0.2.2 1 typ host" + " a b".repeat(400);
    assertEquals(Reason.TOO_LONG, refusal(text));
    assertEquals(Reason.TOO_LONG, refusal(text.substring(0, 40 + 17 * 4)));
    assertEquals(Reason.SYNTAX, refusal("candidate:1 1 udp 1 192.0.2.2 1 typ host a b\r\nc d"));
  }

  private static Reason refusal(String text) {
    return assertThrows(IceRefused.class, () -> IceCandidate.parse(text)).reason();
  }

  @Test
  void theServersOwnCandidatesAreUdpFirstAndOfBothFamiliesInTurn() {
    TransportAddress second = V4.withPort(7883);
    List<IceCandidate> own = HostCandidates.of(List.of(V4, second, V6), List.of(V4, V6));
    assertEquals(
        List.of(
            "udp 2130706431 2001:db8:0:0:0:0:0:1 7882 typ host",
            "udp 2130706175 203.0.113.10 7882 typ host",
            "udp 2130705919 203.0.113.10 7883 typ host",
            "tcp 1520435199 2001:db8:0:0:0:0:0:1 7882 typ host tcptype passive",
            "tcp 1520434943 203.0.113.10 7882 typ host tcptype passive"),
        own.stream().map(c -> c.text().replaceFirst("candidate:\\d{1,10} 1 ", "")).toList());
    assertEquals(5, own.stream().map(IceCandidate::foundation).distinct().count() + 1);
  }

  @Test
  void theServersOwnCandidatesReadBackAsTheyAre() throws IceRefused {
    for (IceCandidate own : HostCandidates.of(List.of(V4, V6), List.of(V4, V6))) {
      IceCandidate read = IceCandidate.parse(own.text());
      assertEquals(own, read);
      assertEquals(own.address(), read.address());
    }
  }

  @Test
  void noAddressStandsInItsDiagnosticText() throws IceRefused {
    String text = "candidate:1 1 udp 1 192.0.2.2 1 typ host";
    assertFalse(IceCandidate.parse(text).toString().contains("192"));
  }

  @Test
  void pairsAreOrderedAsTheFormulaSays() {
    assertEquals(2130706431L, IcePriority.of(126, 65535, 1));
    assertEquals((5L << 32) + 2 * 9 + 1, IcePriority.pair(9, 5));
    assertEquals((5L << 32) + 2 * 9, IcePriority.pair(5, 9));
  }
}
