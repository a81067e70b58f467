package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Random sequences of offers from both ends: what must hold after each.
class NegotiationProperties {
  private final Map<Integer, String> mids = new HashMap<>();
  private Negotiation server;
  private Page page;
  private SessionDescription offered;

  @Property(tries = 300)
  void orderMidsAndNumbersHoldWhoeverOffers(
      @ForAll @Size(max = 30) List<@IntRange(max = 999) Integer> acts,
      @ForAll @IntRange(min = 96, max = 120) int base)
      throws NegotiationRefused {
    server = Server.negotiation();
    page = new Page(base);
    mids.clear();
    offered = null;
    List<Outgoing> wanted = new ArrayList<>();
    for (int act : acts) {
      switch (act % 8) {
        case 0 -> page.add(act % 16 < 8 ? "video" : "audio", Direction.values()[act / 16 % 4]);
        case 1 -> wanted.add(act % 16 < 8 ? Server.video(act) : Server.audio(act));
        case 2 -> wanted.subList(0, Math.min(wanted.size(), 1)).clear();
        case 3 -> turn(act / 8, false);
        case 4 -> turn(act / 8, act % 3 == 0);
        case 5 -> pageOffers();
        case 6 -> serverOffers();
        default -> pageAnswers();
      }
      server.want(List.copyOf(new HashSet<>(wanted)));
    }
    settle();
    for (Outgoing outgoing : new HashSet<>(wanted)) {
      boolean somewhere =
          server.sections().stream().anyMatch(section -> outgoing.equals(section.outgoing()));
      assertTrue(somewhere || page.places.stream().anyMatch(place -> place.stopped));
    }
  }

  private void turn(int which, boolean stop) {
    // Only what both ends know is turned or stopped; the page offers it next.
    if (!server.sections().isEmpty()) {
      Page.Place place = page.places.get(which % server.sections().size());
      place.stopped |= stop;
      place.direction = Direction.values()[which % 4];
    }
  }

  private void pageOffers() throws NegotiationRefused {
    if (page.places.stream().noneMatch(place -> !place.stopped) && server.sections().isEmpty()) {
      return;
    }
    long pending = server.pending();
    Answer answer = server.answer(page.number(), Server.parse(page.offer()));
    checked(answer.description());
    if (pending > 0) {
      SessionDescription late = offered;
      assertThrows(NegotiationRefused.class, () -> server.accept(pending, late));
    }
    offered = null;
  }

  private void serverOffers() {
    if (server.offerNeeded()) {
      Offer offer = server.offer();
      offered = Server.read(offer);
      assertNotEquals(0, server.pending());
      checked(Server.parse(offer.text()));
    }
  }

  private void pageAnswers() throws NegotiationRefused {
    // A page that added sections meanwhile has an offer of its own to make first.
    if (offered != null && page.places.size() <= server.sections().size()) {
      Agreement agreed =
          server.accept(server.pending(), Server.parse(page.answer(Server.parse(offered.write()))));
      offered = null;
      assertEquals(page.places.size(), agreed.sections().size());
    }
  }

  /// Lets both ends say what they have to say: an offer of the page, the answer to one of the
  /// server that was out, and one more for what changed meanwhile.
  private void settle() throws NegotiationRefused {
    pageOffers();
    pageAnswers();
    serverOffers();
    pageAnswers();
    assertEquals(false, server.offerNeeded());
    assertEquals(0, server.pending());
  }

  private void checked(SessionDescription said) {
    Set<String> names = new HashSet<>();
    Map<Integer, String> meanings = new HashMap<>();
    Map<Integer, String> extensions = new HashMap<>();
    List<String> open = new ArrayList<>();
    for (int i = 0; i < said.sections().size(); i++) {
      MediaSection section = said.sections().get(i);
      assertTrue(names.add(section.mid()));
      if (i < server.sections().size()) {
        assertEquals(section.mid(), mids.computeIfAbsent(i, _ -> section.mid()));
      }
      if (section.port() != 0) {
        open.add(section.mid());
        Selection.meanings(section.codecs())
            .forEach((type, meaning) -> assertEquals(meaning, same(meanings, type, meaning)));
        for (ExtensionMap map : section.all(ExtensionMap.class)) {
          assertEquals(map.uri(), same(extensions, map.id(), map.uri()));
        }
      }
    }
    assertEquals(new HashSet<>(open), new HashSet<>(said.bundle()));
    assertTrue(said.sections().size() >= server.sections().size());
  }

  private static String same(Map<Integer, String> all, int number, String meaning) {
    return all.computeIfAbsent(number, _ -> meaning);
  }
}
