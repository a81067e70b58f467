package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.SfuCommand;
import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private final Stage stage = new Stage().sfu();

  private static RoomChange topology(Topology wished) {
    return new RoomChange(null, null, null, wished, null, null, null);
  }

  private static List<Topology> modes(Stage.Person person) {
    return person.all(Notice.TopologyChanged.class).stream()
        .map(Notice.TopologyChanged::mode)
        .toList();
  }

  private static Topology joinedIn(Stage.Person person) {
    return person.only(Notice.Joined.class).topology();
  }

  private Stage.Person joins(String token, Topology wished) {
    var person = stage.person();
    person.says(new Request.Join("1", token, null, null, null, null, wished));
    return person;
  }

  @Test
  void twoTalkPeerToPeer() {
    assertEquals(Topology.MESH, joinedIn(joins("ann", null)));
    assertEquals(Topology.MESH, joinedIn(joins("bob", null)));
  }

  @Test
  void theThirdMovesTheCallToTheServerAndTheOthersKnowBeforeTheyKnowOfIt() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.clear();
    var eve = joins("eve", null);
    assertEquals(Topology.SFU, joinedIn(eve));
    assertEquals(List.of(), modes(eve));
    assertEquals(List.of(Topology.SFU), modes(bob));
    assertEquals(new Notice.TopologyChanged(Topology.SFU), ann.notices().getFirst());
    assertEquals(Notice.ParticipantJoined.class, ann.notices().get(1).getClass());
  }

  @Test
  void aFourthChangesNothing() {
    var ann = stage.joined("ann");
    stage.joined("bob");
    stage.joined("eve");
    ann.clear();
    stage.joined("mat");
    assertEquals(List.of(), modes(ann));
  }

  @Test
  void hiddenOnesAndWhoWaitsDoNotCount() throws Exception {
    stage.room(new RoomChange(null, null, null, null, null, true, null));
    stage.joined("ann+admin");
    stage.joined("bob+admin");
    stage.person().join("eve");
    assertEquals(Topology.MESH, joinedIn(joins("mat+admin+hidden", null)));
  }

  @Test
  void aGuestFromTheLobbyCountsOnceAdmitted() {
    stage.room(new RoomChange(null, null, null, null, null, true, null));
    var ann = stage.joined("ann+admin");
    stage.joined("bob+admin");
    var eve = stage.person();
    eve.join("eve");
    assertEquals(Topology.MESH, eve.only(Notice.Waiting.class).topology());
    ann.clear();
    ann.says(new Request.Admit("1", eve.id()));
    assertEquals(Topology.SFU, joinedIn(eve));
    assertEquals(List.of(Topology.SFU), modes(ann));
  }

  @Test
  void whoCanOnlyUseTheServerMovesTheCallThereAlone() {
    var ann = stage.joined("ann");
    assertEquals(Topology.SFU, joinedIn(joins("bob", Topology.SFU)));
    assertEquals(List.of(Topology.SFU), modes(ann));
  }

  @Test
  void theWishMayComeLaterAndGoAgain() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.clear();
    bob.says(new Request.Update("1", null, null, null, null, null, null, Topology.SFU));
    assertEquals(List.of(Topology.SFU), modes(ann));
    bob.says(new Request.Update("2", "Bob", null, null, null, null, null));
    stage.pass(5_000);
    assertEquals(List.of(Topology.SFU), modes(ann));
    bob.says(new Request.Update("3", null, null, null, null, null, null, Topology.AUTO));
    stage.pass(3_250);
    assertEquals(List.of(Topology.SFU, Topology.MESH), modes(ann));
  }

  @Test
  void itGoesBackWhenTwoAreLeftForThreeSeconds() {
    var ann = stage.joined("ann");
    stage.joined("bob");
    var eve = stage.joined("eve");
    ann.clear();
    eve.says(new Request.Leave("1"));
    stage.pass(2_750);
    assertEquals(List.of(), modes(ann));
    stage.pass(500);
    assertEquals(List.of(Topology.MESH), modes(ann));
  }

  @Test
  void aReloadDoesNotMoveTheCall() {
    var ann = stage.joined("ann");
    stage.joined("bob");
    var eve = stage.joined("eve");
    ann.clear();
    eve.says(new Request.Leave("1"));
    stage.pass(1_000);
    stage.joined("eve");
    stage.joined("bob");
    stage.pass(10_000);
    assertEquals(List.of(), modes(ann));
  }

  @Test
  void aLostSocketIsStillSomeone() {
    var ann = stage.joined("ann");
    stage.joined("bob");
    stage.joined("eve").loses();
    ann.clear();
    stage.pass(10_000);
    assertEquals(List.of(), modes(ann));
  }

  @Test
  void theEndsAtTheServerOutliveTheReturnForTenSeconds() {
    var ann = stage.joined("ann");
    stage.joined("bob");
    var eve = stage.joined("eve");
    String peer = ann.connects();
    eve.says(new Request.Leave("1"));
    stage.pass(3_000);
    assertEquals(List.of(Topology.MESH), modes(ann));
    stage.pass(9_750);
    assertEquals(List.of(), stage.port.all(SfuCommand.ClosePeer.class));
    stage.pass(500);
    assertEquals(
        List.of(new SfuCommand.ClosePeer("r", peer)), stage.port.all(SfuCommand.ClosePeer.class));
    assertEquals("topology", ann.only(Notice.MediaChanged.class).reason());
  }

  @Test
  void aThirdOneWithinThatTimeFindsTheEndsStillThere() {
    var ann = stage.joined("ann");
    stage.joined("bob");
    stage.joined("eve").says(new Request.Leave("1"));
    ann.connects();
    stage.pass(5_000);
    ann.offersServer(2, "renegotiated in the meantime");
    assertEquals(2, stage.port.all(SfuCommand.Describe.class).size());
    stage.joined("eve");
    stage.pass(20_000);
    assertEquals(List.of(), stage.port.all(SfuCommand.ClosePeer.class));
  }

  @Test
  void aMeshRoomNeverUsesTheServer() {
    stage.room(topology(Topology.MESH));
    var ann = joins("ann", Topology.SFU);
    stage.joined("bob");
    assertEquals(Topology.MESH, joinedIn(joins("eve", null)));
    ann.offersServer(1, "offer");
    ann.refusedWith(ErrorCode.SFU_UNAVAILABLE);
    assertEquals(List.of(), stage.port.orders);
  }

  @Test
  void anSfuRoomAlwaysDoes() {
    stage.room(topology(Topology.SFU));
    assertEquals(Topology.SFU, joinedIn(joins("ann", null)));
    stage.pass(10_000);
    stage.joined("ann").connects();
  }

  @Test
  void aClassicOneKeepsItsRoomPeerToPeer() {
    stage.room(topology(Topology.SFU));
    var ann = stage.joined("ann");
    var classic = stage.classic();
    assertEquals(List.of(Topology.MESH), modes(ann));
    classic.loses();
    assertEquals(List.of(Topology.MESH, Topology.SFU), modes(ann));
  }

  @Test
  void aModeratorSwitchesTheRunningCall() {
    var ann = stage.joined("ann+admin");
    ann.says(new Request.Configure("1", topology(Topology.SFU)));
    var room = ann.only(Notice.RoomChanged.class);
    assertEquals(
        List.of(Topology.SFU, Topology.SFU), List.of(room.room().topology(), room.topology()));
    ann.connects();
    ann.says(new Request.Configure("2", topology(Topology.MESH)));
    assertEquals(List.of(Topology.MESH), modes(ann));
    stage.pass(10_250);
    assertEquals("topology", ann.only(Notice.MediaChanged.class).reason());
    ann.says(new Request.Configure("3", topology(Topology.AUTO)));
    assertEquals(List.of(Topology.MESH), modes(ann));
  }

  @Test
  void whereThereIsNoServerEverythingIsPeerToPeer() {
    stage.port.available = false;
    var ann = stage.joined("ann+admin");
    stage.joined("bob");
    stage.joined("eve");
    assertEquals(Topology.MESH, joinedIn(joins("mat", Topology.SFU)));
    ann.clear();
    ann.offersServer(1, "offer");
    ann.refusedWith(ErrorCode.SFU_UNAVAILABLE);
    ann.clear();
    ann.says(new Request.Configure("1", topology(Topology.SFU)));
    ann.refusedWith(ErrorCode.SFU_UNAVAILABLE);
    assertEquals(List.of(), stage.port.orders);
  }
}
