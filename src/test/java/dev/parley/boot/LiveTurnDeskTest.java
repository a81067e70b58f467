package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.DataSettings;
import dev.parley.config.DatabaseSettings;
import dev.parley.config.ListenSettings;
import dev.parley.config.LiveTurnSettings;
import dev.parley.config.Secrets;
import dev.parley.config.TurnSettings;
import dev.parley.identity.LiveTurn;
import dev.parley.identity.TurnCredentials;
import dev.parley.identity.TurnRealms;
import dev.parley.identity.TurnRevocations;
import dev.parley.identity.TurnUsers;
import dev.parley.lab.Database;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.MapConfig;
import dev.parley.lab.SettableClock;
import dev.parley.media.AllocationView;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.media.TurnPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveTurnDeskTest {
  private static final Secrets SECRETS = GivenSecrets.of();

  private final SettableClock clock = new SettableClock();
  private final Map<String, String> values = new HashMap<>();
  private final LiveTurnSettings settings =
      new LiveTurnSettings(() -> TurnSettings.read(new MapConfig(values)));
  private final Database database = Database.fresh(Database.Kind.H2);
  private final LiveTurn later = revocation -> desk().revoke(revocation);
  private final TurnRealms realms = new TurnRealms(settings);
  private final TurnUsers users = new TurnUsers(database, realms, later, SECRETS, clock);
  private final TurnRevocations revocations =
      new TurnRevocations(database, realms, settings, later, clock);
  private final LiveTurnDesk desk =
      new LiveTurnDesk(
          settings,
          new ListenSettings(List.of(), List.of(), 3478, 7882, 2, false),
          DatabaseSettings.embedded(new DataSettings(Path.of("target"))),
          SECRETS,
          users,
          revocations,
          new TurnCredentials(settings, realms, SECRETS, clock));
  private final FakeLoops loops =
      new FakeLoops(
          2, List.of(new MediaEvent.ListenerUp(0, "udp", "192.0.2.1", 40_000)), desk::accept);

  private LiveTurnDesk desk() {
    return desk;
  }

  @BeforeEach
  void serve() {
    desk.serve(loops);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static TurnPolicy policy(FakeLoops.Posted posted) {
    return assertInstanceOf(MediaCommand.FollowPolicy.class, posted.command()).policy();
  }

  @Test
  void everyLoopBeginsWithTheRules() {
    List<FakeLoops.Posted> told = loops.take();
    assertEquals(List.of(0, 1), told.stream().map(FakeLoops.Posted::loop).toList());
    assertTrue(policy(told.getFirst()).accepting());
    assertTrue(policy(told.getLast()).guarded().contains("127.0.0.1:40000"), "what was bound");
  }

  @Test
  void aLoopThatStartsLaterRefusesWhatWasRevokedBefore() throws Exception {
    revocations.revoke(null, "ada", null, "admin");
    loops.take();
    desk.serve(loops);
    assertEquals(
        List.of(0, 1),
        loops.take().stream()
            .filter(posted -> posted.command() instanceof MediaCommand.RevokeTurn)
            .map(FakeLoops.Posted::loop)
            .toList());
  }

  @Test
  void aRevocationTellsHowManyAllocationsEndedOnAllLoops() throws Exception {
    loops.take();
    loops.answer(
        (loop, command) ->
            command instanceof MediaCommand.RevokeTurn order
                ? new MediaEvent.AllocationsEnded(loop, order.question(), 3 + loop)
                : null);
    assertEquals(7, revocations.revoke(null, "ada", null, "admin"));
    long until = clock.instant().plus(Duration.ofHours(12)).getEpochSecond();
    var first = (MediaCommand.RevokeTurn) loops.take().getFirst().command();
    assertEquals(
        new MediaCommand.RevokeTurn(first.question(), "parley", "ada", null, until), first);
  }

  @Test
  void aFullMailboxIsNotWaitedFor() {
    loops.deaf(1);
    loops.answer(
        (loop, command) ->
            command instanceof MediaCommand.EndAllocation order
                ? new MediaEvent.AllocationsEnded(loop, order.question(), 1)
                : null);
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertTrue(desk.end("0-1", "admin")));
  }

  @Test
  void aLoopThatDoesNotAnswerIsGivenUp() {
    loops.answer(
        (loop, command) ->
            loop == 0 && command instanceof MediaCommand.EndAllocation order
                ? new MediaEvent.AllocationsEnded(loop, order.question(), 0)
                : null);
    assertFalse(desk.end("0-1", "admin"));
  }

  @Test
  void anAnswerNobodyWaitsForHarmsNothing() {
    desk.accept(new MediaEvent.AllocationsEnded(0, 99, 1));
    desk.accept(new MediaEvent.Allocations(0, 0, List.of(), 0));
  }

  private static AllocationView view(String id, int loop, long age) {
    return new AllocationView(
        id,
        loop,
        "parley",
        "ada",
        "1:ada",
        "udp",
        "192.0.2.9:1",
        List.of(),
        age,
        1,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  @Test
  void allocationsOfAllLoopsAreListedTheOldestFirst() {
    loops.answer(
        (loop, command) ->
            command instanceof MediaCommand.ListAllocations order
                ? new MediaEvent.Allocations(
                    loop, order.question(), List.of(view(loop + "-1", loop, 10 + loop)), 5)
                : null);
    var listing = desk.allocations(1);
    assertEquals(10, listing.total());
    assertEquals(List.of("1-1"), listing.allocations().stream().map(a -> a.id()).toList());
    assertEquals(0, desk.allocation("0-1").orElseThrow().loop());
    assertTrue(desk.allocation("0-2").isEmpty());
  }

  @Test
  void aNodeDrainsUntilItReopens() {
    loops.take();
    desk.drain(true, "admin");
    assertTrue(desk.draining());
    assertFalse(policy(loops.take().getFirst()).accepting());
    desk.reload("admin");
    assertFalse(policy(loops.take().getFirst()).accepting(), "a reload does not reopen");
    desk.drain(false, "admin");
    assertTrue(policy(loops.take().getFirst()).accepting());
  }

  @Test
  void aReloadReachesEveryLoopAndARefusedOneNone() {
    loops.take();
    values.put("parley.turn.secret", "a-new-secret-of-the-node");
    assertEquals(List.of("parley.turn.secret"), desk.reload("admin").changed());
    List<FakeLoops.Posted> told = loops.take();
    assertEquals(2, told.size());
    assertEquals(
        List.of("a-new-secret-of-the-node"), policy(told.getLast()).realms().getFirst().secrets());
    values.put("parley.turn.secret", "short");
    assertThrows(IllegalArgumentException.class, () -> desk.reload("admin"));
    assertEquals(List.of(), loops.take());
  }

  @Test
  void aUserOfTheDatabaseIsFoundForTheLoopThatAsked() throws Exception {
    users.create(null, "gateway", "correct horse");
    loops.take();
    desk.accept(new MediaEvent.TurnKeyWanted(1, 42, "parley", "gateway", null));
    FakeLoops.Posted posted = loops.next();
    assertEquals(1, posted.loop());
    var key = assertInstanceOf(MediaCommand.TurnKey.class, posted.command());
    assertEquals(42, key.question());
    assertEquals("gateway", key.username());
    var stored = users.keys("parley", "gateway", null).orElseThrow();
    assertArrayEquals(stored.md5(), key.md5());
    assertArrayEquals(stored.sha256(), key.sha256());
  }

  @Test
  void nobodyIsToldToTheLoopToo() throws Exception {
    loops.take();
    desk.accept(new MediaEvent.TurnKeyWanted(0, 7, "parley", "stranger", null));
    var key = assertInstanceOf(MediaCommand.TurnKey.class, loops.next().command());
    assertEquals(7, key.question());
    assertNull(key.username());
  }

  @Test
  void withoutAUdpListenerTheSelfTestFails() {
    desk.serve(new FakeLoops(1, List.of(), event -> {}));
    assertEquals(1, desk.selfTest().size());
    assertFalse(desk.selfTest().getFirst().passed());
  }
}
