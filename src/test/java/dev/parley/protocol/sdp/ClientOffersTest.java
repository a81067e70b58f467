package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.sdp.NegotiationRefused.Reason;
import dev.parley.protocol.sdp.Section.Closed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOffersTest {
  private final Negotiation server = Server.negotiation();

  @ParameterizedTest
  @ValueSource(strings = {"chromium-simulcast", "firefox", "chromium-recvonly"})
  void aBrowsersOfferIsAnsweredToTheLetter(String name) throws NegotiationRefused {
    server.want(name.endsWith("recvonly") ? List.of(Server.video(1)) : List.of());
    Answer answer = server.answer(0, Server.corpus(name + "-offer"));
    assertEquals(Corpus.text("server-answer-to-" + name), answer.text().replace("\r\n", "\n"));
    assertFalse(server.offerNeeded());
  }

  @Test
  void whatIsAgreedIsSaidSectionBySection() throws NegotiationRefused {
    Agreement agreed = server.answer(7, Server.corpus("chromium-offer")).agreement();
    assertEquals(Setup.PASSIVE, agreed.role());
    assertFalse(agreed.restarted());
    assertEquals("wYP5", agreed.remote().ice().ufrag());
    assertEquals(4, agreed.remote().candidates().size());
    Section video = agreed.sections().getLast();
    assertEquals(Kind.VIDEO, video.kind());
    assertEquals("1", video.mid());
    assertTrue(video.receiving());
    assertFalse(video.sending());
    assertEquals(97, video.retransmission(96));
    assertEquals(-1, video.retransmission(97));
    assertEquals(10, video.extension(Server.RID, false));
    assertEquals(0, video.extension(Server.LEVEL, false));
    assertEquals(2841009096L, video.sources().getFirst().ssrc());
    assertEquals(723311726L, video.sources().getFirst().repair());
    assertEquals("a6b56d8c-83f6-414e-9ad8-005f8669b7cf", video.msids().getFirst().track());
    Codec h264 =
        new Codec(0, "h264", 90000, 1, "profile-level-id=42e034;packetization-mode=1", List.of());
    assertEquals(108, video.same(h264).payloadType());
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox", "chromium-recvonly"})
  void whatBrowsersReceiveCarriesTransportWideNumbersAndIsReportedOn(String name)
      throws NegotiationRefused {
    server.want(List.of(Server.video(1), Server.audio(2)));
    Answer answer = server.answer(0, Server.corpus(name + "-offer"));
    for (Section section : answer.agreement().sections()) {
      if (!section.kind().rtp()) {
        continue;
      }
      assertTrue(section.extension(Server.TWCC, true) > 0);
      assertEquals(0, section.extension(Server.SEND_TIME, true));
      List<String> feedback = section.codecs().getFirst().feedback();
      assertTrue(feedback.contains("transport-cc"));
      assertEquals(section.kind() == Kind.VIDEO, feedback.contains("goog-remb"));
    }
  }

  @Test
  void aClientThatKnowsNoTransportWideNumbersGetsTheTimeOfSending() throws NegotiationRefused {
    String text = Corpus.text("chromium-recvonly-offer").replaceAll("a=extmap:3 .*\n", "");
    server.want(List.of(Server.video(1)));
    Agreement agreed = server.answer(0, Server.parse(text)).agreement();
    Section video =
        agreed.sections().stream().filter(s -> s.kind() == Kind.VIDEO).findFirst().orElseThrow();
    assertEquals(0, video.extension(Server.TWCC, true));
    assertEquals(2, video.extension(Server.SEND_TIME, true));
  }

  @ParameterizedTest
  @CsvSource({"actpass,PASSIVE", "active,PASSIVE", "passive,ACTIVE"})
  void theOfferedRoleIsHonoured(String offered, Setup role) throws NegotiationRefused {
    String text = Corpus.text("chromium-offer").replace("a=setup:actpass", "a=setup:" + offered);
    Answer answer = server.answer(0, Server.parse(text));
    assertEquals(role, answer.agreement().role());
    assertEquals(role, answer.description().sections().getLast().first(Setup.class));
  }

  @Test
  void aStoppedSectionIsAnsweredWithPort0AndLeavesTheBundle() throws NegotiationRefused {
    server.answer(0, Server.corpus("chromium-offer"));
    String stopped =
        Corpus.text("chromium-offer")
            .replace("m=video 50941", "m=video 0")
            .replace("BUNDLE 0 1", "BUNDLE 0");
    SessionDescription answer = server.answer(1, Server.parse(stopped)).description();
    assertEquals(List.of("0"), answer.bundle());
    assertEquals(0, answer.sections().getLast().port());
    assertEquals("1", answer.sections().getLast().mid());
    assertEquals(Closed.STOPPED, server.sections().getLast().closed());
  }

  @Test
  void theBundleMovesOnWhereItsTaggedSectionIsStopped() throws NegotiationRefused {
    server.answer(0, Server.corpus("chromium-offer"));
    String stopped =
        Corpus.text("chromium-offer")
            .replace("m=audio 33401", "m=audio 0")
            .replace("BUNDLE 0 1", "BUNDLE 1");
    SessionDescription answer = server.answer(1, Server.parse(stopped)).description();
    assertEquals(List.of("1"), answer.bundle());
    assertEquals(1, answer.sections().getLast().candidates().size());
  }

  @Test
  void theClientTakesTheplaceOfAStoppedSectionForANewOne() throws NegotiationRefused {
    String first = Corpus.text("chromium-offer");
    server.answer(0, Server.parse(first));
    server.answer(
        1,
        Server.parse(
            first.replace("m=video 50941", "m=video 0").replace("BUNDLE 0 1", "BUNDLE 0")));
    String taken = first.replace("a=mid:1\n", "a=mid:5\n").replace("BUNDLE 0 1", "BUNDLE 0 5");
    server.answer(2, Server.parse(taken));
    assertEquals("5", server.sections().getLast().mid());
    assertTrue(server.sections().getLast().receiving());
  }

  @Test
  void aSectionWithPort0ThatIsBundleOnlyIsNotStopped() throws NegotiationRefused {
    String text =
        Corpus.text("chromium-offer")
            .replace("m=video 50941", "m=video 0")
            .replace("a=mid:1", "a=mid:1\na=bundle-only");
    Answer answer = server.answer(0, Server.parse(text));
    assertEquals(List.of("0", "1"), answer.description().bundle());
    assertEquals(9, answer.description().sections().getLast().port());
  }

  @Test
  void anUnusedSectionStaysInTheBundleInactive() throws NegotiationRefused {
    SessionDescription answer =
        server.answer(0, Server.corpus("chromium-recvonly-offer")).description();
    assertEquals(List.of("0", "1"), answer.bundle());
    for (MediaSection section : answer.sections().subList(0, 2)) {
      assertEquals(9, section.port());
      assertEquals(Direction.INACTIVE, answer.direction(section));
    }
  }

  @Test
  void dataChannelsNobodyTakesAreRejectedUnlessTheyCarryTheTransport() throws NegotiationRefused {
    SessionDescription beside =
        server.answer(0, Server.corpus("chromium-recvonly-offer")).description();
    assertEquals(0, beside.sections().getLast().port());
    assertEquals(List.of("0", "1"), beside.bundle());
    SessionDescription alone =
        Server.negotiation().answer(0, Server.corpus("chromium-data-offer")).description();
    assertEquals(9, alone.sections().getFirst().port());
    assertEquals(List.of("0"), alone.bundle());
    assertEquals(5000, alone.sections().getFirst().first(Attribute.SctpPort.class).port());
  }

  @Test
  void dataChannelsAreTakenWhereTheSwitchSaysSo() throws NegotiationRefused {
    SessionDescription answer =
        Server.negotiation(true).answer(0, Server.corpus("chromium-recvonly-offer")).description();
    assertEquals(List.of("0", "1", "2"), answer.bundle());
    assertEquals(9, answer.sections().getLast().port());
  }

  @Test
  void sectionsThatOnlyReceiveAreFilledInOrder() throws NegotiationRefused {
    server.want(List.of(Server.video(1), Server.video(2), Server.audio(3)));
    Answer answer = server.answer(0, Server.corpus("chromium-recvonly-offer"));
    assertEquals(Server.audio(3), server.sections().get(0).outgoing());
    assertEquals(Server.video(1), server.sections().get(1).outgoing());
    assertTrue(server.sections().get(1).sending());
    assertEquals(1, server.unplaced(Kind.VIDEO));
    assertTrue(server.offerNeeded());
    assertEquals(
        Direction.SENDONLY, answer.description().direction(answer.description().sections().get(1)));
  }

  @Test
  void aTrackWithoutACodecInCommonTakesNoSection() throws NegotiationRefused {
    Codec h265 = Capabilities.standard(List.of(), false).video().getLast();
    Outgoing track = new Outgoing("x", Kind.VIDEO, "s", "t", "c", 1, Source.NONE, List.of(h265));
    server.want(List.of(track));
    server.answer(0, Server.corpus("chromium-recvonly-offer"));
    assertNull(server.sections().get(1).outgoing());
    assertEquals(1, server.unplaced(Kind.VIDEO));
  }

  @Test
  void moreThanThreeEncodingsAreCutToThree() throws NegotiationRefused {
    String text =
        Corpus.text("chromium-simulcast-offer")
            .replace("a=simulcast:send q;h;f", "a=rid:x send\na=simulcast:send x;~q,h;f;h");
    Answer answer = server.answer(0, Server.parse(text));
    assertEquals(List.of("x", "q", "f"), server.sections().getLast().rids());
    assertEquals(
        "recv x;q;f",
        answer.description().sections().getLast().first(Attribute.Simulcast.class).value());
  }

  @Test
  void sectionsWithoutRtcpMuxDtlsOrAKnownMediumAreRejected() throws NegotiationRefused {
    String text = Corpus.text("chromium-offer");
    assertEquals(Closed.NO_RTCP_MUX, first(text.replace("a=rtcp-mux\n", "")));
    assertEquals(Closed.PROTOCOL, first(text.replaceFirst("UDP/TLS/RTP/SAVPF", "RTP/AVP")));
    assertEquals(Closed.MEDIA, first(text.replaceFirst("m=audio", "m=text")));
    assertEquals(Closed.NO_CODEC, first(text.replaceFirst("111 63 9 0 8 13 110 126", "13 110")));
    assertEquals(Closed.OUTSIDE_BUNDLE, first(text.replace("BUNDLE 0 1", "BUNDLE 1")));
  }

  /// What became of the audio section of an offer whose data channels are taken, so that there is
  /// one section that is.
  private static Closed first(String text) throws NegotiationRefused {
    Negotiation server = Server.negotiation(true);
    String data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:d\n";
    String bundle = text.replaceFirst("BUNDLE (.*)", "BUNDLE $1 d");
    server.answer(0, Server.parse(bundle + data));
    return server.sections().getFirst().closed();
  }

  @Test
  void withoutABundleTheFirstSectionIsTaken() throws NegotiationRefused {
    Answer answer =
        server.answer(
            0, Server.parse(Corpus.text("chromium-offer").replace("a=group:BUNDLE 0 1\n", "")));
    assertTrue(server.sections().getFirst().receiving());
    assertEquals(Closed.OUTSIDE_BUNDLE, server.sections().getLast().closed());
    assertNull(answer.description().first(Attribute.Group.class));
  }

  @Test
  void extensionDirectionsAreTurnedRound() throws NegotiationRefused {
    String text = Corpus.text("chromium-offer").replace("a=extmap:1 ", "a=extmap:1/recvonly ");
    server.answer(0, Server.parse(text));
    assertEquals(0, server.sections().getFirst().extension(Server.LEVEL, false));
    assertEquals(1, server.sections().getFirst().extension(Server.LEVEL, true));
  }

  @Test
  void aPayloadTypeOfTwoMeaningsKeepsTheFirst() throws NegotiationRefused {
    String text =
        Corpus.text("chromium-offer")
            .replace("SAVPF 96 97", "SAVPF 111 96 97")
            .replace("a=rtpmap:96 VP8/90000", "a=rtpmap:111 VP9/90000\na=rtpmap:96 VP8/90000");
    server.answer(0, Server.parse(text));
    assertEquals(96, server.sections().getLast().codecs().getFirst().payloadType());
    assertNull(server.sections().getLast().codec(111));
  }

  @Test
  void anIceRestartIsReportedAndAnsweredWithNewCredentials() throws NegotiationRefused {
    String text = Corpus.text("chromium-offer");
    IceParameters before = server.answer(0, Server.parse(text)).agreement().local();
    Agreement again = server.answer(1, Server.parse(text)).agreement();
    assertFalse(again.restarted());
    assertEquals(before, again.local());
    Agreement restarted = server.answer(2, Server.parse(text.replace("wYP5", "wYP6"))).agreement();
    assertTrue(restarted.restarted());
    assertFalse(restarted.rekeyed());
    assertNotEquals(before, restarted.local());
  }

  @Test
  void anotherCertificateNeedsARestart() throws NegotiationRefused {
    String text = Corpus.text("chromium-offer");
    server.answer(0, Server.parse(text));
    String other = text.replace("33:79:80", "33:79:81");
    refused(Reason.FINGERPRINT_CHANGED, 1, other);
    Agreement agreed = server.answer(1, Server.parse(other.replace("wYP5", "wYP6"))).agreement();
    assertTrue(agreed.rekeyed());
  }

  @Test
  void theRolesOfAStandingAssociationStay() throws NegotiationRefused {
    String text = Corpus.text("chromium-offer");
    server.answer(0, Server.parse(text.replace("setup:actpass", "setup:passive")));
    assertEquals(Setup.ACTIVE, server.answer(1, Server.parse(text)).agreement().role());
    refused(Reason.SETUP, 2, text.replace("setup:actpass", "setup:active"));
    refused(Reason.SETUP, 2, text.replace("setup:actpass", "setup:holdconn"));
  }

  @Test
  void whatCannotBeTakenIsRefusedAndChangesNothing() throws NegotiationRefused {
    String text = Corpus.text("chromium-offer");
    refused(Reason.NO_ICE, 0, text.replace("a=ice-ufrag:wYP5\n", ""));
    refused(Reason.NO_FINGERPRINT, 0, text.replaceAll("a=fingerprint:.*\n", ""));
    refused(Reason.MID, 0, text.replace("a=mid:1\n", "a=mid:0\n"));
    refused(Reason.MID, 0, text.replace("a=mid:1\n", ""));
    refused(Reason.NOTHING_ACCEPTABLE, 0, text.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"));
    server.answer(3, Server.parse(text));
    List<Section> before = server.sections();
    refused(Reason.STALE, 3, text);
    refused(
        Reason.ORDER,
        4,
        text.replace("a=mid:1\n", "a=mid:2\n").replace("BUNDLE 0 1", "BUNDLE 0 2"));
    refused(Reason.SECTIONS, 4, text.substring(0, text.indexOf("m=video")));
    assertEquals(before, server.sections());
  }

  private void refused(Reason reason, long number, String text) {
    NegotiationRefused refusal =
        assertThrows(NegotiationRefused.class, () -> server.answer(number, Server.parse(text)));
    assertEquals(reason, refusal.reason());
  }
}
