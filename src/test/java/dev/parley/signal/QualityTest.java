package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.HoldReason;
import dev.parley.media.OverloadStep;
import dev.parley.media.Preference;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What subscribers show of tracks, and what they and publishers are told of layers.
class QualityTest {
  private static final Preference SMALL = new Preference(320, 180, 0, 0);

  private final Stage stage = Stage.forwarding();
  private final Stage.Person ann = stage.joined("ann");
  private final Stage.Person bob = stage.joined("bob");
  private final String annsEnd = ann.connects();
  private final String bobsEnd = bob.connects();

  private void up(String id) {
    stage.port.tells(new SfuEvent.TrackUp("r", annsEnd, "0", Stage.track(id, ann, false)));
    ann.clear();
    bob.clear();
  }

  private void flows(String track, boolean active) {
    HoldReason held = active ? null : HoldReason.BANDWIDTH;
    stage.port.tells(new SfuEvent.StreamStateChanged("r", bobsEnd, track, held));
  }

  private void wanted(String track, List<String> rids) {
    boolean any = !rids.isEmpty();
    stage.port.tells(new SfuEvent.LayersWanted("r", annsEnd, track, "0", rids, any));
  }

  private int orders() {
    return stage.port.all(SfuCommand.Prefer.class).size();
  }

  @Test
  void whatIsShownOfATrackGoesToTheServer() {
    up("t");
    bob.says(new Request.TrackSettings("1", Map.of("t", SMALL)));
    assertEquals(new SfuCommand.Prefer("r", bobsEnd, "t", SMALL), stage.port.orders.getLast());
    assertEquals(List.of(new Notice.Ok("1")), bob.notices());
  }

  @Test
  void whatIsSaidOfOthersHoldsBesideATrackThatIsNotThere() {
    up("t");
    bob.says(new Request.TrackSettings("1", Map.of("t", SMALL, "u", SMALL)));
    bob.refusedWith(ErrorCode.TRACK_NOT_FOUND);
    assertEquals(1, orders());
    assertEquals(new SfuCommand.Prefer("r", bobsEnd, "t", SMALL), stage.port.orders.getLast());
  }

  @Test
  void oneSeesNothingOfOnesOwnTracks() {
    up("t");
    ann.says(new Request.TrackSettings("1", Map.of("t", SMALL)));
    ann.refusedWith(ErrorCode.TRACK_NOT_FOUND);
    assertEquals(0, orders());
  }

  @Test
  void withoutAnEndNothingIsShown() {
    up("t");
    var eve = stage.joined("eve");
    eve.says(new Request.TrackSettings("1", Map.of("t", SMALL)));
    eve.refusedWith(ErrorCode.MEDIA_CLOSED);
  }

  @Test
  void theReceiverAloneIsToldThatATrackWaits() {
    up("t");
    flows("t", false);
    assertEquals(List.of(new Notice.StreamState("t", HoldReason.BANDWIDTH)), bob.notices());
    assertEquals(List.of(), ann.notices());
  }

  @Test
  void whoIsOnALoopWithTooMuchToDoIsToldWhatItDoesWithout() {
    stage.port.tells(new SfuEvent.Strained("r", bobsEnd, OverloadStep.SMALLER));
    stage.port.tells(new SfuEvent.Strained("r", bobsEnd, OverloadStep.FEWER));
    assertEquals(
        List.of(new Notice.Load(OverloadStep.SMALLER), new Notice.Load(OverloadStep.FEWER)),
        bob.all(Notice.Load.class));
    assertEquals(List.of(), ann.all(Notice.Load.class));
    bob.loses();
    stage.port.tells(new SfuEvent.Strained("r", bobsEnd, OverloadStep.NONE));
    assertEquals(List.of(new Notice.Load(OverloadStep.NONE)), bob.resumes().all(Notice.Load.class));
  }

  @Test
  void thePublisherAloneIsToldWhatIsWanted() {
    up("t");
    wanted("t", List.of("q"));
    assertEquals(
        List.of(new Notice.SubscribedQuality("t", "0", List.of("q"), true)), ann.notices());
    assertEquals(List.of(), bob.notices());
  }

  @Test
  void noEncoderIsToldWhatIsWanted() throws EntryRefused {
    var heard = new ArrayList<SfuEvent>();
    var listener =
        new AgentListener() {
          @Override
          public void told(SfuEvent event) {
            heard.add(event);
          }
        };
    var obs = stage.signaling.enter("r", "obs", null, ParticipantKind.ENCODER, listener);
    var view = new TrackView("t", obs.id(), TrackKind.VIDEO, "camera", "VP8", false, List.of());
    stage.port.tells(new SfuEvent.TrackUp("r", obs.peer(), "0", view));
    stage.port.tells(new SfuEvent.LayersWanted("r", obs.peer(), "t", "0", List.of(), false));
    stage.port.tells(new SfuEvent.Strained("r", obs.peer(), OverloadStep.SMALLER));
    assertEquals(List.of(), heard);
  }

  @Test
  void whoComesBackIsToldTheLatestOfEachTrack() {
    up("t");
    up("u");
    wanted("t", List.of("q", "h"));
    flows("t", false);
    flows("u", false);
    ann.loses();
    bob.loses();
    wanted("t", List.of());
    flows("t", true);
    assertEquals(
        List.of(new Notice.SubscribedQuality("t", "0", List.of(), false)),
        ann.resumes().all(Notice.SubscribedQuality.class));
    assertEquals(
        List.of(
            new Notice.StreamState("t", null), new Notice.StreamState("u", HoldReason.BANDWIDTH)),
        new ArrayList<>(bob.resumes().all(Notice.StreamState.class)));
  }

  @Test
  void ofATrackThatEndedNothingIsRepeated() {
    up("t");
    up("u");
    up("v");
    flows("t", false);
    flows("u", false);
    flows("v", false);
    wanted("t", List.of("q"));
    stage.port.tells(new SfuEvent.TrackDown("r", ann.id(), "t"));
    stage.port.tells(new SfuEvent.Subscribed("r", bobsEnd, "u", null));
    flows("t", true);
    bob.loses();
    var again = bob.resumes();
    assertEquals(
        List.of(new Notice.StreamState("v", HoldReason.BANDWIDTH)),
        again.all(Notice.StreamState.class));
    ann.loses();
    var back = ann.resumes();
    assertEquals(List.of(), back.all(Notice.SubscribedQuality.class));
    back.says(new Request.Leave(null));
    again.loses();
    assertEquals(List.of(), again.resumes().all(Notice.StreamState.class), "ann is gone");
  }
}
