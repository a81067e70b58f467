package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassicExchangeTest {
  private final Stage stage = new Stage();

  private static Request offer(String whole) {
    return new Request.Relay(null, RelayKind.OFFER, null, "\"v=0\"", whole);
  }

  @Test
  void whatOneSendsTheOtherGets() {
    var one = stage.classic();
    one.says(offer("lost"));
    var two = stage.classic();
    one.says(offer("{}"));
    two.says(new Request.Relay(null, RelayKind.BYE, null, null, "bye"));
    assertEquals(
        List.of(new Notice.Relayed(RelayKind.OFFER, one.id(), "\"v=0\"", "{}")),
        two.all(Notice.Relayed.class));
    assertEquals("bye", one.only(Notice.Relayed.class).whole());
    assertEquals(List.of(), one.all(Notice.Error.class));
  }

  @Test
  void aThirdOneIsRefused() {
    stage.classic();
    stage.classic();
    assertEquals(CloseReason.FULL, stage.classic().closed);
    var modern = stage.person();
    modern.join("ann");
    modern.refusedWith(ErrorCode.ROOM_FULL);
  }

  @Test
  void theDialectsMeet() {
    var ann = stage.joined("ann");
    var classic = stage.classic();
    var view = ann.only(Notice.ParticipantJoined.class).participant();
    assertTrue(view.guest());
    classic.says(offer("{}"));
    assertEquals(classic.id(), ann.only(Notice.Relayed.class).from());
    ann.offers(classic, "\"back\"");
    assertEquals("\"back\"", classic.only(Notice.Relayed.class).body());
    ann.clear();
    classic.says(new Request.Relay(null, RelayKind.BYE, null, null, "bye"));
    assertEquals(List.of(), ann.notices());
  }

  @Test
  void aLostSocketLeavesAtOnce() {
    var ann = stage.joined("ann");
    var classic = stage.classic();
    ann.clear();
    classic.loses();
    assertEquals(List.of(new Notice.ParticipantLeft(classic.id(), Departure.LEFT)), ann.notices());
  }

  @Test
  void aQuietPageStaysAsLongAsItsSocketAnswers() {
    var classic = stage.classic();
    for (int i = 0; i < 6; i++) {
      stage.pass(30_000);
      stage.signaling.heard(classic.at);
    }
    classic.open();
    assertTrue(classic.probes >= 5, () -> "probes " + classic.probes);
    stage.pass(61_000);
    assertEquals(CloseReason.HEARTBEAT, classic.closed);
  }

  @Test
  void aClassicSocketHasNothingToResume() {
    var classic = stage.classic();
    assertTrue(classic.heard.stream().allMatch(h -> h.seq() == 0));
    classic.resumes().refusedWith(ErrorCode.RESUME_FAILED);
    classic.open();
  }
}
