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

class ServerOffersTest {
  private final Negotiation server = Server.negotiation();

  @Test
  void theFirstOfferIsTheServersAndChromiumAnswersIt() throws NegotiationRefused {
    server.want(List.of(Server.video(1), Server.audio(2)));
    assertTrue(server.offerNeeded());
    Offer offer = server.offer();
    assertFalse(server.offerNeeded());
    assertEquals(1, offer.number());
    assertEquals(List.of(), server.sections());
    Agreement agreed = server.accept(1, Server.corpus("chromium-first-answer"));
    assertEquals(Setup.PASSIVE, agreed.role());
    Section video = agreed.sections().getFirst();
    assertTrue(video.ours());
    assertTrue(video.sending());
    assertFalse(video.receiving());
    assertEquals(Server.video(1), video.outgoing());
    assertEquals("VP8", video.codecs().getFirst().name());
    assertEquals(97, video.retransmission(96));
    assertTrue(video.extension(Server.MID, true) > 0);
    assertFalse(server.offerNeeded());
  }

  @Test
  void anOfferAsksForFeedbackOnTheWholeTransport() throws NegotiationRefused {
    server.want(List.of(Server.video(1), Server.audio(2)));
    Offer offer = server.offer();
    for (MediaSection section : Server.read(offer).sections()) {
      List<String> feedback = section.codecs().getFirst().feedback();
      assertTrue(feedback.contains("transport-cc"));
      assertEquals(section.media().equals("video"), feedback.contains("goog-remb"));
    }
    for (Section section : server.accept(1, Server.parse(Server.answered(offer))).sections()) {
      assertTrue(section.extension(Server.TWCC, true) > 0);
    }
  }

  @Test
  void anOfferSaysWhatIsSentByWhichSource() {
    server.want(List.of(Server.video(1)));
    MediaSection video = Server.read(server.offer()).sections().getFirst();
    assertEquals("s0", video.mid());
    assertEquals(Direction.SENDONLY, video.first(Direction.class));
    assertEquals(Setup.ACTPASS, video.first(Setup.class));
    assertEquals(List.of(new Attribute.Msid("stream1", "video1")), video.msids());
    Source source = new Source(1001, 2001, "cname1", new Attribute.Msid("stream1", "video1"));
    assertEquals(List.of(source), video.sources());
  }

  @Test
  void aPublishersSectionsStandFirstAndKeepTheirEncodings() throws NegotiationRefused {
    server.answer(0, Server.corpus("chromium-simulcast-offer"));
    server.want(List.of(Server.video(1), Server.audio(2), Server.video(3)));
    Offer offer = server.offer();
    assertEquals(List.of("0", "1", "s0", "s1", "s2"), Server.read(offer).bundle());
    MediaSection published = Server.read(offer).sections().get(1);
    assertEquals(Direction.RECVONLY, published.first(Direction.class));
    assertEquals("recv q;h;f", published.first(Attribute.Simulcast.class).value());
    Agreement agreed = server.accept(1, sameClient("chromium-second-answer"));
    assertEquals(List.of("q", "h", "f"), agreed.sections().get(1).rids());
    assertTrue(agreed.sections().get(1).receiving());
    assertTrue(agreed.sections().get(4).sending());
    Agreement third = server.answer(1, sameClient("chromium-third-offer")).agreement();
    assertEquals(6, third.sections().size());
    assertTrue(third.sections().get(4).sending());
    assertTrue(third.sections().get(5).receiving());
  }

  /// A description of another run, as if it came from the client of the simulcast offer.
  private static SessionDescription sameClient(String name) {
    SessionDescription offer = Server.corpus("chromium-simulcast-offer");
    MediaSection section = offer.sections().getFirst();
    return Server.parse(
        Corpus.text(name)
            .replaceAll("a=ice-ufrag:.*", section.first(Attribute.IceUfrag.class).line())
            .replaceAll(
                "a=ice-pwd:.*",
                java.util.regex.Matcher.quoteReplacement(
                    section.first(Attribute.IcePwd.class).line()))
            .replaceAll("a=fingerprint:.*", section.first(Fingerprint.class).line()));
  }

  @Test
  void theClientsNumbersAreUsedForTheSameCodecs() throws NegotiationRefused {
    server.answer(0, Server.corpus("firefox-offer"));
    server.want(List.of(Server.video(1)));
    MediaSection video = Server.read(server.offer()).sections().getLast();
    assertEquals(120, video.codecs().getFirst().payloadType());
    assertEquals("apt=120", video.codecs().get(1).parameters());
    List<Integer> ids = video.all(ExtensionMap.class).stream().map(ExtensionMap::id).toList();
    assertEquals(List.of(3, 7, 4), ids);
  }

  @Test
  void aTrackIsOfferedWithItsOwnCodecs() {
    Codec vp9 = new Codec(0, "vp9", 90000, 1, "", List.of());
    server.want(List.of(new Outgoing("x", Kind.VIDEO, "s", "t", "c", 1, 2, List.of(vp9))));
    MediaSection video = Server.read(server.offer()).sections().getFirst();
    assertEquals(List.of("VP9", "rtx"), video.codecs().stream().map(Codec::name).toList());
  }

  @Test
  void aSectionWhoseTrackWentBecomesInactiveAndIsTakenAgain() throws NegotiationRefused {
    subscribed(Server.video(1), Server.video(2));
    server.want(List.of(Server.video(2)));
    assertTrue(server.offerNeeded());
    Offer offer = server.offer();
    assertEquals(
        Direction.INACTIVE, Server.read(offer).direction(Server.read(offer).sections().getFirst()));
    server.accept(offer.number(), Server.parse(Server.answered(offer)));
    assertFalse(server.sections().getFirst().sending());
    server.want(List.of(Server.video(2), Server.video(3), Server.audio(4)));
    server.accept(3, Server.parse(Server.answered(server.offer())));
    assertEquals(
        List.of("v3", "v2", "a4"), server.sections().stream().map(s -> s.outgoing().id()).toList());
    assertEquals(List.of("s0", "s1", "s2"), server.sections().stream().map(Section::mid).toList());
    assertTrue(server.sections().stream().allMatch(Section::sending));
  }

  private void subscribed(Outgoing... tracks) throws NegotiationRefused {
    server.want(List.of(tracks));
    Offer offer = server.offer();
    server.accept(offer.number(), Server.parse(Server.answered(offer)));
  }

  @Test
  void aClientsOfferDropsTheServersAndTheTracksStayWanted() throws NegotiationRefused {
    server.answer(0, Server.corpus("chromium-offer"));
    server.want(List.of(Server.video(1)));
    Offer dropped = server.offer();
    server.answer(1, Server.corpus("chromium-offer"));
    assertEquals(0, server.pending());
    assertEquals(2, server.sections().size());
    refused(Reason.STALE, dropped.number(), Server.answered(dropped));
    assertTrue(server.offerNeeded());
    Offer again = server.offer();
    assertEquals(2, again.number());
    assertNotEquals(
        Server.read(dropped).sections().getLast().mid(),
        Server.read(again).sections().getLast().mid());
  }

  @Test
  void aRefusedOfferOfTheClientLeavesTheServersPending() {
    server.want(List.of(Server.video(1)));
    Offer offer = server.offer();
    String bad = Corpus.text("chromium-offer").replace("a=ice-ufrag:wYP5\n", "");
    assertThrows(NegotiationRefused.class, () -> server.answer(0, Server.parse(bad)));
    assertEquals(offer.number(), server.pending());
  }

  @Test
  void answersToNoOfferOrADroppedOneAreRefused() throws NegotiationRefused {
    refused(Reason.NO_OFFER, 0, Corpus.text("chromium-answer"));
    refused(Reason.NO_OFFER, 1, Corpus.text("chromium-answer"));
    subscribed(Server.video(1));
    refused(Reason.STALE, 1, Corpus.text("chromium-answer"));
  }

  @Test
  void answersThatDoNotFitAreRefusedAndTheOfferStaysPending() {
    server.want(List.of(Server.video(1), Server.audio(2)));
    Offer offer = server.offer();
    String answer = Server.answered(offer);
    refused(Reason.SECTIONS, 1, answer.substring(0, answer.indexOf("m=audio")));
    refused(Reason.ORDER, 1, answer.replace("a=mid:s1", "a=mid:s7"));
    refused(Reason.PAYLOAD_TYPE, 1, answer.replace("a=rtpmap:96 VP8", "a=rtpmap:96 VP9"));
    refused(Reason.SETUP, 1, answer.replace("a=setup:active", "a=setup:actpass"));
    refused(Reason.NO_ICE, 1, answer.replaceAll("a=ice-pwd:.*\r\n", ""));
    assertEquals(1, server.pending());
  }

  private void refused(Reason reason, long number, String text) {
    NegotiationRefused refusal =
        assertThrows(NegotiationRefused.class, () -> server.accept(number, Server.parse(text)));
    assertEquals(reason, refusal.reason());
  }

  @Test
  void aTrackTheClientRejectsIsNotOfferedAgain() throws NegotiationRefused {
    server.want(List.of(Server.video(1), Server.audio(2)));
    String answer =
        Server.answered(server.offer())
            .replace("m=video 9", "m=video 0")
            .replace("BUNDLE s0 s1", "BUNDLE s1");
    server.accept(1, Server.parse(answer));
    assertEquals(Closed.STOPPED, server.sections().getFirst().closed());
    assertFalse(server.offerNeeded());
    server.want(List.of(Server.audio(2)));
    assertFalse(server.offerNeeded());
    server.want(List.of(Server.audio(2), Server.video(1)));
    assertTrue(server.offerNeeded());
    Offer again = server.offer();
    assertEquals(0, Server.read(again).sections().getFirst().port());
    assertEquals(List.of("s1", "s2"), Server.read(again).bundle());
  }

  @Test
  void whatTheClientStrikesOutIsNotSent() throws NegotiationRefused {
    server.want(List.of(Server.video(1)));
    String answer =
        Server.answered(server.offer())
            .replaceFirst("m=video 9 UDP/TLS/RTP/SAVPF .*", "m=video 9 UDP/TLS/RTP/SAVPF 98 99")
            .replaceAll("a=extmap:.*sdes:mid\r\n", "");
    server.accept(1, Server.parse(answer));
    Section video = server.sections().getFirst();
    assertEquals(List.of(98, 99), video.codecs().stream().map(Codec::payloadType).toList());
    assertEquals(0, video.extension(Server.MID, true));
    assertNull(video.same(Capabilities.standard(List.of(), false).video().getFirst()));
  }

  @Test
  void aClientThatDoesNotWantTheTrackIsNotSentIt() throws NegotiationRefused {
    server.want(List.of(Server.video(1)));
    server.accept(
        1, Server.parse(Server.answered(server.offer()).replace("a=recvonly", "a=inactive")));
    assertFalse(server.sections().getFirst().sending());
    assertFalse(server.offerNeeded());
  }

  @Test
  void aPageMayPublishInASectionOfTheServers() throws NegotiationRefused {
    server.want(List.of(Server.video(1)));
    String answer = Server.answered(server.offer());
    server.accept(1, Server.parse(answer));
    server.answer(
        0,
        Server.parse(
            answer
                .replace("a=recvonly", "a=sendrecv\r\na=msid:mine cam")
                .replace("setup:active", "setup:actpass")));
    Section both = server.sections().getFirst();
    assertTrue(both.sending() && both.receiving());
    assertTrue(server.sections().getFirst().ours());
    server.want(List.of());
    MediaSection next = Server.read(server.offer()).sections().getFirst();
    assertEquals(Direction.RECVONLY, next.first(Direction.class));
  }

  @Test
  void theServerRestartsIceByAnOfferWithNewCredentials() throws NegotiationRefused {
    subscribed(Server.video(1));
    server.restartIce();
    assertTrue(server.offerNeeded());
    Offer offer = server.offer();
    assertEquals("ufr2", offer.local().ufrag());
    refused(Reason.ICE_GENERATION, 2, Server.answered(offer));
    Agreement agreed = server.accept(2, Server.parse(Server.answered(offer.text(), "othr")));
    assertTrue(agreed.restarted());
    assertEquals("ufr2", agreed.local().ufrag());
    assertFalse(server.offerNeeded());
  }

  @Test
  void newCredentialsInAnAnswerNeedARestart() throws NegotiationRefused {
    subscribed(Server.video(1));
    server.want(List.of());
    Offer offer = server.offer();
    refused(Reason.ICE_GENERATION, 2, Server.answered(offer.text(), "othr"));
  }
}
