package dev.parley.room;

import static dev.parley.room.Outlets.OTHER;
import static dev.parley.room.Outlets.URL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.Database;
import dev.parley.room.Outbox.Held;
import dev.parley.room.Outbox.Lane;
import dev.parley.room.Outbox.Next;
import dev.parley.room.Outbox.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.Kind.class)
class OutboxTest {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Lane R = new Lane(URL, "r");

  private final Database.Kind kind;
  private Database database;
  private Outlets outlets;
  private Outbox outbox;
  private DeadLetters dead;
  private Ledger ledger;

  OutboxTest(Database.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = Database.fresh(kind);
    outlets = new Outlets(database);
    outbox = new Outbox(database);
    dead = new DeadLetters(database);
    ledger = outlets.ledger("here", URL);
    ledger.open();
  }

  @AfterEach
  void close() {
    ledger.close();
    database.close();
  }

  private List<Held> claim(String who) {
    return outbox.claim(URL, 9, who, outlets.now(), outlets.now().plus(LEASE));
  }

  private List<Held> settle(String who, Report... reports) {
    return outbox.settle(List.of(reports), who, outlets.now(), outlets.now().plus(LEASE));
  }

  private static Report report(long done, Next next) {
    return new Report(R, done, next, Duration.ofSeconds(10), "HTTP status 500");
  }

  @Test
  void aLaneHasOneHolderAtATime() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"));
    assertEquals(2, Outlets.bodies(claim("me")).size());
    assertEquals(List.of(), claim("you"));
    assertEquals(List.of(), claim("me"));
    outlets.clock.pass(LEASE.plusSeconds(1));
    assertEquals(2, Outlets.bodies(claim("you")).size());
    // Whoever was too late has lost it, whatever it has to say.
    assertEquals(List.of(), settle("me", report(2, Next.MORE)));
    assertEquals(1, settle("you", report(0, Next.GO_ON)).size());
  }

  @Test
  void ofManyWhoWantALaneOneGetsIt() throws Exception {
    outlets.write(
        ledger, outlets.came("r", "ada"), outlets.came("s", "bob"), outlets.came("t", "carol"));
    var all = Collections.synchronizedList(new ArrayList<Held>());
    var threads =
        Stream.of("a", "b", "c", "d", "e", "f")
            .map(who -> Thread.ofVirtual().start(() -> all.addAll(claim(who))))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    assertEquals(
        List.of("r", "s", "t"), all.stream().map(held -> held.lane().room()).sorted().toList());
  }

  @Test
  void whatArrivedDoesNotComeAgain() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"), outlets.came("r", "bob"));
    claim("me");
    var held = settle("me", report(1, Next.MORE));
    assertEquals(
        List.of("participant_joined r ada", "participant_joined r bob"), Outlets.bodies(held));
    assertEquals(List.of(), settle("me", report(3, Next.MORE)));
    assertEquals(List.of(), claim("me"));
    outlets.write(ledger, outlets.went("r", "ada"));
    assertEquals(List.of("participant_left r ada"), Outlets.bodies(claim("me")));
  }

  @Test
  void aLaneThatFailedRestsAndBeginsWhereItWas() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"));
    claim("me");
    assertEquals(List.of(), settle("me", report(1, Next.FAILED)));
    assertEquals(List.of(), claim("you"));
    var waiting = new Backlogs(database).list().getFirst();
    assertEquals(1, waiting.pending());
    assertEquals(1, waiting.failingRooms());
    assertEquals(outlets.now(), waiting.failingSince());
    assertEquals("HTTP status 500", waiting.cause());
    outlets.clock.pass(Duration.ofSeconds(10));
    var again = claim("you");
    assertEquals(List.of("participant_joined r ada"), Outlets.bodies(again));
    assertEquals(1, again.getFirst().tries());
    settle("you", report(2, Next.MORE));
    assertEquals(List.of(), new Backlogs(database).list());
  }

  @Test
  void newsDoNotWakeALaneThatRests() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"));
    claim("me");
    settle("me", report(0, Next.FAILED));
    outlets.write(ledger, outlets.came("r", "bob"));
    assertEquals(List.of(), claim("me"));
    outlets.clock.pass(Duration.ofSeconds(10));
    assertEquals(3, Outlets.bodies(claim("me")).size());
  }

  @Test
  void aDeadLetterIsPutAsideAndTheNextOnesGoOn() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"), outlets.came("r", "bob"));
    claim("me");
    settle("me", report(1, Next.FAILED));
    outlets.clock.pass(Duration.ofSeconds(10));
    claim("me");
    var held = settle("me", report(1, Next.GIVE_UP));
    assertEquals(List.of("participant_joined r bob"), Outlets.bodies(held));
    // The commit of which nobody heard, done again.
    assertEquals(
        List.of("participant_joined r bob"), Outlets.bodies(settle("me", report(1, Next.GIVE_UP))));
    var letter = dead.list(9).getFirst();
    assertEquals(1, dead.list(9).size());
    assertEquals("participant_joined", letter.kind());
    assertEquals(2, letter.tries());
    assertEquals("HTTP status 500", letter.cause());
    assertEquals(1, new Backlogs(database).list().getFirst().dead());
  }

  private DeadLetter oneDead() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"));
    claim("me");
    settle("me", report(0, Next.GIVE_UP));
    return dead.list(9).getFirst();
  }

  private List<DeadLetters.Again> again(String who) {
    return dead.claim(URL, 9, who, outlets.now(), outlets.now().plus(LEASE));
  }

  @Test
  void aDeadLetterIsSentAgainWhereSomebodyWantsIt() throws Exception {
    var letter = oneDead();
    assertEquals(List.of(), again("me"));
    assertTrue(dead.retry(letter.id()));
    var again = again("me").getFirst();
    assertEquals("room_started r", again.letter().body());
    assertEquals(letter.event(), again.letter().id());
    assertEquals(List.of(), again("you"));
    dead.settle(letter.id(), "no answer in time", "me");
    assertEquals("no answer in time", dead.list(9).getFirst().cause());
    assertFalse(dead.list(9).getFirst().again());
    assertEquals(1, dead.retryAll());
    again("you");
    dead.settle(letter.id(), null, "you");
    assertEquals(List.of(), dead.list(9));
    assertFalse(dead.retry(letter.id()));
  }

  @Test
  void aDeadLetterIsDeletedOnce() throws Exception {
    var letter = oneDead();
    assertTrue(dead.delete(letter.id()));
    assertFalse(dead.delete(letter.id()));
    assertFalse(dead.delete(UUID.randomUUID()));
  }

  @Test
  void aHolderThatComesBackNeedNotWaitForItsLease() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"));
    claim("here/1");
    outbox.abandon("there/");
    assertEquals(List.of(), claim("here/2"));
    outbox.abandon("here/");
    assertEquals(1, claim("here/2").size());
  }

  @Test
  void whatEverybodyHasIsTakenAwayWhenItIsOld() throws Exception {
    var retention = new Retention(database);
    outlets.write(ledger, outlets.came("r", "ada"), outlets.went("r", "ada"), outlets.ended("r"));
    outlets.write(ledger, outlets.came("s", "bob"));
    claim("me");
    settle("me", report(4, Next.MORE));
    assertEquals(0, retention.tidy(List.of(URL), outlets.now().minusSeconds(1)));
    assertEquals(4, retention.tidy(List.of(URL), outlets.now().plusSeconds(1)));
    // The other room's events wait.
    assertEquals(2, outlets.rows("HookEvent"));
    assertEquals(1, outlets.rows("HookLane"));
    assertEquals(1, outlets.rows("HookRoom"));
    outlets.write(ledger, outlets.came("r", "carol"));
    outlets.clock.pass(LEASE.plusSeconds(1));
    var held = claim("me");
    assertEquals(
        List.of("room_started r", "participant_joined r carol"),
        Outlets.bodies(held.stream().filter(h -> h.lane().equals(R)).toList()));
  }

  @Test
  void aDeadLetterKeepsItsEvent() throws Exception {
    var retention = new Retention(database);
    var letter = oneDead();
    settle("me", report(2, Next.MORE));
    assertEquals(1, retention.tidy(List.of(URL), outlets.now().plusSeconds(1)));
    dead.retry(letter.id());
    assertEquals("room_started r", again("me").getFirst().letter().body());
    dead.delete(letter.id());
    assertEquals(1, retention.tidy(List.of(URL), outlets.now().plusSeconds(1)));
    assertEquals(0, outlets.rows("HookRoom"));
  }

  @Test
  void aUrlThatIsNotInTheSettingsAnyMoreKeepsNothing() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"));
    var retention = new Retention(database);
    assertEquals(2, retention.tidy(List.of(OTHER), outlets.now().plusSeconds(1)));
    assertEquals(0, outlets.rows("HookLane"));
    assertEquals(0, outlets.rows("HookRoom"));
  }
}
