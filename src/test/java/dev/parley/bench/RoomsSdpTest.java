package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.dtls.Fingerprint;
import dev.parley.protocol.ice.IceCredentials;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A member of a crowd understands the server's offers and turns them round.
class RoomsSdpTest {
  private static final String DIGEST = "AB:".repeat(31) + "CD";
  private static final String OFFER =
      """
      v=0
      s=-
      a=group:BUNDLE 0 s1
      a=ice-lite
      m=video 9 UDP/TLS/RTP/SAVPF 96 97
      a=mid:0
      a=ice-ufrag:their
      a=ice-pwd:theirpasswordtheirpassword
      a=fingerprint:sha-256 00
      a=setup:actpass
      a=candidate:1 1 udp 1 127.0.0.1 7882 typ host
      a=recvonly
      a=rid:q recv
      a=rid:f recv
      a=simulcast:recv q;f
      m=video 9 UDP/TLS/RTP/SAVPF 96 97
      a=mid:s1
      a=setup:actpass
      a=sendonly
      a=extmap:5 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      a=msid:ann ann-camera
      a=ssrc-group:FID 4000000000 17
      a=ssrc:4000000000 cname:x
      a=ssrc:17 cname:x
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      a=mid:s2
      a=sendonly
      a=msid:bob bob-microphone
      a=ssrc:23 cname:y
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      a=mid:s3
      a=inactive
      """
          .replace("\n", "\r\n");

  @Test
  void whatTheServerSendsIsReadWithItsSources() {
    assertEquals(
        List.of(
            new RoomsSdp.Incoming("s1", true, "ann", "ann-camera", (int) 4_000_000_000L, 17, 5),
            new RoomsSdp.Incoming("s2", false, "bob", "bob-microphone", 23, 0, 0)),
        RoomsSdp.incoming(OFFER));
  }

  @Test
  void whatWasReadBeforeIsAnsweredTheSame() {
    IceCredentials own = IceCredentials.generate(new Random(1));
    var fingerprint = Fingerprint.parse("sha-256 " + DIGEST).orElseThrow();
    String answer = RoomsSdp.answer(OFFER, own, fingerprint, "active");
    var sdp = new RoomsSdp(own, fingerprint);
    for (int i = 0; i < 3; i++) {
      List<RoomsSdp.Incoming> tracks = new java.util.ArrayList<>();
      String turned = sdp.turn(OFFER.replace("\r\n", "\\r\\n"), "active", tracks);
      assertEquals(answer, turned.replace("\\r\\n", "\r\n"));
      assertEquals(RoomsSdp.incoming(OFFER), tracks);
    }
  }

  @Test
  void anAnswerTurnsDirectionsAndRidsRoundAndHasItsOwnTransport() {
    IceCredentials own = IceCredentials.generate(new Random(1));
    var fingerprint = Fingerprint.parse("sha-256 " + DIGEST).orElseThrow();
    String answer = RoomsSdp.answer(OFFER, own, fingerprint, "active");
    List<String> lines = answer.lines().toList();
    assertTrue(lines.contains("a=ice-ufrag:" + own.ufrag()));
    assertTrue(lines.contains("a=fingerprint:sha-256 " + DIGEST));
    assertTrue(
        lines.containsAll(List.of("a=rid:q send", "a=simulcast:send q;f", "a=setup:active")));
    assertEquals(1, lines.stream().filter("a=sendonly"::equals).count());
    assertEquals(2, lines.stream().filter("a=recvonly"::equals).count());
    assertTrue(lines.contains("a=inactive"));
    for (String theirs : List.of("a=candidate", "a=msid", "a=ssrc", "a=ice-lite", "actpass")) {
      assertFalse(answer.contains(theirs), theirs);
    }
  }
}
