package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.sdp.Attribute.IceUfrag;
import dev.parley.protocol.sdp.Attribute.Msid;
import dev.parley.protocol.sdp.Attribute.Other;
import dev.parley.protocol.sdp.Attribute.Simulcast;
import dev.parley.protocol.sdp.Attribute.Simulcast.Version;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What browsers really wrote: Chromium 156 and Firefox 153.
class CorpusTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "chromium-offer",
        "chromium-answer",
        "chromium-simulcast-offer",
        "chromium-recvonly-offer",
        "chromium-data-offer",
        "chromium-first-answer",
        "chromium-second-answer",
        "chromium-third-offer",
        "firefox-offer",
        "firefox-answer"
      })
  void aBrowsersTextIsWrittenBackAsItWasRead(String name) throws SdpRefused {
    String text = Corpus.text(name);
    SessionDescription read = SessionDescription.parse(text);
    assertEquals(read, SessionDescription.parse(read.write()));
    assertEquals(
        text.replace("msid-semantic:WMS", "msid-semantic: WMS").replace("G722/8000/1", "G722/8000"),
        read.write().replace("\r\n", "\n").replace("msid-semantic:WMS", "msid-semantic: WMS"));
    assertEquals(read, SessionDescription.parse(text.replace("\n", "\r\n")));
  }

  @Test
  void everyAttributeOfInterestOfChromiumIsRead() throws SdpRefused {
    SessionDescription offer = SessionDescription.parse(Corpus.text("chromium-offer"));
    assertEquals(new Origin("-", "5246789528822473708", "2", "IN IP4 127.0.0.1"), offer.origin());
    assertEquals(List.of("0", "1"), offer.bundle());
    assertTrue(offer.has(Flag.EXTMAP_ALLOW_MIXED));
    MediaSection audio = offer.sections().getFirst();
    MediaSection video = offer.sections().getLast();
    assertEquals("audio", audio.media());
    assertEquals(33401, audio.port());
    assertEquals("0", audio.mid());
    assertEquals(4, audio.candidates().size());
    assertEquals("wYP5", offer.inherited(audio, IceUfrag.class).value());
    assertEquals(Setup.ACTPASS, audio.first(Setup.class));
    assertEquals(Direction.SENDRECV, offer.direction(audio));
    assertEquals(
        List.of(32), offer.fingerprints(audio).stream().map(f -> f.octets().length).toList());
    assertEquals(
        new Codec(111, "opus", 48000, 2, "minptime=10;useinbandfec=1", List.of("transport-cc")),
        audio.codecs().getFirst());
    assertEquals(new Codec(63, "red", 48000, 2, "111/111", List.of()), audio.codecs().get(1));
    assertEquals(8, audio.codecs().size());
    assertEquals(23, video.codecs().size());
    assertEquals(96, video.codecs().get(1).associated());
    assertEquals("42001f", video.codecs().get(2).parameter("Profile-Level-Id"));
    assertEquals(
        new ExtensionMap(10, "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
        video.all(ExtensionMap.class).get(9));
    Msid msid =
        new Msid("40858496-f2e1-45d8-843d-c2eedaf2d10a", "a6b56d8c-83f6-414e-9ad8-005f8669b7cf");
    assertEquals(List.of(msid), video.msids());
    assertEquals(
        List.of(new Source(2841009096L, 723311726L, "96ce8VPmDe6d4C55", msid)), video.sources());
  }

  @Test
  void everyAttributeOfInterestOfFirefoxIsRead() throws SdpRefused {
    SessionDescription offer = SessionDescription.parse(Corpus.text("firefox-offer"));
    MediaSection audio = offer.sections().getFirst();
    assertEquals(1, offer.fingerprints(audio).size());
    assertEquals(new Other("msid-semantic", "WMS *"), offer.attributes().getLast());
    assertTrue(audio.has(Flag.END_OF_CANDIDATES));
    assertEquals(Direction.RECVONLY, audio.all(ExtensionMap.class).get(1).direction());
    assertEquals(
        List.of(
            new Msid(
                "{a1819b11-96ed-4413-ab39-5720359ede6b}",
                "{2ea4bd7c-d574-44b1-8241-7e40c78707db}")),
        audio.msids());
    MediaSection video = offer.sections().getLast();
    assertEquals(
        List.of(new Source(473206198L, 875090377L, "{e9e03059-2d7c-4ed1-9d6f-80200d9245a6}", null)),
        video.sources());
    assertEquals(
        List.of("nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"),
        video.codecs().getFirst().feedback());
  }

  @Test
  void simulcastIsRead() throws SdpRefused {
    SessionDescription offer = SessionDescription.parse(Corpus.text("chromium-simulcast-offer"));
    MediaSection video = offer.sections().getLast();
    assertEquals(List.of("q", "h", "f"), video.rids());
    assertEquals(
        new Simulcast(
            List.of(
                List.of(new Version("q", false)),
                List.of(new Version("h", false)),
                List.of(new Version("f", false))),
            List.of()),
        video.first(Simulcast.class));
  }

  @Test
  void olderClientsNameTheTrackSourceBySource() throws SdpRefused {
    String text = Corpus.text("chromium-offer").replaceAll("(?m)^a=msid:.*\n", "");
    MediaSection audio = SessionDescription.parse(text).sections().getFirst();
    assertEquals(
        List.of(
            new Msid(
                "40858496-f2e1-45d8-843d-c2eedaf2d10a", "32be5505-8dc8-4734-b1cf-d2ce63b8c257")),
        audio.msids());
  }
}
