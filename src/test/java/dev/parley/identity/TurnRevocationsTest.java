package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.config.LiveTurnSettings;
import dev.parley.identity.IdentityRefused.Reason;
import dev.parley.lab.Database;
import dev.parley.lab.RecordedTurn;
import dev.parley.lab.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.Kind.class)
class TurnRevocationsTest {
  private final Database.Kind kind;
  private final SettableClock clock = new SettableClock();
  private final LiveTurnSettings settings =
      RecordedTurn.settings(Map.of("parley.turn.ttl", "3600"));
  private final RecordedTurn turn = new RecordedTurn();
  private Database database;
  private TurnRevocations revocations;

  TurnRevocationsTest(Database.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = Database.fresh(kind);
    revocations = turn.revocations(database, settings, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aUserIsRememberedUntilItsLastCredentialHasEnded() throws IdentityRefused {
    assertEquals(RecordedTurn.ENDED, revocations.revoke(null, "ada", null, "admin"));
    var expected =
        new TurnRevocationView("parley", "ada", null, Instant.parse("2026-01-02T04:04:05Z"));
    assertEquals(List.of(expected), turn.revoked());
    assertEquals(List.of(expected), revocations.current());
    clock.pass(Duration.ofHours(1));
    assertEquals(List.of(), revocations.current());
  }

  @Test
  void oneCredentialIsRememberedUntilItEnds() throws IdentityRefused {
    revocations.revoke("parley", null, "1767323999:ada", "admin");
    assertEquals(
        List.of(
            new TurnRevocationView(
                "parley", null, "1767323999:ada", Instant.ofEpochSecond(1_767_323_999))),
        revocations.current());
  }

  @Test
  void whatHasEndedIsForgottenWithTheNextOne() throws Exception {
    revocations.revoke(null, "ada", null, "admin");
    clock.pass(Duration.ofHours(2));
    revocations.revoke(null, "bob", null, "admin");
    try (var connection = database.source().getConnection();
        var rows =
            connection.createStatement().executeQuery("select count(*) from turn_revocation")) {
      rows.next();
      assertEquals(1, rows.getInt(1));
    }
  }

  @Test
  void nobodyAndBothAreRefused() {
    for (String[] wish :
        new String[][] {
          {null, null, null},
          {null, "ada", "1767323999:ada"},
          {"elsewhere", "ada", null},
          {null, "", null}
        }) {
      assertEquals(
          Reason.TURN_INVALID,
          assertThrows(
                  IdentityRefused.class,
                  () -> revocations.revoke(wish[0], wish[1], wish[2], "admin"))
              .reason());
    }
    assertEquals(List.of(), turn.revoked());
  }
}
