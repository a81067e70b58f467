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
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What of a client goes up where it may publish some sources only.
class PeerSourcesTest {
  private static final SourceView SCREEN = new SourceView("0", "screen", false);

  private PeerScenario scenario;
  private PeerSdp.Place video;

  private static PeerPolicy policy(String... sources) {
    return new PeerPolicy(
        true, true, true, true, PeerLimits.defaults(), Encryption.ALLOWED, Set.of(sources));
  }

  private void video(String... sources) {
    scenario = new PeerScenario(policy(sources), 1);
    video = scenario.client.sdp().add("video", Direction.SENDONLY);
    video.ssrc = 7;
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
  void whereNothingIsSaidEverythingGoesUp() {
    video();
    scenario.offer(SCREEN);
    assertEquals(1, up());
  }

  @Test
  void aSourceThatMayNotBeSentIsRefused() {
    video("camera");
    scenario.offer(SCREEN);
    assertEquals(List.of(SfuRefusal.PUBLISH_NOT_ALLOWED), refusals());
    assertEquals(0, up());
    scenario.offer(new SourceView("0", "camera", false));
    assertEquals(1, up());
  }

  @Test
  void whatIsNotDeclaredIsWhatItsKindUsuallyIs() {
    video("microphone");
    scenario.offer();
    assertEquals(List.of(SfuRefusal.PUBLISH_NOT_ALLOWED), refusals());
    video("camera");
    scenario.offer();
    assertEquals(1, up());
  }

  @Test
  void whatMayNoLongerBeSentEnds() {
    video();
    scenario.offer(SCREEN).connect();
    scenario.peer.policy(policy("camera", "microphone"), scenario.network.now());
    assertEquals(List.of(new Told.Unpublished("0")), scenario.told(Told.Unpublished.class));
    scenario.offer();
    assertEquals(List.of(), refusals(), "what it goes on sending in is let be");
    scenario.peer.policy(policy("screen"), scenario.network.now());
    assertEquals(2, up());
  }
}
