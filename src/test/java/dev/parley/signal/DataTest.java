package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.ChannelForm;
import dev.parley.media.DataMessage;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What applications say to each other: who may, who hears it, and which way it takes.
class DataTest {
  private final Stage stage = Stage.forwarding();
  private final Stage.Person ann = stage.joined("ann");
  private final Stage.Person bob = stage.joined("bob");
  private final Stage.Person eve = stage.joined("eve");

  private static DataContent text(String text) {
    return DataContent.text("chat", text);
  }

  private static Request.Data to(List<String> to, String text) {
    return new Request.Data("7", to, text(text));
  }

  /// Someone's data channels are open.
  private String channels(Stage.Person whose) {
    String peer = whose.connects();
    for (var form : List.of(ChannelForm.reliable("data"), ChannelForm.lossy("lossy"))) {
      stage.port.tells(new SfuEvent.ChannelOpened("r", peer, form));
    }
    return peer;
  }

  private void comes(String peer, String label, String text) {
    stage.port.tells(new SfuEvent.DataReceived("r", peer, message(label, text)));
  }

  private static DataMessage message(String label, String text) {
    return new DataMessage(label, false, text.getBytes(StandardCharsets.UTF_8));
  }

  private void clear() {
    List.of(ann, bob, eve).forEach(Stage.Person::clear);
    stage.port.orders.clear();
  }

  @Test
  void whatIsForAllReachesTheOthersAndIsAnswered() {
    clear();
    ann.says(to(null, "hello"));
    var expected = new Notice.Data(ann.id(), false, text("hello"));
    assertEquals(List.of(expected), bob.notices());
    assertEquals(List.of(expected), eve.notices());
    assertEquals(List.of(new Notice.Ok("7")), ann.notices());
    assertEquals(List.of(), stage.port.orders);
  }

  @Test
  void itTakesNoServerForMedia() {
    var plain = new Stage();
    var one = plain.joined("one");
    var two = plain.joined("two");
    one.clear();
    one.says(to(null, "hello"));
    assertEquals(List.of(new Notice.Data(one.id(), false, text("hello"))), two.notices());
  }

  @Test
  void whatIsForSomeReachesThoseByIdOrIdentity() {
    clear();
    ann.says(to(List.of("eve"), "psst"));
    ann.says(to(List.of(eve.id()), "psst"));
    var expected = new Notice.Data(ann.id(), true, text("psst"));
    assertEquals(List.of(expected, expected), eve.notices());
    assertEquals(List.of(), bob.notices());
  }

  @Test
  void whatIsForNobodyHereIsRefusedAsAWhole() {
    clear();
    ann.says(to(List.of("bob", "nobody"), "psst"));
    ann.refusedWith(ErrorCode.PARTICIPANT_NOT_FOUND);
    assertEquals(List.of(), bob.notices());
    ann.clear();
    ann.says(to(List.of("ann"), "psst"));
    ann.refusedWith(ErrorCode.PARTICIPANT_NOT_FOUND);
  }

  @Test
  void whoMayNotSendDataIsRefused() {
    var mum = stage.joined("mum+mum");
    clear();
    mum.says(to(null, "hello"));
    mum.refusedWith(ErrorCode.DATA_NOT_ALLOWED);
    assertEquals(List.of(), bob.notices());
    ann.says(to(List.of("mum"), "hear"));
    assertEquals(1, mum.all(Notice.Data.class).size());
  }

  @Test
  void whoIsHiddenHearsAndSaysNothing() {
    var spy = stage.joined("spy+hidden");
    clear();
    spy.says(to(null, "hello"));
    spy.refusedWith(ErrorCode.DATA_NOT_ALLOWED);
    ann.says(to(null, "hear"));
    assertEquals(1, spy.all(Notice.Data.class).size());
    assertEquals(1, bob.all(Notice.Data.class).size());
  }

  @Test
  void whoIsAwayForAMomentHearsItLaterUnlessItIsLossy() {
    clear();
    bob.loses();
    ann.says(to(null, "one"));
    ann.says(new Request.Data(null, null, DataContent.binary(null, true, new byte[] {1})));
    var back = bob.resumes();
    assertEquals(
        List.of(new Notice.Data(ann.id(), false, text("one"))), back.all(Notice.Data.class));
  }

  @Test
  void aClassicTwinIsToldNothing() {
    var plain = new Stage();
    var one = plain.joined("one");
    var twin = plain.classic();
    twin.clear();
    one.says(to(null, "hello"));
    assertEquals(List.of(), twin.notices());
  }

  @Test
  void whatComesByChannelLeavesByOneOrderForAllThatHaveIt() {
    String annsPeer = channels(ann);
    String bobsPeer = channels(bob);
    clear();
    comes(annsPeer, "data", ":hello");
    assertEquals(
        List.of(
            new SfuCommand.SendData(
                "r", annsPeer, List.of(bobsPeer), message("data", ann.id() + ":hello"))),
        stage.port.orders);
    assertEquals(List.of(), bob.notices());
    var byLine = new DataContent(null, false, true, "hello".getBytes(StandardCharsets.UTF_8), null);
    assertEquals(List.of(new Notice.Data(ann.id(), false, byLine)), eve.notices());
  }

  @Test
  void whatComesByLineLeavesByLine() {
    channels(ann);
    channels(bob);
    clear();
    ann.says(to(null, "hello"));
    assertEquals(1, bob.all(Notice.Data.class).size());
    assertEquals(List.of(), stage.port.orders);
  }

  @Test
  void whoseChannelIsClosedHearsItByLine() {
    String annsPeer = channels(ann);
    String bobsPeer = channels(bob);
    stage.port.tells(new SfuEvent.ChannelClosed("r", bobsPeer, "data", "slow"));
    clear();
    comes(annsPeer, "data", ":hello");
    comes(annsPeer, "lossy", ":move");
    assertEquals(1, bob.all(Notice.Data.class).size());
    assertEquals(1, stage.port.all(SfuCommand.SendData.class).size());
  }

  @Test
  void whatComesByChannelOfWhoMayNotIsRefusedOnce() {
    var mum = stage.joined("mum+mum");
    String peer = channels(mum);
    clear();
    mum.clear();
    comes(peer, "data", ":one");
    comes(peer, "data", ":two");
    mum.refusedWith(ErrorCode.DATA_NOT_ALLOWED);
    assertEquals(List.of(), bob.notices());
  }

  @Test
  void whatNobodyUnderstandsAndOtherChannelsAreLeftAlone() {
    String peer = channels(ann);
    clear();
    comes(peer, "data", "nonsense");
    comes(peer, "else", ":hello");
    comes("unknown", "data", ":hello");
    assertEquals(List.of(), bob.notices());
    assertEquals(List.of(), ann.notices());
  }

  @Test
  void theServerItselfMaySaySomething() {
    clear();
    stage.signaling.say("r", List.of("bob"), text("soon"));
    stage.signaling.say("nowhere", null, text("soon"));
    assertEquals(List.of(new Notice.Data(null, true, text("soon"))), bob.notices());
    assertEquals(List.of(), ann.notices());
  }
}
