package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.sdp.Section.Closed;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Sections for data channels, offered by either end (RFC 8841).
class DataSectionsTest {
  private static final String DATA =
      """
      v=0
      o=- 1 1 IN IP4 0.0.0.0
      s=-
      t=0 0
      a=group:BUNDLE d
      m=application 9 UDP/DTLS/SCTP webrtc-datachannel
      c=IN IP4 0.0.0.0
      a=mid:d
      a=ice-ufrag:page
      a=ice-pwd:pagepagepagepagepagepage
      a=fingerprint:%s
      a=setup:actpass
      a=sctp-port:5001
      a=max-message-size:100000
      """
          .formatted(Server.FINGERPRINT.value());

  private final Negotiation server = Server.negotiation(true);

  @Test
  void aClientsDataChannelsAreTakenWithPortAndSize() throws NegotiationRefused {
    Answer answer = server.answer(0, Server.parse(DATA));
    String text = answer.text();
    assertTrue(text.contains("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"), text);
    assertTrue(text.contains("a=sctp-port:5000\r\n"), text);
    assertTrue(text.contains("a=max-message-size:262144\r\n"), text);
    assertEquals(new DataTransport(5001, 100_000), answer.agreement().data());
    assertFalse(server.offerNeeded());
  }

  @Test
  void whoSaysNothingOfItHasThePortOfAllAndSixtyFourKibibytes() throws NegotiationRefused {
    String bare = DATA.replaceAll("a=(sctp-port|max-message-size).*\n", "");
    Agreement agreed = server.answer(0, Server.parse(bare)).agreement();
    assertEquals(new DataTransport(5000, 65_536), agreed.data());
  }

  @Test
  void thereIsOneAssociation() throws NegotiationRefused {
    String second = DATA.substring(DATA.indexOf("m=")).replace("mid:d", "mid:e");
    server.answer(0, Server.parse(DATA.replace("BUNDLE d", "BUNDLE d e") + second));
    assertTrue(server.sections().getFirst().open());
    assertEquals(Closed.NO_DATA, server.sections().getLast().closed());
  }

  @Test
  void anOfferOfMediaAloneAgreesOnNoData() throws NegotiationRefused {
    assertNull(server.answer(0, Server.corpus("chromium-offer")).agreement().data());
  }

  @Test
  void theServerOffersDataChannelsWhereItIsToldTo() throws NegotiationRefused {
    assertFalse(server.offerNeeded());
    server.offerData(true);
    assertTrue(server.offerNeeded());
    server.want(List.of(Server.audio(1)));
    Offer offer = server.offer();
    MediaSection data = Server.read(offer).sections().getLast();
    assertEquals("application", data.media());
    assertEquals(List.of("webrtc-datachannel"), data.formats());
    assertEquals(new Attribute.SctpPort(5000), data.first(Attribute.SctpPort.class));
    assertEquals(List.of("s0", "s1"), Server.read(offer).bundle());
    Agreement agreed = server.accept(1, Server.parse(Server.answered(offer)));
    assertEquals(new DataTransport(5000, 262_144), agreed.data());
    assertFalse(server.offerNeeded());
  }

  @Test
  void dataChannelsThatTheClientDeclinesAreNotOfferedAgain() throws NegotiationRefused {
    server.offerData(true);
    server.want(List.of(Server.audio(1)));
    String answer =
        Server.answered(server.offer())
            .replace("m=application 9", "m=application 0")
            .replace("BUNDLE s0 s1", "BUNDLE s0");
    assertNull(server.accept(1, Server.parse(answer)).data());
    assertFalse(server.offerNeeded());
  }

  @Test
  void noSecondSectionIsOfferedToAClientThatOfferedOne() throws NegotiationRefused {
    server.offerData(true);
    server.answer(0, Server.parse(DATA));
    assertFalse(server.offerNeeded());
  }

  @Test
  void anOfferThatGaveWayIsMadeAgain() throws NegotiationRefused {
    server.offerData(true);
    server.offer();
    server.answer(0, Server.corpus("chromium-offer"));
    assertTrue(server.offerNeeded());
    List<MediaSection> sections = Server.read(server.offer()).sections();
    assertEquals("application", sections.getLast().media());
  }
}
