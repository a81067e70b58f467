package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.protocol.sdp.SdpRefused.Reason;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static final String HEAD = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n";

  @Test
  void bombsAreRefusedByTheirKind() {
    refused(Reason.TOO_LONG, 0, HEAD + "a=x:" + "y".repeat(3 << 19));
    refused(Reason.LINE_TOO_LONG, 5, HEAD + "a=x:" + "y".repeat(5000));
    refused(Reason.TOO_MANY_ATTRIBUTES, 517, HEAD + "a=x\n".repeat(600));
    refused(Reason.TOO_MANY_ATTRIBUTES, 518, HEAD + "m=audio 9 X 0\n" + "a=x\n".repeat(600));
    refused(Reason.TOO_MANY_SECTIONS, 405, HEAD + "m=audio 9 X 0\n".repeat(500));
    refused(Reason.TOO_MANY_LINES, 48_001, HEAD + "\n".repeat(60_000));
    refused(Reason.FIELDS, 5, HEAD + "m=audio 9 X" + " 0".repeat(600) + "\n");
  }

  @Test
  void whatIsNoDescriptionIsRefusedWithItsLine() {
    refused(Reason.BEGINNING, 0, "");
    refused(Reason.BEGINNING, 1, "v=1\n");
    refused(Reason.FIELDS, 2, "v=0\no=- x 1 IN IP4 127.0.0.1\ns=-\n");
    refused(Reason.FIELDS, 2, "v=0\no=- 1\ns=-\n");
    refused(Reason.BEGINNING, 3, "v=0\no=- 1 1 IN IP4 127.0.0.1\nt=0 0\n");
    refused(Reason.LINE, 5, HEAD + "nonsense\n");
    refused(Reason.LINE, 5, HEAD + "a=x\ry\n");
    refused(Reason.LINE, 5, HEAD + "a=x\0\n");
    refused(Reason.FIELDS, 5, HEAD + "m=audio\n");
    refused(Reason.FIELDS, 5, HEAD + "m=audio 65536 X 0\n");
  }

  @Test
  void valuesOutsideTheirGrammarAreRefused() {
    for (String line :
        new String[] {
          "mid:",
          "mid:" + "m".repeat(65),
          "rtpmap:128 x/1",
          "rtpmap:1 x",
          "ice-ufrag:abc",
          "ice-ufrag:a b c d",
          "ice-pwd:short",
          "fingerprint:sha-256 00:11",
          "extmap:0 u",
          "extmap:256 u",
          "extmap:1/sideways u",
          "setup:maybe",
          "rid:! send",
          "rid:a sideways",
          "simulcast:send",
          "simulcast:send ;",
          "ssrc:4294967296 cname:x",
          "ssrc-group:FID x",
          "sctp-port:65536",
          "rtcp-fb:96",
          "mid",
          "group:",
          "max-message-size:-1",
          "max-message-size:9223372036854775809"
        }) {
      refused(Reason.VALUE, 5, HEAD + "a=" + line + "\n");
    }
  }

  private static void refused(Reason reason, int line, String text) {
    SdpRefused refusal =
        assertThrows(
            SdpRefused.class,
            () -> SessionDescription.parse(text),
            text.lines().reduce("", (a, b) -> b));
    assertEquals(reason, refusal.reason());
    assertEquals(line, refusal.line());
  }
}
