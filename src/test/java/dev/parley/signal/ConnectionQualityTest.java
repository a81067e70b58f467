package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.Quality;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is told how good whose connection is.
class ConnectionQualityTest {
  private final Stage stage = Stage.forwarding();
  private final Stage.Person ann = stage.joined("ann");
  private final Stage.Person bob = stage.joined("bob");

  ConnectionQualityTest() {
    ann.connects();
    bob.connects();
    ann.clear();
    bob.clear();
  }

  private void found(Stage.Person who, double score, Quality quality) {
    stage.port.tells(new SfuEvent.QualityChanged("r", "its end", who.id(), score, quality));
  }

  private static Notice.ConnectionQuality of(Stage.Person who, double score, Quality quality) {
    return new Notice.ConnectionQuality(who.id(), score, quality);
  }

  @Test
  void ofTwoConnectionsTheWorseCounts() {
    var both = Stage.forwarding();
    var ann = both.joined("ann");
    ann.says(new Request.Receive(null, true, List.of()));
    String receiving = both.port.last(SfuCommand.OpenPeer.class).peer();
    ann.offersServer(1, "offer");
    String sending = both.port.last(SfuCommand.OpenPeer.class).peer();
    ann.clear();
    both.port.tells(new SfuEvent.QualityChanged("r", sending, ann.id(), 2, Quality.POOR));
    both.port.tells(new SfuEvent.QualityChanged("r", receiving, ann.id(), 4.9, Quality.EXCELLENT));
    var poor = new Notice.ConnectionQuality(ann.id(), 2, Quality.POOR);
    assertEquals(List.of(poor), ann.all(Notice.ConnectionQuality.class));
    both.port.tells(new SfuEvent.QualityChanged("r", sending, ann.id(), 4.5, Quality.EXCELLENT));
    assertEquals(4.5, ann.all(Notice.ConnectionQuality.class).getLast().score());
  }

  @Test
  void allAreToldOneselfIncluded() {
    found(ann, 4.2, Quality.GOOD);
    assertEquals(List.of(of(ann, 4.2, Quality.GOOD)), ann.notices());
    assertEquals(List.of(of(ann, 4.2, Quality.GOOD)), bob.notices());
    assertEquals(0, bob.heard.getFirst().seq());
  }

  @Test
  void whoComesOrComesBackIsToldTheLatestOfEach() {
    found(ann, 4.2, Quality.GOOD);
    found(bob, 5, Quality.EXCELLENT);
    bob.loses();
    found(ann, 2, Quality.POOR);
    List<Notice> latest = List.of(of(ann, 2, Quality.POOR), of(bob, 5, Quality.EXCELLENT));
    assertEquals(latest, new ArrayList<>(bob.resumes().all(Notice.ConnectionQuality.class)));
    var eve = stage.person();
    eve.join("eve");
    assertEquals(latest, new ArrayList<>(eve.all(Notice.ConnectionQuality.class)));
  }

  @Test
  void ofWhomHasLeftOrHasNoConnectionAnyMoreNothingIsRepeated() {
    found(ann, 4.2, Quality.GOOD);
    found(bob, 5, Quality.EXCELLENT);
    ann.says(new Request.CloseMedia("c"));
    bob.says(new Request.Leave(null));
    var eve = stage.person();
    eve.join("eve");
    assertEquals(List.of(), eve.all(Notice.ConnectionQuality.class));
  }

  @Test
  void theHiddenStaySo() {
    var spy = stage.joined("spy+hidden");
    found(spy, 4.2, Quality.GOOD);
    assertEquals(List.of(of(spy, 4.2, Quality.GOOD)), spy.notices());
    assertEquals(List.of(), ann.notices());
    var eve = stage.person();
    eve.join("eve");
    assertEquals(List.of(), eve.all(Notice.ConnectionQuality.class));
  }

  @Test
  void ofAStrangerNothingIsTold() {
    stage.port.tells(new SfuEvent.QualityChanged("r", "none", "nobody", 3, Quality.POOR));
    stage.port.tells(new SfuEvent.QualityChanged("elsewhere", "none", ann.id(), 3, Quality.POOR));
    assertEquals(List.of(), ann.notices());
  }
}
