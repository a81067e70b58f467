package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.protocol.sdp.TrickleFragment.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrickleFragmentTest {
  /// As WHIP clients send it (RFC 9725, section 4.3.1).
  private static final String PATCH =
      """
      a=group:BUNDLE 0 1
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      a=mid:0
      a=ice-ufrag:EsAw
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
      a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0
      a=candidate:3471623853 1 udp 2122194687 198.51.100.2 61765 typ host generation 0
      a=end-of-candidates
      """;

  @Test
  void aPatchIsRead() throws SdpRefused {
    TrickleFragment read = TrickleFragment.parse(PATCH);
    assertEquals("EsAw", read.ufrag());
    assertEquals("P2uYro0UCOQ4zxjKXaWCBui1", read.password());
    Part part = read.parts().getFirst();
    assertEquals("0", part.mid());
    assertEquals(true, part.ended());
    assertEquals(
        List.of(
            "1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0",
            "3471623853 1 udp 2122194687 198.51.100.2 61765 typ host generation 0"),
        part.candidates());
  }

  @Test
  void credentialsMayStandBeforeTheSections() throws SdpRefused {
    TrickleFragment read =
        TrickleFragment.parse(
            "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=end-of-candidates\r\n");
    assertEquals(
        new TrickleFragment("abcd", "0123456789012345678901", false, List.of(), true), read);
  }

  @Test
  void thePasswordIsNotPrinted() throws SdpRefused {
    assertEquals(false, TrickleFragment.parse(PATCH).toString().contains("P2uYro"));
  }

  @Test
  void aFloodOfCandidatesIsRefused() {
    assertThrows(
        SdpRefused.class,
        () -> TrickleFragment.parse("m=audio 9 RTP/AVP 0\n" + "a=candidate:1\n".repeat(129)));
  }
}
