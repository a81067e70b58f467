package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.media.Encryption;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The room's rule for encryption from end to end, as it reaches participants and the server.
class EncryptionRuleTest {
  private static RoomChange rule(Encryption encryption) {
    return new RoomChange(null, 9, null, Topology.SFU, null, null, null, encryption);
  }

  private final Stage stage = new Stage().sfu();
  private final List<Departure> ended = new ArrayList<>();

  private Agent enters(String token, ParticipantKind kind) throws EntryRefused {
    var listener =
        new AgentListener() {
          @Override
          public void ended(Departure why) {
            ended.add(why);
          }
        };
    return stage.signaling.enter("r", token, null, kind, listener);
  }

  private List<Encryption> ordered() {
    return stage.port.all(SfuCommand.ChangePolicy.class).stream()
        .map(order -> order.policy().encryption())
        .toList();
  }

  @Test
  void theServersEndIsGivenTheRule() {
    stage.room(rule(Encryption.REQUIRED));
    stage.joined("ann").connects();
    assertEquals(
        Encryption.REQUIRED, stage.port.last(SfuCommand.OpenPeer.class).policy().encryption());
  }

  @Test
  void everyoneIsToldTheRuleAndLearnsOfAnother() {
    stage.room(rule(Encryption.OFF));
    var ann = stage.person();
    ann.join("ann+admin");
    assertEquals(Encryption.OFF, ann.only(Notice.Joined.class).room().encryption());
    ann.connects();
    ann.says(
        new Request.Configure(
            "1", new RoomChange(null, null, null, null, null, null, null, Encryption.REQUIRED)));
    assertEquals(Encryption.REQUIRED, ann.only(Notice.RoomChanged.class).room().encryption());
    assertEquals(List.of(Encryption.REQUIRED), ordered());
    ann.says(new Request.Configure("2", RoomChange.lock(true)));
    assertEquals(1, ordered().size(), "no order without another rule");
  }

  @Test
  void whatTheServerRefusesArrivesAsItsError() {
    stage.room(rule(Encryption.REQUIRED));
    var ann = stage.joined("ann");
    ann.offersServer(1, "offer");
    var asked = stage.port.last(SfuCommand.Describe.class);
    stage.port.tells(
        new SfuEvent.DescriptionRefused(
            "r", asked.peer(), asked.number(), SfuRefusal.ENCRYPTION_REQUIRED, "no"));
    ann.refusedWith(ErrorCode.ENCRYPTION_REQUIRED);
  }

  @Test
  void encodersAndPlayersHaveNoPlaceWhereItIsRequired() {
    stage.room(rule(Encryption.REQUIRED));
    for (var kind : List.of(ParticipantKind.ENCODER, ParticipantKind.VIEWER)) {
      var refused = assertThrows(EntryRefused.class, () -> enters("obs", kind));
      assertEquals(ErrorCode.ENCRYPTION_REQUIRED, refused.code());
    }
  }

  @Test
  void encodersAndPlayersAreOutWhereItBecomesRequired() throws EntryRefused {
    stage.room(rule(Encryption.ALLOWED));
    var ann = stage.joined("ann+admin");
    ann.connects();
    enters("obs", ParticipantKind.ENCODER);
    enters("tv", ParticipantKind.VIEWER);
    ann.says(
        new Request.Configure(
            "1", new RoomChange(null, null, null, null, null, null, null, Encryption.REQUIRED)));
    assertEquals(List.of(Departure.REMOVED, Departure.REMOVED), ended);
    assertEquals(List.of(Encryption.REQUIRED), ordered());
  }
}
