package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
