package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.goesOn;
import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import dev.parley.lab.Nat;
import dev.parley.lab.NatTopology;
import dev.parley.lab.ParleyTurn;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Two Chromiums, each behind a NAT, in a room whose media goes through the server in the internet.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SfuNatIT {
  private static final int MEDIA = 7882;

  /// The candidates in use towards the server.
  private static final String SELECTED =
      """
      (async () => {
        const all = [...(await parley.call.sfu.connection.getStats()).values()];
        const by = id => all.find(one => one.id === id);
        const pair = by(all.find(one => one.type === 'transport').selectedCandidatePairId);
        const [local, remote] = [by(pair.localCandidateId), by(pair.remoteCandidateId)];
        return {
          type: local.candidateType, protocol: local.protocol, address: local.address ?? '',
          relayProtocol: local.relayProtocol ?? '', tcpType: local.tcpType ?? '',
          port: remote.port, host: remote.address, hostType: remote.candidateType,
        };
      })()
      """;

  /// From now on a page knows no STUN and no TURN server.
  private static final String WITHOUT_SERVERS =
      """
      void (globalThis.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration) {
          super({...configuration, iceServers: []});
        }
      })
      """;

  private final Map<String, House> houses = new HashMap<>();
  private final List<Page> pages = new ArrayList<>();
  private NatTopology topology;
  private RemoteServer server;
  private Housekeeper housekeeper;
  private URI http;

  /// A home and the browser in it.
  private record House(NatTopology.Home home, Browser browser) {}

  /// Somebody who comes to a meeting.
  ///
  /// @param before what the page does before it joins
  private record Visitor(String name, Nat nat, String query, String before) {
    static Visitor behind(Nat nat, String name) {
      return new Visitor(name, nat, "", "0");
    }

    Visitor withoutServers() {
      return new Visitor(name, nat, query, WITHOUT_SERVERS);
    }

    Visitor byRelayOnly() {
      return new Visitor(name, nat, "?relay", before);
    }
  }

  @BeforeAll
  void start() {
    topology = NatTopology.make();
    server =
        RemoteServer.start(
            topology.internet(),
            NatTopology.SERVERS,
            ParleyTurn.QUICK_START,
            "parley.media.port=" + MEDIA,
            "parley.media.loops=1");
    http = server.http();
    housekeeper = server.housekeeper();
  }

  @AfterEach
  void closePages() {
    pages.forEach(Page::close);
    pages.clear();
  }

  @AfterAll
  void stop() throws Exception {
    for (House house : houses.values()) {
      house.browser.close();
    }
    for (AutoCloseable one : new AutoCloseable[] {server, topology}) {
      if (one != null) {
        one.close();
      }
    }
  }

  @Test
  void behindOrdinaryNatsMediaIsUdpToTheMediaPort() {
    call("nat", ordinary("Ada"), ordinary("Bob")).forEach(SfuNatIT::assertUdp);
  }

  /// No STUN or TURN server is known, so only ICE-TCP is left (RFC 6544).
  @Test
  void whereUdpIsBlockedMediaIsTcpToTheMediaPort() {
    List<Page> both = call("tcp", blocked("Eve").withoutServers(), ordinary("Bob"));
    JsonObject selected = selected(both.getFirst());
    assertEquals("tcp", selected.getString("protocol"), selected::toString);
    assertEquals("active", selected.getString("tcpType"), selected::toString);
    assertEquals("host", selected.getString("hostType"), selected::toString);
    assertEquals("", selected.getString("relayProtocol"), selected::toString);
    assertEquals(MEDIA, selected.getInt("port"), selected::toString);
    assertUdp(both.getLast());
  }

  @Test
  void whereUdpIsBlockedAndRelaysAreWantedMediaIsTurnOverTcp() {
    List<Page> both = call("turn", blocked("Eve").byRelayOnly(), ordinary("Bob"));
    JsonObject selected = selected(both.getFirst());
    assertEquals("relay", selected.getString("type"), selected::toString);
    assertEquals("tcp", selected.getString("relayProtocol"), selected::toString);
    assertEquals(MEDIA, selected.getInt("port"), selected::toString);
    assertUdp(both.getLast());
  }

  /// With all that the server offers, which way it is is the browser's choice.
  @Test
  void whereUdpIsBlockedForBothTheyMeetAllTheSame() {
    for (Page page : call("blocked", blocked("Eve"), blocked("Kim"))) {
      JsonObject selected = selected(page);
      boolean relayed = selected.getString("type").equals("relay");
      String protocol = selected.getString(relayed ? "relayProtocol" : "protocol");
      assertEquals("tcp", protocol, selected::toString);
      assertEquals(MEDIA, selected.getInt("port"), selected::toString);
    }
  }

  /// The NAT's address changes: signaling loses its socket and resumes, media goes on at once from
  /// where the server sees it come now.
  @Test
  void whoseAddressChangesGoesOnWithoutANewJoin() {
    List<Page> both = call("moving", ordinary("Ada"), ordinary("Bob"));
    Page ada = both.getFirst();
    Page bob = both.getLast();
    ada.evaluate(
        "void (globalThis.left = [], parley.session.addEventListener('participant-left',"
            + " e => left.push(e.detail)))");
    bob.evaluate("void (globalThis.first = parley.call.sfu.connection)");
    String id = bob.text("parley.session.self.id");

    long moved = System.nanoTime();
    String address = topology.readdress(houses.get("Bob").home);
    goesOn(ada);
    goesOn(bob);
    System.out.printf(
        "media goes on, both ways, %d ms after the address changed%n",
        (System.nanoTime() - moved) / 1_000_000);
    // The server's answers tell the browser its new address (RFC 8445, section 7.2.5.3.1).
    bob.await("(" + SELECTED.strip() + ").then(one => one.address === '" + address + "')");
    assertUdp(bob);

    bob.await("parley.session.state === 'joined'");
    assertEquals(id, bob.text("parley.session.self.id"));
    assertEquals(id, ada.text("[...parley.session.participants.keys()].join()"));
    assertEquals(0, ada.number("left.length"));
    assertEquals(1, bob.number("parley.session.participants.size"));
    assertTrue(bob.truth("parley.call.sfu.connection === first"));
    goesOn(ada);
    goesOn(bob);
  }

  private static Visitor ordinary(String name) {
    return Visitor.behind(Nat.PORT_RESTRICTED, name);
  }

  private static Visitor blocked(String name) {
    return Visitor.behind(Nat.UDP_BLOCKED, name);
  }

  /// Two who see and hear each other through the server.
  private List<Page> call(String room, Visitor one, Visitor other) {
    housekeeper.room(room, "\"access\": \"open\", \"topology\": \"sfu\"");
    List<Page> both = Stream.of(one, other).map(visitor -> enter(room, visitor)).toList();
    for (Page page : both) {
      page.await("document.body.dataset.stage === 'meeting'");
      page.await("parley.call.mode === 'sfu'");
    }
    seeAndHearEachOther(both);
    return both;
  }

  private Page enter(String room, Visitor visitor) {
    House house = houses.computeIfAbsent(visitor.name, _ -> build(visitor.nat));
    Page page = MeetingRoom.arrive(house.browser, http.resolve("room/" + room + visitor.query));
    pages.add(page);
    page.evaluate(visitor.before);
    MeetingRoom.join(page, visitor.name);
    return page;
  }

  private House build(Nat nat) {
    NatTopology.Home home = topology.home(nat);
    return new House(home, Browser.chromium(home.client(), http.resolve("/")));
  }

  private static void assertUdp(Page page) {
    JsonObject selected = selected(page);
    assertEquals("udp", selected.getString("protocol"), selected::toString);
    assertEquals("", selected.getString("relayProtocol"), selected::toString);
    assertEquals(MEDIA, selected.getInt("port"), selected::toString);
    assertTrue(NatTopology.SERVERS.contains(selected.getString("host")), selected::toString);
  }

  private static JsonObject selected(Page page) {
    JsonObject selected = page.evaluate(SELECTED).asJsonObject();
    System.out.println("selected: " + selected);
    return selected;
  }
}
