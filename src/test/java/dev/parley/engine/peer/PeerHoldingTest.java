package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.PeerScenario.Told;
import dev.parley.lab.PeerSdp;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SdpType;
import dev.parley.protocol.sdp.Attribute;
import dev.parley.protocol.sdp.Direction;
import dev.parley.protocol.sdp.MediaSection;
import dev.parley.protocol.sdp.SdpRefused;
import dev.parley.protocol.sdp.SessionDescription;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A client that is never offered anything, as those of WHIP and WHEP.
class PeerHoldingTest {
  private static final PeerPolicy VIEWER = policy(false, true);
  private final PeerScenario scenario = new PeerScenario(VIEWER, 1);

  private static PeerPolicy policy(boolean publish, boolean subscribe) {
    return new PeerPolicy(publish, subscribe, true, false, PeerLimits.defaults());
  }

  private List<MediaSection> answer(long number) throws SdpRefused {
    return SessionDescription.parse(scenario.answers.get(number)).sections();
  }

  private PeerScenario watching() {
    scenario.client.sdp().add("audio", Direction.RECVONLY);
    scenario.client.sdp().add("video", Direction.RECVONLY);
    return scenario.offer();
  }

  @Test
  void everySectionItOnlyReceivesInIsAnsweredAsOneToSendIn() throws SdpRefused {
    watching().connect();
    List<MediaSection> sections = answer(1);
    assertTrue(sections.stream().allMatch(each -> each.attributes().contains(Direction.SENDONLY)));
    assertEquals(
        List.of(new Attribute.Msid("s", "theld0")), sections.getFirst().all(Attribute.Msid.class));
    assertEquals(10, sections.getFirst().sources().getFirst().ssrc());
    assertEquals(20, sections.getLast().sources().getFirst().ssrc());
    assertEquals(21, sections.getLast().sources().getFirst().repair());
    assertEquals(
        List.of(new Told.Sending("held0"), new Told.Sending("held1")),
        scenario.told(Told.Sending.class));
  }

  @Test
  void noOfferIsEverMadeWhateverIsWanted() {
    watching().connect();
    scenario.peer.want(
        List.of(PeerScenario.video("a", 70), PeerScenario.audio("b", 80)), scenario.network.now());
    scenario.peer.offerIceRestart(scenario.network.now());
    scenario.pass(1_000);
    assertEquals(List.of(), scenario.offers);
  }

  @Test
  void itsNextOfferIsAnsweredAndWhatIsHeldStays() throws SdpRefused {
    watching().connect();
    scenario.offer();
    assertEquals(2, scenario.held.size());
    assertEquals(10, answer(2).getFirst().sources().getFirst().ssrc());
    scenario.client.sdp().add("video", Direction.RECVONLY);
    scenario.offer();
    assertEquals(3, scenario.held.size());
    assertEquals(30, answer(3).getLast().sources().getFirst().ssrc());
    assertEquals(3, scenario.told(Told.Sending.class).size());
  }

  @Test
  void anOfferThatIsRefusedHoldsNothingTwice() throws SdpRefused {
    scenario.client.sdp().add("video", Direction.RECVONLY);
    String offer = scenario.client.offer();
    for (int i = 1; i < 5; i++) {
      String bad = offer.replaceAll("a=fingerprint.*\r\n", "");
      scenario.peer.describe(i, SdpType.OFFER, bad, List.of(), scenario.network.now());
    }
    assertEquals(4, scenario.told(Told.Refused.class).size());
    scenario.number = 5;
    scenario.offer().connect();
    assertEquals(1, scenario.held.size());
    assertEquals(10, answer(6).getFirst().sources().getFirst().ssrc());
  }

  @Test
  void aSectionThatTheClientStopsIsNotSentInAndAnotherIsHeldAnew() {
    watching().connect();
    PeerSdp.Place video = scenario.client.sdp().places().getLast();
    video.stopped = true;
    scenario.client.sdp().add("video", Direction.RECVONLY);
    scenario.offer();
    assertEquals(List.of(new Told.Stopped("held1")), scenario.told(Told.Stopped.class));
    assertEquals(new Told.Sending("held2"), scenario.told.getLast());
  }

  @Test
  void nothingIsHeldForAnEncoder() {
    PeerScenario encoder = new PeerScenario(policy(true, false), 1);
    encoder.client.sdp().add("video", Direction.SENDONLY);
    encoder.client.sdp().add("audio", Direction.RECVONLY);
    encoder.offer().connect();
    assertEquals(0, encoder.held.size());
    assertEquals(1, encoder.told(Told.Published.class).size());
  }
}
