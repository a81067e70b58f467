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
import dev.parley.lab.Porthole;
import dev.parley.lab.TurnHost;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Two Chromiums, each behind a NAT, in a room whose media goes through the server in the internet.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SfuNatIT {
  private static final String HOST = NatTopology.SERVERS.getFirst();
  private static final int MEDIA = 7882;
  private static final String PASSWORD = "the-password-of-the-tests";

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
          relayProtocol: local.relayProtocol ?? '', port: remote.port, host: remote.address,
        };
      })()
      """;

  private final List<AutoCloseable> visitors = new ArrayList<>();
  private NatTopology topology;
  private ParleyTurn server;
  private Porthole porthole;
  private Housekeeper housekeeper;
  private URI http;

  /// Somebody at home, in the meeting.
  private record Guest(NatTopology.Home home, Page page) {}

  @BeforeAll
  void start() {
    topology = NatTopology.make();
    server =
        ParleyTurn.start(
            TurnHost.Setup.in(topology.internet(), NatTopology.SERVERS, null),
            "parley.media.port=" + MEDIA,
            "parley.media.loops=1",
            "parley.admin.password=" + PASSWORD);
    http = URI.create("http://" + HOST + ":" + server.httpPort() + "/");
    porthole = Porthole.to(topology.internet(), server.httpPort());
    housekeeper =
        new Housekeeper(
            URI.create("http://127.0.0.1:" + porthole.port() + "/"), () -> PASSWORD, server::said);
    housekeeper.awaitOpening();
  }

  @AfterEach
  void sendHome() throws Exception {
    for (AutoCloseable one : visitors.reversed()) {
      one.close();
    }
    visitors.clear();
  }

  @AfterAll
  void stop() {
    if (porthole != null) {
      porthole.close();
    }
    if (server != null) {
      server.close();
    }
    if (topology != null) {
      topology.close();
    }
  }

  @Test
  void behindOrdinaryNatsMediaIsUdpToTheMediaPort() {
    for (Guest guest : call("nat", Nat.PORT_RESTRICTED)) {
      JsonObject selected = selected(guest);
      assertEquals("udp", selected.getString("protocol"), selected::toString);
      assertEquals("", selected.getString("relayProtocol"), selected::toString);
      assertEquals(MEDIA, selected.getInt("port"), selected::toString);
      assertTrue(NatTopology.SERVERS.contains(selected.getString("host")), selected::toString);
    }
  }

  /// Which of the two is the browser's choice.
  @Test
  void whereUdpIsBlockedMediaIsTcpToTheMediaPortOrToTheRelay() {
    for (Guest guest : call("blocked", Nat.UDP_BLOCKED)) {
      JsonObject selected = selected(guest);
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
    List<Guest> guests = call("moving", Nat.PORT_RESTRICTED);
    Page ada = guests.getFirst().page();
    Page bob = guests.getLast().page();
    ada.evaluate(
        "void (globalThis.left = [], parley.session.addEventListener('participant-left',"
            + " e => left.push(e.detail)))");
    bob.evaluate("void (globalThis.first = parley.call.sfu.connection)");
    String id = bob.text("parley.session.self.id");

    long moved = System.nanoTime();
    String address = topology.readdress(guests.getLast().home());
    goesOn(ada);
    goesOn(bob);
    System.out.printf(
        "media goes on, both ways, %d ms after the address changed%n",
        (System.nanoTime() - moved) / 1_000_000);
    // The server's answers tell the browser its new address (RFC 8445, section 7.2.5.3.1).
    bob.await("(" + SELECTED.strip() + ").then(one => one.address === '" + address + "')");
    selected(guests.getLast());

    bob.await("parley.session.state === 'joined'");
    assertEquals(id, bob.text("parley.session.self.id"));
    assertEquals(id, ada.text("[...parley.session.participants.keys()].join()"));
    assertEquals(0, ada.number("left.length"));
    assertEquals(1, bob.number("parley.session.participants.size"));
    assertTrue(bob.truth("parley.call.sfu.connection === first"));
    goesOn(ada);
    goesOn(bob);
  }

  /// Two behind the same kind of NAT, who see and hear each other through the server.
  private List<Guest> call(String room, Nat nat) {
    housekeeper.room(room, "\"access\": \"open\", \"topology\": \"sfu\"");
    List<Guest> guests = List.of(enter(room, nat, "Ada"), enter(room, nat, "Bob"));
    for (Guest guest : guests) {
      guest.page().await("parley.call.mode === 'sfu'");
    }
    seeAndHearEachOther(guests.stream().map(Guest::page).toList());
    return guests;
  }

  private Guest enter(String room, Nat nat, String name) {
    NatTopology.Home home = topology.home(nat);
    visitors.add(home);
    URI origin = URI.create("http://" + http.getAuthority());
    Browser browser = Browser.chromium(home.client(), origin);
    visitors.add(browser);
    return new Guest(home, MeetingRoom.enter(browser, http, room, name));
  }

  private static JsonObject selected(Guest guest) {
    JsonObject selected = guest.page().evaluate(SELECTED).asJsonObject();
    System.out.println("selected: " + selected);
    return selected;
  }
}
