package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.engine.peer.PeerScenario.Told;
import dev.parley.lab.PeerSdp;
import dev.parley.media.Encryption;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SfuRefusal;
import dev.parley.media.SourceView;
import dev.parley.protocol.sdp.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What of a client goes up under the room's rule for encryption from end to end.
class PeerEncryptionTest {
  private static final SourceView CLEAR = new SourceView("0", "camera", false, false);
  private static final SourceView ENCRYPTED = new SourceView("0", "camera", false, true);

  private PeerScenario scenario;

  private static PeerPolicy policy(Encryption rule) {
    return new PeerPolicy(true, true, true, true, PeerLimits.defaults(), rule);
  }

  private PeerSdp.Place camera(Encryption rule) {
    scenario = new PeerScenario(policy(rule), 1);
    PeerSdp.Place camera = scenario.client.sdp().add("video", Direction.SENDONLY);
    camera.ssrc = 7;
    return camera;
  }

  private int up() {
    return scenario.told(Told.Published.class).size();
  }

  private List<SfuRefusal> refusals() {
    return scenario.told(Told.Refused.class).stream()
        .map(it -> ((Told.Refused) it).reason())
        .toList();
  }

  @Test
  void whereItIsRequiredATrackThatIsNotDeclaredSoIsRefused() {
    camera(Encryption.REQUIRED);
    scenario.offer();
    assertEquals(List.of(SfuRefusal.ENCRYPTION_REQUIRED), refusals());
    assertEquals(0, up());
    scenario.offer(CLEAR);
    assertEquals(2, refusals().size());
    scenario.offer(ENCRYPTED);
    assertEquals(1, up());
    assertEquals(2, refusals().size());
  }

  @Test
  void oneTrackInTheClearRefusesAllOfTheOffer() {
    camera(Encryption.REQUIRED);
    scenario.client.sdp().add("audio", Direction.SENDONLY).ssrc = 8;
    scenario.offer(ENCRYPTED);
    assertEquals(List.of(SfuRefusal.ENCRYPTION_REQUIRED), refusals());
    assertEquals(0, up());
  }

  @Test
  void whereThereShallBeNoneAnEncryptedTrackIsRefused() {
    camera(Encryption.OFF);
    scenario.offer(ENCRYPTED);
    assertEquals(List.of(SfuRefusal.ENCRYPTION_NOT_ALLOWED), refusals());
    assertEquals(0, up());
    scenario.offer(CLEAR);
    assertEquals(1, up());
  }

  @Test
  void whereItIsAllowedBothGoUp() {
    camera(Encryption.ALLOWED);
    scenario.offer(ENCRYPTED).connect();
    scenario.client.sdp().add("audio", Direction.SENDONLY).ssrc = 8;
    scenario.offer();
    assertEquals(2, up());
    assertEquals(List.of(), refusals());
  }

  @Test
  void aDeclarationHoldsInLaterOffersUntilItIsTakenBack() {
    camera(Encryption.REQUIRED);
    scenario.offer(ENCRYPTED).connect();
    scenario.offer();
    assertEquals(List.of(), refusals());
    scenario.offer(CLEAR);
    assertEquals(List.of(SfuRefusal.ENCRYPTION_REQUIRED), refusals());
    assertEquals(List.of(), scenario.told(Told.Unpublished.class), "what stood still stands");
  }

  @Test
  void aDeclarationEndsWithItsTrack() {
    PeerSdp.Place camera = camera(Encryption.REQUIRED);
    scenario.offer(ENCRYPTED).connect();
    camera.direction = Direction.INACTIVE;
    scenario.offer();
    assertEquals(List.of(new Told.Unpublished("0")), scenario.told(Told.Unpublished.class));
    camera.direction = Direction.SENDONLY;
    scenario.offer();
    assertEquals(List.of(SfuRefusal.ENCRYPTION_REQUIRED), refusals());
    assertEquals(1, up());
  }

  @Test
  void whereItBecomesRequiredWhatIsInTheClearEnds() {
    camera(Encryption.ALLOWED);
    scenario.offer(CLEAR).connect();
    assertEquals(1, up());
    scenario.peer.policy(policy(Encryption.REQUIRED), scenario.network.now());
    assertEquals(List.of(new Told.Unpublished("0")), scenario.told(Told.Unpublished.class));
    scenario.offer(ENCRYPTED);
    assertEquals(2, up());
  }

  @Test
  void whoOnlyWatchesDeclaresNothing() {
    scenario = new PeerScenario(policy(Encryption.REQUIRED), 1);
    scenario.client.sdp().add("video", Direction.RECVONLY);
    scenario.offer();
    assertEquals(List.of(), refusals());
  }
}
