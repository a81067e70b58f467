package dev.parley.signal;

import static dev.parley.signal.Stage.track;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SpeakerView;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracksTest {
  private final Stage stage = Stage.forwarding();

  @Test
  void tracksAreToldToAllAndToWhoeverComesLater() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.clear();
    stage.up("t", ann);
    assertEquals(List.of(new Notice.TrackPublished(track("t", ann, false), null)), ann.notices());
    assertEquals(ann.notices(), bob.notices());
    stage.port.tells(new SfuEvent.TrackChanged("r", track("t", ann, true)));
    bob.only(Notice.TrackChanged.class);
    var eve = stage.person();
    eve.join("eve");
    assertEquals(List.of(track("t", ann, true)), eve.only(Notice.Joined.class).tracks());
    stage.port.tells(new SfuEvent.TrackDown("r", ann.id(), "t"));
    assertEquals(
        new Notice.TrackUnpublished(ann.id(), "t"), bob.only(Notice.TrackUnpublished.class));
  }

  @Test
  void thePublisherAloneIsToldWhichOfItsSectionsATrackIs() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.says(new Request.Describe("7", SdpType.OFFER, 1, "v=0", List.of()));
    String peer = stage.port.last(SfuCommand.OpenPeer.class).peer();
    ann.clear();
    bob.clear();
    stage.port.tells(new SfuEvent.TrackUp("r", peer, "1", track("t", ann, false)));
    assertEquals(List.of(new Notice.TrackPublished(track("t", ann, false), "1")), ann.notices());
    assertEquals(List.of(new Notice.TrackPublished(track("t", ann, false), null)), bob.notices());
  }

  @Test
  void whatIsToldOfNobodyHereIsDropped() {
    var ann = stage.joined("ann");
    stage.port.tells(
        new SfuEvent.TrackUp(
            "r",
            "p",
            "0",
            new TrackView("t", "nobody", TrackKind.AUDIO, null, "opus", false, List.of())));
    stage.port.tells(new SfuEvent.TrackChanged("r", track("u", ann, true)));
    stage.port.tells(new SfuEvent.TrackDown("r", ann.id(), "u"));
    stage.port.tells(new SfuEvent.Described("r", "nobody", 1, SdpType.OFFER, ""));
    stage.port.tells(new SfuEvent.Subscribed("r", "nobody", "t", "0"));
    stage.port.tells(new SfuEvent.PeerChanged("no such room", "p", PeerState.CLOSED, null));
    assertEquals(List.of(), ann.notices());
  }

  @Test
  void aHiddenOnePublishesNothing() {
    var ann = stage.joined("ann");
    var eve = stage.joined("eve+hidden");
    stage.up("t", eve);
    assertEquals(List.of(), ann.notices());
  }

  @Test
  void subscriptionsAreToldToTheirOwnerOnly() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    String peer = bob.connects();
    ann.clear();
    stage.port.tells(new SfuEvent.Subscribed("r", peer, "t", "3"));
    stage.port.tells(new SfuEvent.Subscribed("r", peer, "t", null));
    assertEquals(
        List.of(new Notice.TrackSubscribed("t", "3"), new Notice.TrackSubscribed("t", null)),
        bob.notices());
    assertEquals(List.of(), ann.notices());
  }

  @Test
  void oneSubscribesAndPausesTracksOfOthers() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    String peer = bob.connects();
    stage.up("t", ann);
    stage.up("u", ann);
    bob.clear();
    stage.port.orders.clear();
    bob.says(new Request.Subscribe("1", List.of("t", "u"), false));
    bob.says(new Request.Pause("2", List.of("t"), true));
    assertEquals(
        List.of(
            new SfuCommand.Subscribe("r", peer, "t", false),
            new SfuCommand.Subscribe("r", peer, "u", false),
            new SfuCommand.Pause("r", peer, "t", true)),
        stage.port.orders);
    assertEquals(List.of(new Notice.Ok("1"), new Notice.Ok("2")), bob.notices());
  }

  @Test
  void ofAListWithOneUnknownTrackTheOthersHold() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    String peer = bob.connects();
    stage.up("t", ann);
    stage.up("mine", bob);
    for (var wrong : List.of("nothing", "mine")) {
      bob.clear();
      stage.port.orders.clear();
      bob.says(new Request.Subscribe("1", List.of(wrong, "t"), true));
      bob.refusedWith(ErrorCode.TRACK_NOT_FOUND);
      assertEquals(List.of(new SfuCommand.Subscribe("r", peer, "t", true)), stage.port.orders);
    }
  }

  @Test
  void whoMayNotOrHasNoEndSubscribesNothing() {
    var ann = stage.joined("ann");
    stage.up("t", ann);
    var bob = stage.joined("bob");
    bob.says(new Request.Subscribe("1", List.of("t"), true));
    bob.refusedWith(ErrorCode.MEDIA_CLOSED);
    var eve = stage.joined("eve+deaf");
    eve.connects();
    eve.says(new Request.Pause("1", List.of("t"), true));
    eve.refusedWith(ErrorCode.SUBSCRIBE_NOT_ALLOWED);
  }

  @Test
  void oneMutesAndUnpublishesOnesOwnTracksOnly() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    stage.up("t", ann);
    ann.clear();
    ann.says(new Request.MuteTrack("1", "t", true));
    ann.says(new Request.Unpublish("2", "t"));
    assertEquals(List.of(new Notice.Ok("1"), new Notice.Ok("2")), ann.notices());
    assertEquals(
        List.of(
            new SfuCommand.MuteTrack("r", "t", true), new SfuCommand.Unpublish("r", ann.id(), "t")),
        stage.port.orders);
    stage.port.orders.clear();
    for (Request request :
        List.of(new Request.MuteTrack("3", "t", false), new Request.Unpublish("4", "t"))) {
      bob.clear();
      bob.says(request);
      bob.refusedWith(ErrorCode.TRACK_NOT_FOUND);
    }
    assertEquals(List.of(), stage.port.orders);
  }

  @Test
  void aModeratorMutesATrackAtTheServer() {
    var mod = stage.joined("mod+admin");
    var ann = stage.joined("ann");
    stage.up("t", ann);
    ann.clear();
    mod.clear();
    mod.says(new Request.Mute("1", ann.id(), null, "t"));
    assertEquals(List.of(new SfuCommand.MuteTrack("r", "t", true)), stage.port.orders);
    assertEquals(List.of(new Notice.Mute(mod.id(), Medium.VIDEO, "t")), ann.notices());
    assertEquals(List.of(new Notice.Ok("1")), mod.notices());
    mod.clear();
    mod.says(new Request.Mute("2", mod.id(), null, "t"));
    mod.refusedWith(ErrorCode.TRACK_NOT_FOUND);
    ann.clear();
    ann.says(new Request.Mute("3", mod.id(), null, "t"));
    ann.refusedWith(ErrorCode.NOT_ALLOWED);
    assertEquals(1, stage.port.orders.size());
  }

  @Test
  void speakersAreNotKeptButTheLatestIsSaidToWhoeverComesOrComesBack() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    bob.loses();
    for (double level : new double[] {0.25, 0.5}) {
      stage.port.tells(
          new SfuEvent.Speaking(
              "r", List.of(new SpeakerView(ann.id(), level), new SpeakerView("gone", 1))));
    }
    var latest = new Notice.Speakers(List.of(new SpeakerView(ann.id(), 0.5)));
    assertEquals(2, ann.all(Notice.Speakers.class).size());
    assertEquals(latest, bob.resumes().only(Notice.Speakers.class));
    var eve = stage.person();
    eve.join("eve");
    assertEquals(latest, eve.notices().getLast());
  }
}
