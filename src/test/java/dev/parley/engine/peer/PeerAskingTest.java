package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.engine.peer.PeerScenario.Told;
import dev.parley.media.Encryption;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.protocol.sdp.Direction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A client that alone offers, and is told when.
class PeerAskingTest {
  private static final PeerPolicy ASKS =
      new PeerPolicy(
          true,
          true,
          true,
          false,
          PeerLimits.defaults(),
          Encryption.ALLOWED,
          Set.of(),
          false,
          true,
          false,
          Map.of());

  private final PeerScenario scenario = new PeerScenario(ASKS, 5);

  private void wants(int tracks) {
    scenario.peer.want(
        IntStream.range(0, tracks).mapToObj(i -> PeerScenario.video("v" + i, 70 + 2 * i)).toList(),
        scenario.network.now());
  }

  private List<Told> needed() {
    return scenario.told(Told.Needed.class);
  }

  @Test
  void aSectionThatIsFreeIsFilledByTheNextOffer() {
    scenario.client.sdp().add("video", Direction.RECVONLY);
    scenario.offer().connect();
    wants(1);
    assertEquals(List.of(new Told.Needed(0, 0)), needed());
    scenario.offer();
    assertEquals(List.of(new Told.Sending("v0")), scenario.told(Told.Sending.class));
  }

  @Test
  void sectionsThatAreMissingAreAskedForOnceAndAgainWhenMoreAreMissing() {
    scenario.client.sdp().add("video", Direction.RECVONLY);
    scenario.offer().connect();
    wants(2);
    wants(3);
    assertEquals(List.of(new Told.Needed(0, 1)), needed());
    scenario.client.sdp().add("video", Direction.RECVONLY);
    scenario.offer();
    assertEquals(List.of(new Told.Needed(0, 1), new Told.Needed(0, 1)), needed());
    assertEquals(2, scenario.told(Told.Sending.class).size());
  }

  /// It might have no more to give; another offer would come to the same.
  @Test
  void aClientThatAddsNothingIsNotAskedForEver() {
    scenario.client.sdp().add("video", Direction.RECVONLY);
    scenario.offer().connect();
    wants(2);
    scenario.offer();
    scenario.offer();
    assertEquals(List.of(new Told.Needed(0, 1)), needed());
  }

  @Test
  void itIsNeverOfferedAnything() {
    scenario.client.sdp().add("video", Direction.RECVONLY);
    scenario.offer().connect();
    wants(2);
    assertEquals(List.of(), scenario.offers);
  }
}
