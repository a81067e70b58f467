package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import dev.parley.engine.peer.PeerScenario.Told;
import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SourceView;
import dev.parley.protocol.dtls.DtlsEnd;
import dev.parley.protocol.ice.IceCandidate;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.ice.IceRefused;
import dev.parley.protocol.sdp.Direction;
import dev.parley.protocol.sdp.SdpRefused;
import dev.parley.protocol.sdp.TrickleFragment;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerConnectTest {
  private final PeerScenario scenario = new PeerScenario();

  private PeerScenario publishing() {
    scenario.client.sdp().add("video", Direction.SENDONLY);
    return scenario.offer(new SourceView("0", "screen", true));
  }

  @Test
  void anOfferIsAnsweredAndItsTracksArePublishedAndTheTwoConnect() {
    publishing().connect();
    assertEquals(
        List.of(
            new Told.Described(1, SdpType.ANSWER),
            new Told.Published("0", "screen", true),
            new Told.Changed(PeerState.CONNECTED, null)),
        scenario.told);
    assertEquals(scenario.peer, scenario.routes.get(PeerScenario.from(1)));
  }

  @Test
  void theServerOpensDtlsWhereTheClientIsPassive() {
    scenario.client.active(false);
    scenario.client.sdp().add("video", Direction.SENDONLY);
    scenario.exchange(scenario.client.offer().replace("actpass", "passive")).connect();
  }

  @Test
  void theServerMayOfferFirst() {
    scenario.peer.want(List.of(PeerScenario.video("a", 77)), scenario.network.now());
    scenario.answer().connect();
    assertEquals(
        List.of(
            new Told.Described(1, SdpType.OFFER),
            new Told.Changed(PeerState.CONNECTED, null),
            new Told.Sending("a")),
        scenario.told);
  }

  @Test
  void theTwoConnectOverTcp() {
    TransportAddress far = TransportAddress.ipv4(0xcb007109, 4000);
    FiveTuple tcp = new FiveTuple(Transport.TCP, PeerScenario.SERVER, far);
    scenario.client.sdp().add("video", Direction.SENDONLY);
    scenario.client.move(tcp);
    scenario.offer().connect();
    scenario.peer.closed(tcp, scenario.network.now());
    assertTrue(scenario.routes.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theTwoConnectOverALossyNetwork(long seed) {
    PeerScenario lossy = new PeerScenario(PeerScenario.ALL, seed);
    lossy.client.sdp().add("audio", Direction.SENDONLY);
    lossy.offer();
    lossy.network.until("checked", () -> !lossy.routes.isEmpty());
    lossy.network.loss(0.2, 0.2);
    lossy.network.until("keyed here", () -> lossy.peer.state() == PeerState.CONNECTED);
  }

  @Test
  void aClientThatNeverChecksIsGivenUp() {
    scenario.client.sdp().add("video", Direction.SENDONLY);
    scenario.network.loss(1, 0);
    scenario.offer();
    scenario.pass(29_000);
    assertNull(scenario.closedFor());
    scenario.pass(2_000);
    assertEquals("timeout", scenario.closedFor());
    assertEquals(0, scenario.directory.size());
  }

  @Test
  void aClientWhoseDtlsNeverComesIsGivenUp() {
    scenario.client.handshakes(false);
    publishing();
    scenario.pass(14_000);
    assertNull(scenario.closedFor());
    scenario.pass(2_000);
    assertEquals("timeout", scenario.closedFor());
    assertTrue(scenario.routes.isEmpty());
  }

  @Test
  void aCertificateThatTheDescriptionDoesNotVouchForEndsIt() {
    scenario.client.lie("sha-256 " + "AA:".repeat(31) + "AA");
    publishing();
    scenario.network.until("closed", () -> scenario.closedFor() != null);
    assertEquals("dtls", scenario.closedFor());
    scenario.network.until("told", () -> scenario.client.end() == DtlsEnd.PEER_ALERT);
  }

  @Test
  void dtlsOfAnAddressThatIceHasNotVerifiedIsNotHeard() {
    publishing();
    byte[] hello = {22, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    long before = scenario.network.carried();
    scenario.peer.receive(hello, 0, hello.length, PeerScenario.from(66), scenario.network.now());
    assertEquals(1L, scenario.tally.counts().get(Counter.INPUT_MALFORMED));
    assertEquals(before, scenario.network.carried());
    scenario.connect();
  }

  @Test
  void silenceIsToldAndThenConsentRunsOut() {
    publishing().connect();
    scenario.client.vanish();
    scenario.pass(20_000);
    assertEquals(new Told.Changed(PeerState.QUIET, null), scenario.told.getLast());
    scenario.pass(20_000);
    assertEquals("consent", scenario.closedFor());
  }

  @Test
  void whoIsHeardAgainIsConnectedAgain() {
    publishing().connect();
    scenario.network.loss(1, 1);
    scenario.pass(20_000);
    assertEquals(new Told.Changed(PeerState.QUIET, null), scenario.told.getLast());
    scenario.network.loss(0, 0);
    scenario.pass(5_000);
    assertEquals(new Told.Changed(PeerState.CONNECTED, null), scenario.told.getLast());
  }

  @Test
  void aClientThatSaysGoodbyeHasLeft() {
    publishing().connect();
    scenario.client.close();
    scenario.pass(100);
    assertEquals("left", scenario.closedFor());
  }

  @Test
  void aClientThatMovesIsFollowed() {
    publishing().connect();
    scenario.pass(3_000);
    scenario.client.move(PeerScenario.from(2));
    scenario.pass(3_000);
    assertEquals(scenario.peer, scenario.routes.get(PeerScenario.from(2)));
    int[] heard = {0};
    scenario.client.raw(_ -> heard[0]++);
    scenario.peer.requestKeyFrame(5, scenario.network.now());
    scenario.pass(20);
    assertEquals(1, heard[0]);
  }

  @Test
  void anOfferWithNewCredentialsRestartsIceAndKeepsTheKeys() {
    publishing().connect();
    String before = scenario.answers.get(1L);
    scenario.exchange(scenario.client.offerRestart());
    assertFalse(before.contains(ufrag(scenario.answers.get(2L))));
    scenario.pass(4_000);
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
    assertEquals(1, scenario.directory.size());
    scenario.pass(60_000);
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
  }

  @Test
  void theServerCanAskForARestart() {
    publishing().connect();
    scenario.peer.offerIceRestart(scenario.network.now());
    assertEquals(2, scenario.directory.size());
    scenario.answer();
    scenario.pass(60_000);
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
    assertEquals(1, scenario.directory.size());
  }

  @Test
  void aClientsOfferTakesTheServersRestartBack() {
    publishing().connect();
    scenario.peer.offerIceRestart(scenario.network.now());
    scenario.offer();
    assertEquals(2, scenario.offers.size());
    scenario.pass(100);
    scenario.answer();
    scenario.pass(60_000);
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
    assertEquals(1, scenario.directory.size());
  }

  @Test
  void descriptionsTellTheCandidatesAsLinesOfTheirOwn() throws IceRefused {
    publishing().connect();
    List<String> lines =
        scenario.answers.get(1L).lines().filter(line -> line.startsWith("a=candidate:")).toList();
    assertFalse(lines.isEmpty());
    for (String line : lines) {
      IceCandidate read = IceCandidate.parse(line.substring("a=".length()));
      assertFalse(read.foundation().contains(":"), line);
    }
  }

  @Test
  void iceRestartsOutsideOfDescriptions() throws SdpRefused {
    publishing().connect();
    IceCredentials mine = scenario.client.renewed();
    scenario.peer.restartIce(9, mine.ufrag(), mine.pwd(), scenario.network.now());
    assertEquals(new Told.Restarted(9), scenario.told.getLast());
    TrickleFragment told = TrickleFragment.parse(scenario.fragment);
    List<String> candidates =
        scenario.kit.candidates().get().stream()
            .map(candidate -> candidate.text().substring("candidate:".length()))
            .toList();
    assertFalse(candidates.isEmpty());
    TrickleFragment.Part all = new TrickleFragment.Part("0", candidates, true);
    assertEquals(
        new TrickleFragment(told.ufrag(), told.password(), true, List.of(all), false), told);
    scenario.client.restarted(new IceCredentials(told.ufrag(), told.password()));
    scenario.pass(60_000);
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
    assertEquals(1, scenario.directory.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void closingReleasesEverythingWhereverItStands(int stage) {
    scenario.client.sdp().add("video", Direction.SENDONLY);
    List<Runnable> stages =
        List.of(
            () -> scenario.peer.want(List.of(PeerScenario.video("a", 7)), scenario.network.now()),
            scenario::offer,
            () -> scenario.network.until("checked", () -> !scenario.routes.isEmpty()),
            scenario::connect);
    stages.subList(0, stage).forEach(Runnable::run);
    scenario.peer.close("left", scenario.network.now());
    assertEquals("left", scenario.closedFor());
    assertEquals(0, scenario.directory.size());
    assertTrue(scenario.routes.isEmpty());
    assertEquals(Engine.NEVER, scenario.peer.deadline());
    int told = scenario.told.size();
    scenario.peer.close("again", scenario.network.now());
    scenario.peer.describe(
        50, SdpType.OFFER, scenario.client.offer(), List.of(), scenario.network.now());
    scenario.peer.want(List.of(), scenario.network.now());
    scenario.peer.policy(PeerScenario.ALL, scenario.network.now());
    scenario.peer.unpublish("0", scenario.network.now());
    scenario.peer.restartIce(51, null, null, scenario.network.now());
    scenario.peer.offerIceRestart(scenario.network.now());
    scenario.peer.requestKeyFrame(1, scenario.network.now());
    scenario.peer.tick(scenario.network.now());
    assertEquals(told, scenario.told.size());
    assertEquals(0, scenario.directory.size());
  }

  private static String ufrag(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("a=ice-ufrag:")).findFirst().orElseThrow();
  }
}
