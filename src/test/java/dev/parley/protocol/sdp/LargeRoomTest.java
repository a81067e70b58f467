package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Descriptions for one who receives camera and microphone of 149 others.
class LargeRoomTest {
  private static final int OTHERS = 149;

  private final Negotiation server = Server.negotiation();

  private static List<Outgoing> everybody() {
    List<Outgoing> wanted = new ArrayList<>();
    for (int i = 0; i < OTHERS; i++) {
      wanted.add(Server.audio(i));
      wanted.add(Server.video(i));
    }
    return wanted;
  }

  private Agreement agree() throws NegotiationRefused {
    Offer offer = server.offer();
    return server.accept(offer.number(), Server.parse(Server.answered(offer)));
  }

  private static Set<Outgoing> sent(Agreement agreement) {
    return agreement.sections().stream()
        .filter(Section::sending)
        .map(Section::outgoing)
        .collect(Collectors.toSet());
  }

  @Test
  void everybodyIsOfferedAtOnceEachInASectionOfItsOwn() throws NegotiationRefused {
    server.want(everybody());
    Agreement agreed = agree();
    assertEquals(2 * OTHERS, agreed.sections().size());
    assertEquals(new HashSet<>(everybody()), sent(agreed));
    Set<String> mids = agreed.sections().stream().map(Section::mid).collect(Collectors.toSet());
    assertEquals(agreed.sections().size(), mids.size());
    assertFalse(server.offerNeeded());
  }

  @Test
  void whoLeavesMakesPlaceForTheNextInTheSameSections() throws NegotiationRefused {
    server.want(everybody());
    agree();
    List<Outgoing> others = new ArrayList<>(everybody());
    others.removeIf(each -> each.stream().equals("stream7"));
    server.want(others);
    agree();
    others.add(Server.audio(500));
    others.add(Server.video(500));
    server.want(others);
    Agreement agreed = agree();
    assertEquals(2 * OTHERS, agreed.sections().size());
    assertEquals(new HashSet<>(others), sent(agreed));
  }

  /// One room as it is, and one whose server forgets all that saves work: they say the same.
  @Test
  void whatIsNotSaidAnewIsSaidTheSame() throws NegotiationRefused, SdpRefused {
    Negotiation forgetful = Server.negotiation();
    SectionTexts known = new SectionTexts();
    List<Outgoing> all = everybody();
    for (int round = 1; round < 40; round++) {
      List<Outgoing> wanted = new ArrayList<>(all.subList(round / 3, round * 5));
      if (round % 4 == 0) {
        wanted.remove(round);
      }
      server.want(wanted);
      forgetful.want(wanted);
      forgetful.forget();
      Offer offer = server.offer();
      assertEquals(forgetful.offer(), offer);
      String answer = Server.answered(offer);
      if (round % 5 == 0) {
        answer = answer.replace("a=mid:s3\r\n", "a=mid:s3\r\na=inactive\r\n");
      }
      if (round % 7 == 0) {
        answer = answer.replaceFirst("m=video 9", "m=video 0");
      }
      Agreement agreed =
          server.accept(
              offer.number(), SessionDescription.parse(answer, SdpLimits.STANDARD, known));
      assertEquals(forgetful.accept(offer.number(), Server.parse(answer)), agreed);
    }
  }

  @Test
  void aSectionThatIsAnsweredAsBeforeIsTheSameOne() throws NegotiationRefused, SdpRefused {
    SectionTexts known = new SectionTexts();
    server.want(everybody().subList(0, 10));
    Offer first = server.offer();
    List<Section> before =
        server
            .accept(
                first.number(),
                SessionDescription.parse(Server.answered(first), SdpLimits.STANDARD, known))
            .sections();
    server.want(everybody().subList(0, 12));
    Offer second = server.offer();
    List<Section> after =
        server
            .accept(
                second.number(),
                SessionDescription.parse(Server.answered(second), SdpLimits.STANDARD, known))
            .sections();
    assertEquals(12, after.size());
    for (Section section : before) {
      assertSame(section, after.get(section.index()));
    }
  }

  @Test
  void whatChromiumOffersAnewInAFullRoomIsRead() throws SdpRefused {
    String[] third = Corpus.text("chromium-third-offer").split("(?m)^(?=m=)");
    StringBuilder offer = new StringBuilder(third[0]).append(third[1]).append(third[2]);
    for (int i = 0; i < OTHERS; i++) {
      offer.append(third[3].replace("a=mid:s0", "a=mid:s" + 2 * i));
      offer.append(third[4].replace("a=mid:s1", "a=mid:s" + (2 * i + 1)));
    }
    // Its screen, which is why it offers.
    offer.append(third[6]);
    SessionDescription read = SessionDescription.parse(offer.toString());
    assertEquals(3 + 2 * OTHERS, read.sections().size());
    assertTrue(offer.length() > 700_000);
  }
}
