package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.PeerScenario.Told;
import dev.parley.lab.PeerSdp;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuRefusal;
import dev.parley.protocol.sdp.Direction;
import dev.parley.protocol.sdp.Outgoing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerNegotiationTest {
  private PeerScenario scenario = new PeerScenario();

  private void describe(long number, SdpType type, String sdp) {
    scenario.peer.describe(number, type, sdp, List.of(), scenario.network.now());
  }

  private SfuRefusal refusal() {
    return scenario.told.getLast() instanceof Told.Refused(long _, SfuRefusal reason)
        ? reason
        : null;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\n\r\nm=audio x"})
  void whatIsNoDescriptionIsRefusedWithASentence(String text) {
    describe(1, SdpType.OFFER, text);
    assertEquals(SfuRefusal.SDP_MALFORMED, refusal());
    assertTrue(scenario.refusals.getFirst().endsWith(")."));
  }

  @Test
  void aBombIsRefused() {
    scenario.client.sdp().add("video", Direction.SENDONLY);
    String offer = scenario.client.offer();
    describe(1, SdpType.OFFER, offer + "a=x\r\n".repeat(100_000));
    assertEquals(SfuRefusal.SDP_MALFORMED, refusal());
    describe(2, SdpType.OFFER, offer + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n".repeat(1_000));
    assertEquals(SfuRefusal.SDP_MALFORMED, refusal());
    describe(3, SdpType.OFFER, offer);
    assertEquals(new Told.Described(3, SdpType.ANSWER), scenario.told.get(2));
  }

  @Test
  void anOfferWithoutFingerprintIsUnacceptable() {
    scenario.client.sdp().add("video", Direction.SENDONLY);
    describe(1, SdpType.OFFER, scenario.client.offer().replaceAll("a=fingerprint.*\r\n", ""));
    assertEquals(SfuRefusal.SDP_UNACCEPTABLE, refusal());
  }

  @Test
  void anAnswerToNothingIsStale() {
    scenario.client.sdp().add("video", Direction.SENDONLY);
    describe(1, SdpType.ANSWER, scenario.client.offer());
    assertEquals(SfuRefusal.STALE, refusal());
  }

  @Test
  void whereBothOfferTheClientsOfferWinsAndAnotherFollows() {
    scenario.client.sdp().add("video", Direction.SENDONLY).ssrc = 7;
    scenario.offer().connect();
    scenario.peer.want(List.of(PeerScenario.video("a", 70)), scenario.network.now());
    scenario.client.sdp().add("audio", Direction.SENDONLY);
    scenario.offer();
    describe(1, SdpType.ANSWER, scenario.client.offer());
    assertEquals(SfuRefusal.STALE, refusal());
    assertEquals(2, scenario.offers.size());
    scenario.answer();
    assertEquals(List.of(new Told.Sending("a")), scenario.told(Told.Sending.class));
    assertEquals(2, scenario.told(Told.Published.class).size());
  }

  @Test
  void wishesGatherWhileAnOfferIsOut() {
    scenario.peer.want(List.of(PeerScenario.video("a", 70)), scenario.network.now());
    for (int i = 2; i < 30; i++) {
      List<Outgoing> tracks = new ArrayList<>();
      for (int track = 1; track <= i; track++) {
        tracks.add(PeerScenario.audio("a" + track, 100 + track));
      }
      scenario.peer.want(tracks, scenario.network.now());
    }
    assertEquals(1, scenario.offers.size());
    scenario.answer();
    assertEquals(2, scenario.offers.size());
    scenario.answer().connect();
    assertEquals(2, scenario.offers.size());
    assertEquals(29, scenario.told(Told.Sending.class).size());
  }

  private List<Outgoing> microphones(int count) {
    List<Outgoing> tracks = new ArrayList<>();
    for (int track = 1; track <= count; track++) {
      tracks.add(PeerScenario.audio("a" + track, 100 + track));
    }
    return tracks;
  }

  @Test
  void tenPublishersWhoComeWithinAMomentCostAViewerOfALargeRoomOneOffer() {
    scenario.peer.want(microphones(100), scenario.network.now());
    scenario.answer().connect();
    scenario.pass(5_000);
    scenario.peer.want(microphones(101), scenario.network.now());
    assertEquals(2, scenario.offers.size(), "whoever comes after a rest is offered at once");
    scenario.answer();
    for (int more = 2; more <= 11; more++) {
      scenario.pass(30);
      scenario.peer.want(microphones(100 + more), scenario.network.now());
    }
    assertEquals(2, scenario.offers.size());
    scenario.pass(1_000);
    assertEquals(3, scenario.offers.size());
    scenario.answer();
    scenario.pass(5_000);
    assertEquals(3, scenario.offers.size());
    assertEquals(111, scenario.told(Told.Sending.class).size());
  }

  @Test
  void nobodyWaitsInASmallRoom() {
    scenario.peer.want(microphones(10), scenario.network.now());
    scenario.answer().connect();
    for (int more = 1; more <= 10; more++) {
      scenario.peer.want(microphones(10 + more), scenario.network.now());
      assertEquals(1 + more, scenario.offers.size());
      scenario.answer();
    }
  }

  @Test
  void anIceRestartWaitsForNothing() {
    scenario.peer.want(microphones(100), scenario.network.now());
    scenario.answer().connect();
    scenario.peer.offerIceRestart(scenario.network.now());
    assertEquals(2, scenario.offers.size());
  }

  @Test
  void aClientsReceivingSectionsAreFilled() {
    scenario.client.sdp().add("video", Direction.RECVONLY);
    scenario.peer.want(List.of(PeerScenario.video("a", 70)), scenario.network.now());
    scenario.offer().connect();
    assertEquals(1, scenario.offers.size());
    assertEquals(List.of(new Told.Sending("a")), scenario.told(Told.Sending.class));
    assertEquals("0", scenario.senders.get("a").mid());
  }

  @Test
  void moreTracksThanAllowedAreRefusedAndNothingChanges() {
    PeerLimits limits = new PeerLimits(1, 8, 0, 8);
    scenario = new PeerScenario(new PeerPolicy(true, true, true, limits), 1);
    PeerSdp.Place first = scenario.client.sdp().add("video", Direction.SENDONLY);
    first.ssrc = 7;
    scenario.offer().connect();
    PeerSdp.Place second = scenario.client.sdp().add("video", Direction.SENDONLY);
    scenario.offer();
    assertEquals(SfuRefusal.TOO_MANY_TRACKS, refusal());
    assertEquals(1, scenario.told(Told.Published.class).size());
    scenario.client.send(Media.video(7, 1));
    scenario.pass(20);
    assertEquals(1, scenario.sinks.get(7).packets.size());
    first.direction = Direction.INACTIVE;
    scenario.offer();
    assertEquals(2, scenario.told(Told.Published.class).size());
    assertEquals("1", second.mid);
  }

  @Test
  void whoMayNotPublishIsRefusedButMayReceive() {
    scenario = new PeerScenario(new PeerPolicy(false, true, true, PeerLimits.defaults()), 1);
    scenario.client.sdp().add("video", Direction.SENDRECV);
    scenario.offer();
    assertEquals(SfuRefusal.PUBLISH_NOT_ALLOWED, refusal());
    scenario.client.sdp().places().getFirst().direction = Direction.RECVONLY;
    scenario.offer().connect();
  }

  @Test
  void aStoppedSectionEndsItsStreams() {
    PeerSdp.Place place = scenario.client.sdp().add("video", Direction.SENDONLY);
    place.ssrc = 7;
    scenario.client.sdp().add("audio", Direction.SENDONLY).ssrc = 8;
    scenario.offer().connect();
    scenario.client.send(Media.video(7, 1));
    scenario.pass(20);
    place.direction = Direction.INACTIVE;
    scenario.offer();
    assertEquals(1, scenario.sinks.get(7).ended);
    assertEquals(List.of(new Told.Unpublished("0")), scenario.told(Told.Unpublished.class));
    scenario.client.send(Media.video(7, 2));
    scenario.pass(20);
    assertEquals(1, scenario.told(Told.Streaming.class).size());
  }

  @Test
  void anEndedPublicationStaysEndedUntilItBeginsAnew() {
    PeerSdp.Place place = scenario.client.sdp().add("video", Direction.SENDONLY);
    place.ssrc = 7;
    scenario.offer().connect();
    scenario.peer.unpublish("0", scenario.network.now());
    assertEquals(1, scenario.told(Told.Unpublished.class).size());
    scenario.offer();
    scenario.client.send(Media.video(7, 2));
    scenario.pass(20);
    assertEquals(1, scenario.told(Told.Published.class).size());
    assertEquals(0, scenario.told(Told.Streaming.class).size());
    place.direction = Direction.INACTIVE;
    scenario.offer();
    place.direction = Direction.SENDONLY;
    scenario.offer();
    assertEquals(2, scenario.told(Told.Published.class).size());
  }

  @Test
  void aRightThatIsTakenAwayEndsWhatItAllowed() {
    scenario.client.sdp().add("video", Direction.SENDONLY).ssrc = 7;
    scenario.offer().connect();
    scenario.client.send(Media.video(7, 1));
    scenario.pass(20);
    PeerPolicy mute = new PeerPolicy(false, true, true, PeerLimits.defaults());
    scenario.peer.policy(mute, scenario.network.now());
    assertEquals(1, scenario.sinks.get(7).ended);
    assertEquals(new Told.Unpublished("0"), scenario.told.getLast());
    scenario.offer();
    assertFalse(scenario.told.getLast() instanceof Told.Refused);
    scenario.peer.policy(PeerScenario.ALL, scenario.network.now());
    scenario.client.send(Media.video(7, 2));
    scenario.pass(20);
    assertEquals(2, scenario.told(Told.Streaming.class).size());
  }

  @Test
  void mediaFlowsOnThroughAnExchange() {
    scenario.client.sdp().add("video", Direction.SENDONLY).ssrc = 7;
    scenario.offer().connect();
    for (int i = 1; i < 100; i++) {
      scenario.client.send(Media.video(7, i));
      if (i % 30 == 0) {
        scenario.client.sdp().add("audio", Direction.SENDONLY);
        scenario.offer();
      }
      scenario.pass(5);
    }
    scenario.pass(50);
    assertEquals(99, scenario.sinks.get(7).packets.size());
    assertEquals(1, scenario.told(Told.Streaming.class).size());
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
  }

  @Test
  void badCredentialsForARestartAreRefused() {
    scenario.client.sdp().add("video", Direction.SENDONLY);
    scenario.offer().connect();
    scenario.peer.restartIce(4, "a b", "short", scenario.network.now());
    assertEquals(SfuRefusal.SDP_MALFORMED, refusal());
    var same = scenario.client.ice().own();
    scenario.peer.restartIce(5, same.ufrag(), same.pwd(), scenario.network.now());
    assertEquals(SfuRefusal.SDP_UNACCEPTABLE, refusal());
    scenario.pass(60_000);
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
  }
}
