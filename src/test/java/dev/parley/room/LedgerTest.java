package dev.parley.room;

import static dev.parley.room.Outlets.OTHER;
import static dev.parley.room.Outlets.URL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.Transactions;
import dev.parley.lab.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.Kind.class)
class LedgerTest {
  private final Database.Kind kind;
  private final List<Ledger> open = new ArrayList<>();
  private Database database;
  private Outlets outlets;
  private Ledger ledger;

  LedgerTest(Database.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = Database.fresh(kind);
    outlets = new Outlets(database);
    ledger = opened("here");
  }

  @AfterEach
  void close() {
    open.forEach(Ledger::close);
    database.close();
  }

  private Ledger opened(String node) {
    var made = outlets.ledger(node, URL);
    made.open();
    open.add(made);
    return made;
  }

  @Test
  void aRoomStartsWithItsFirstAndEndsAfterItsLast() throws Exception {
    outlets.write(
        ledger,
        outlets.came("r", "ada"),
        outlets.came("r", "bob"),
        outlets.went("r", "ada"),
        outlets.went("r", "bob"),
        outlets.ended("r"),
        outlets.came("r", "carol"));
    assertEquals(
        List.of(
            "room_started r",
            "participant_joined r ada",
            "participant_joined r bob",
            "participant_left r ada",
            "participant_left r bob",
            "room_finished r",
            "room_started r",
            "participant_joined r carol"),
        outlets.told("r"));
    assertEquals(LongStream.rangeClosed(1, 8).boxed().toList(), outlets.places("r"));
    assertEquals(1, outlets.rows("Presence"));
    assertEquals(1, outlets.rows("Gathering"));
  }

  @Test
  void tracksGoWithTheirPublisher() throws Exception {
    outlets.write(
        ledger,
        outlets.came("r", "ada"),
        outlets.up("r", "ada", "camera"),
        outlets.up("r", "ada", "microphone"),
        outlets.down("r", "ada", "camera"),
        outlets.up("r", "ada", "screen"));
    outlets.write(ledger, outlets.went("r", "ada"));
    assertEquals(
        List.of(
            "room_started r",
            "participant_joined r ada",
            "track_published r ada camera",
            "track_published r ada microphone",
            "track_unpublished r ada camera",
            "track_published r ada screen",
            "track_unpublished r ada microphone",
            "track_unpublished r ada screen",
            "participant_left r ada"),
        outlets.told("r"));
    assertEquals(0, outlets.rows("Publication"));
    assertEquals(0, outlets.rows("Presence"));
  }

  @Test
  void whoIsThereAlreadyDoesNotComeAgain() throws Exception {
    Happening[] twice = {
      outlets.came("r", "ada"),
      outlets.came("r", "ada"),
      outlets.up("r", "ada", "camera"),
      outlets.up("r", "ada", "camera")
    };
    outlets.write(ledger, twice);
    outlets.write(ledger, twice);
    assertEquals(
        List.of("room_started r", "participant_joined r ada", "track_published r ada camera"),
        outlets.told("r"));
  }

  @Test
  void whoNeverCameDoesNotLeave() throws Exception {
    outlets.write(
        ledger,
        outlets.went("r", "ada"),
        outlets.down("r", "ada", "camera"),
        outlets.up("r", "ada", "camera"),
        outlets.ended("r"));
    assertEquals(List.of(), outlets.told("r"));
    assertEquals(0, outlets.rows("HookLane"));
  }

  @Test
  void oneWhoNeverKnewThatItWasInIsAborted() throws Exception {
    outlets.write(
        ledger,
        outlets.came("r", "ada"),
        new Happening.Went("r", "r", outlets.now(), "ada", "ada", true));
    assertEquals("participant_connection_aborted r ada", outlets.told("r").getLast());
  }

  @Test
  void whatAKilledProcessLeavesBehindIsEndedInOrder() throws Exception {
    outlets.write(
        ledger,
        outlets.came("b", "bob"),
        outlets.came("a", "ada"),
        outlets.came("a", "carol"),
        outlets.up("a", "ada", "camera"));
    opened("here");
    assertEquals(
        List.of(
            "room_started a",
            "participant_joined a ada",
            "participant_joined a carol",
            "track_published a ada camera",
            "track_unpublished a! ada! camera",
            "participant_left a! ada!",
            "participant_left a! carol!",
            "room_finished a!"),
        outlets.told("a"));
    assertEquals("room_finished b!", outlets.told("b").getLast());
    assertEquals(0, outlets.rows("Gathering"));
    opened("here");
    assertEquals(8, outlets.told("a").size());
  }

  @Test
  void anotherNodeLeavesOursAlone() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"));
    opened("there");
    assertEquals(1, outlets.rows("Presence"));
    assertEquals(2, outlets.told("r").size());
  }

  @Test
  void whomALostNodeLeftBehindLeavesWithTheRoom() throws Exception {
    outlets.write(ledger, outlets.came("r", "ada"), outlets.up("r", "ada", "camera"));
    ledger.close();
    var heir = opened("heir");
    outlets.write(heir, outlets.came("r", "bob"), outlets.went("r", "bob"), outlets.ended("r"));
    assertEquals(
        List.of(
            "participant_joined r bob",
            "participant_left r bob",
            "track_unpublished r ada! camera",
            "participant_left r ada!",
            "room_finished r"),
        outlets.told("r").subList(3, 8));
    assertEquals(0, outlets.rows("Presence"));
  }

  @Test
  void twoNodesWriteOneRoomWithoutAHole() throws Exception {
    var there = opened("there");
    var both =
        List.of(ledger, there).stream()
            .map(
                one ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (int i = 0; i < 40; i++) {
                                String who = System.identityHashCode(one) + "-" + i;
                                try {
                                  outlets.write(
                                      one,
                                      outlets.came("r", who),
                                      outlets.came("s" + i % 3, who + "s"));
                                } catch (InterruptedException e) {
                                  throw new IllegalStateException(e);
                                }
                              }
                            }))
            .toList();
    for (var thread : both) {
      thread.join();
    }
    assertEquals(LongStream.rangeClosed(1, 81).boxed().toList(), outlets.places("r"));
    assertEquals(160, outlets.rows("Presence"));
  }

  @Test
  void everyUrlHasItsOwnWay() throws Exception {
    var two = outlets.ledger("two", URL, OTHER);
    two.open();
    open.add(two);
    outlets.write(ledger, outlets.came("r", "ada"));
    outlets.write(two, outlets.came("r", "bob"));
    var outbox = new Outbox(database);
    var until = outlets.now().plusSeconds(60);
    assertEquals(
        List.of("room_started r", "participant_joined r ada", "participant_joined r bob"),
        Outlets.bodies(outbox.claim(URL, 9, "me", outlets.now(), until)));
    // It was named in the settings later, and hears from there.
    assertEquals(
        List.of("participant_joined r bob"),
        Outlets.bodies(outbox.claim(OTHER, 9, "me", outlets.now(), until)));
  }

  @Test
  void manyGoIntoFewTransactions() throws Exception {
    var transactions = new AtomicInteger();
    Transactions counted =
        new Transactions() {
          @Override
          public <T, X extends Exception> T call(Work<T, X> work) throws X {
            transactions.incrementAndGet();
            return database.call(work);
          }
        };
    var many = new Outlets(counted);
    var one = many.ledger("many", URL);
    open.add(one);
    Happening[] all =
        IntStream.range(0, 1_000)
            .mapToObj(i -> many.came("r" + i % 10, "p" + i))
            .toArray(Happening[]::new);
    one.open();
    int before = transactions.get();
    many.write(one, all);
    assertTrue(transactions.get() - before <= 20, () -> "so many: " + transactions);
    assertEquals(1_000, outlets.rows("Presence"));
  }

  @Test
  void aDatabaseThatIsAwayForAWhileLosesNothing() throws Exception {
    var failures = new AtomicInteger(12);
    Transactions shaky =
        new Transactions() {
          @Override
          public <T, X extends Exception> T call(Work<T, X> work) throws X {
            T result =
                database.call(
                    entities -> {
                      T done = work.in(entities);
                      if (failures.getAndDecrement() > 0 && failures.get() % 2 == 0) {
                        throw new IllegalStateException("away before the commit");
                      }
                      return done;
                    });
            if (failures.getAndDecrement() > 0) {
              throw new IllegalStateException("away before the commit was heard of");
            }
            return result;
          }
        };
    var far = new Outlets(shaky);
    var one = far.ledger("far", URL);
    open.add(one);
    failures.set(0);
    one.open();
    failures.set(12);
    far.write(
        one,
        far.came("r", "ada"),
        far.up("r", "ada", "camera"),
        far.came("r", "bob"),
        far.went("r", "ada"));
    assertEquals(
        List.of(
            "room_started r",
            "participant_joined r ada",
            "track_published r ada camera",
            "participant_joined r bob",
            "track_unpublished r ada camera",
            "participant_left r ada"),
        outlets.told("r"));
  }

  @Test
  void whereNobodyWantsToKnowNothingIsWritten() {
    Transactions none =
        new Transactions() {
          @Override
          public <T, X extends Exception> T call(Work<T, X> work) {
            throw new AssertionError("the database was asked");
          }
        };
    var silent = new Outlets(none).ledger("silent");
    silent.open();
    assertFalse(silent.kept());
    silent.close();
  }

  @Test
  void aHappeningThatCannotBeMadeHoldsUpNobody() throws Exception {
    ledger.write(
        () -> {
          throw new IllegalArgumentException("seeded");
        },
        () -> {});
    outlets.write(ledger, outlets.came("r", "ada"));
    assertEquals(2, outlets.told("r").size());
  }

  @Test
  void aHappeningThatTheTablesRefuseHoldsUpNobody() throws Exception {
    outlets.write(
        ledger,
        outlets.came("r", "ada"),
        outlets.came("r", "x".repeat(500)),
        outlets.came("r", "bob"));
    assertEquals(
        List.of("room_started r", "participant_joined r ada", "participant_joined r bob"),
        outlets.told("r"));
  }

  @Test
  void closingWritesWhatHasCome() {
    for (int i = 0; i < 300; i++) {
      var one = outlets.came("r", "p" + i);
      ledger.write(() -> one, () -> {});
    }
    ledger.close();
    assertEquals(301, outlets.told("r").size());
  }
}
