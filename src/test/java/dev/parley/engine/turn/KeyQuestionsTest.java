package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.protocol.stun.StunPasswordAlgorithm;
import dev.parley.wire.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Users whose key the enterprise half looks up.
class KeyQuestionsTest {
  private final TurnScenario scenario = new TurnScenario();
  private final TurnClient client = scenario.stored("carol", "secret");

  private MediaEvent.TurnKeyWanted wanted() {
    return (MediaEvent.TurnKeyWanted) scenario.told().getLast();
  }

  private void tell(long question, String username, String password) {
    byte[] md5 = StunPasswordAlgorithm.MD5.key(username, "parley", password);
    byte[] sha256 = StunPasswordAlgorithm.SHA_256.key(username, "parley", password);
    scenario.command(new MediaCommand.TurnKey(question, username, md5, sha256));
  }

  @Test
  void theRequestGoesOnWhenTheKeyIsKnown() {
    assertNull(client.allocate());
    MediaEvent.TurnKeyWanted wanted = wanted();
    assertEquals("carol", wanted.username());
    assertEquals("parley", wanted.realm());
    tell(wanted.question(), "carol", "secret");
    assertEquals(0, TurnAnswer.of(client.arrived().getLast()).error());
    assertEquals(0, client.permit(TurnScenario.PEER).error());
  }

  @Test
  void aWrongPasswordAndNobodyAreRefusedAlike() {
    assertNull(client.allocate());
    tell(wanted().question(), "carol", "other");
    assertEquals(401, TurnAnswer.of(client.arrived().getLast()).error());
    assertNull(client.allocate());
    scenario.command(new MediaCommand.TurnKey(wanted().question(), null, null, null));
    assertEquals(401, TurnAnswer.of(client.arrived().getLast()).error());
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aPathAsksOnce() {
    assertNull(client.allocate());
    assertNull(client.allocate());
    assertEquals(1, scenario.told().size());
  }

  @Test
  void nobodyWaitsForLong() {
    assertNull(client.allocate());
    long question = wanted().question();
    scenario.pass(5);
    assertEquals(0, scenario.server.held());
    tell(question, "carol", "secret");
    assertEquals(List.of(), client.arrived());
  }

  @Test
  void fewWaitAtATime() {
    for (int i = 0; i < 2 * KeyQuestions.MOST; i++) {
      assertNull(scenario.stored("carol" + i, "x").allocate());
    }
    // And the one alarm for all of them.
    assertEquals(KeyQuestions.MOST + 1, scenario.server.held());
    scenario.pass(5);
    assertEquals(0, scenario.server.held());
  }

  @Test
  void anEndedStreamWaitsNoMore() {
    TurnClient stream = scenario.stored(Transport.TCP, "carol", "secret");
    assertNull(stream.allocate());
    scenario.close(stream.path());
    tell(wanted().question(), "carol", "secret");
    assertEquals(List.of(), stream.arrived());
  }
}
