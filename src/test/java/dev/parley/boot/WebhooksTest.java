package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.HookSettings;
import dev.parley.config.NodeName;
import dev.parley.door.livekit.hook.HookChronicle;
import dev.parley.door.livekit.hook.HookMessages;
import dev.parley.hook.Courier;
import dev.parley.identity.ApiKeys;
import dev.parley.lab.Database;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.HookReceiver;
import dev.parley.media.Encryption;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.room.Access;
import dev.parley.room.Backlogs;
import dev.parley.room.DeadLetters;
import dev.parley.room.Ledger;
import dev.parley.room.Outbox;
import dev.parley.room.Retention;
import dev.parley.room.RoomView;
import dev.parley.room.Topology;
import dev.parley.signal.Departure;
import dev.parley.signal.Fact;
import dev.parley.signal.ParticipantKind;
import dev.parley.signal.ParticipantView;
import io.livekit.server.WebhookReceiver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitWebhook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Facts of a meeting all the way to a receiver.
class WebhooksTest {
  private final HookReceiver receiver = new HookReceiver(GivenSecrets.KEY, GivenSecrets.SECRET);
  private final Database database = Database.fresh(Database.Kind.H2);
  private Ledger ledger;
  private Courier courier;
  private HookChronicle chronicle;

  @BeforeEach
  void open() {
    open(Duration.ofHours(24));
  }

  private void open(Duration patience) {
    var settings =
        new HookSettings(List.of(receiver.url()), Optional.empty(), patience, Duration.ofHours(1));
    var clock = InstantSource.system();
    var node = new NodeName("here");
    ledger = new Ledger(database, new HookMessages(), settings, node, clock);
    var secrets = GivenSecrets.of();
    courier =
        new Courier(
            new Outbox(database),
            new DeadLetters(database),
            new Backlogs(database),
            new Retention(database),
            ledger,
            settings,
            secrets,
            new ApiKeys(secrets, database, clock),
            node,
            clock);
    chronicle = new HookChronicle(ledger);
    ledger.open();
    courier.open();
  }

  @AfterEach
  void close() {
    ledger.close();
    courier.close();
    database.close();
    receiver.close();
  }

  private static Fact.Scene scene(String room, int participants) {
    var view =
        new RoomView(
            new UUID(1, 2),
            room,
            room,
            10,
            Duration.ZERO,
            Topology.AUTO,
            Access.OPEN,
            false,
            false,
            Encryption.ALLOWED);
    return new Fact.Scene(view, participants, 0, Instant.now());
  }

  private static ParticipantView who(String id) {
    return new ParticipantView(
        id,
        id + "-identity",
        "Ada",
        false,
        false,
        true,
        true,
        false,
        false,
        null,
        Instant.now(),
        true,
        ParticipantKind.PERSON);
  }

  @Test
  void aJoinAndALeaveArriveSigned() throws Exception {
    var written = new CountDownLatch(2);
    chronicle.write(new Fact.Joined(scene("r", 1), who("PA_1")), written::countDown);
    chronicle.write(
        new Fact.Left(scene("r", 0), who("PA_1"), Departure.LEFT, true), written::countDown);
    chronicle.write(new Fact.Ended(scene("r", 0)), () -> {});
    written.await(10, TimeUnit.SECONDS);
    var all = receiver.await(seen -> seen.size() >= 4);
    assertEquals(List.of(), receiver.faults());
    assertEquals(
        List.of("room_started", "participant_joined", "participant_left", "room_finished"),
        all.stream().map(HookReceiver.Received::event).toList());
    var left = all.get(2).whole().getJsonObject("participant");
    assertEquals("PA_1", left.getString("sid"));
    assertEquals("DISCONNECTED", left.getString("state"));
  }

  @Test
  void theLiveKitSdkTakesThem() throws Exception {
    chronicle.write(new Fact.Joined(scene("r", 1), who("PA_1")), () -> {});
    chronicle.write(
        new Fact.Published(
            scene("r", 1),
            who("PA_1"),
            new TrackView(
                "TR_1", "PA_1", TrackKind.VIDEO, "camera", "VP8", false, List.of("q", "h", "f"))),
        () -> {});
    chronicle.write(new Fact.Left(scene("r", 0), who("PA_1"), Departure.REMOVED, true), () -> {});
    var sdk = new WebhookReceiver(GivenSecrets.KEY, GivenSecrets.SECRET);
    var read = new ArrayList<LivekitWebhook.WebhookEvent>();
    for (var one : receiver.await(seen -> seen.size() >= 5)) {
      read.add(sdk.receive(one.body(), one.authorization()));
    }
    assertEquals(
        List.of(
            "room_started",
            "participant_joined",
            "track_published",
            "track_unpublished",
            "participant_left"),
        read.stream().map(LivekitWebhook.WebhookEvent::getEvent).toList());
    var published = read.get(2);
    assertEquals("TR_1", published.getTrack().getSid());
    assertEquals("PA_1", published.getParticipant().getSid());
    assertEquals("r", published.getRoom().getName());
    assertTrue(published.getId().startsWith("EV_"));
    assertTrue(published.getCreatedAt() > 1_700_000_000);
    assertEquals(
        DisconnectReason.PARTICIPANT_REMOVED, read.get(4).getParticipant().getDisconnectReason());
    assertEquals("TR_1", read.get(3).getTrack().getSid());
  }

  @Test
  void whatAReceiverRefusesComesAgainBeforeWhatFollows() {
    var refused = ConcurrentHashMap.<String>newKeySet();
    receiver.refuses = event -> refused.add(event.id());
    chronicle.write(new Fact.Joined(scene("r", 1), who("PA_1")), () -> {});
    var all = receiver.await(seen -> seen.size() >= 2);
    assertEquals(
        List.of("room_started", "participant_joined"),
        all.stream().map(HookReceiver.Received::event).toList());
    assertEquals(2, refused.size());
    assertTrue(courier.failed() >= 2);
  }

  @Test
  void aRestartTellsOfThoseWhoWereInAndSendsWhatWaits() throws Exception {
    var written = new CountDownLatch(1);
    receiver.refuses = event -> true;
    chronicle.write(new Fact.Joined(scene("r", 1), who("PA_1")), written::countDown);
    written.await(10, TimeUnit.SECONDS);
    ledger.close();
    courier.close();
    receiver.refuses = event -> false;
    open();
    var all = receiver.await(seen -> seen.size() >= 4);
    assertEquals(
        List.of("room_started", "participant_joined", "participant_left", "room_finished"),
        all.stream().map(HookReceiver.Received::event).toList());
    var left = all.get(2).whole().getJsonObject("participant");
    assertEquals("SERVER_SHUTDOWN", left.getString("disconnectReason"));
  }

  @Test
  void aDeadLetterIsPutAsideAndSentWhenSomebodyWantsIt() {
    ledger.close();
    courier.close();
    open(Duration.ZERO);
    receiver.refuses = event -> event.event().equals("room_started");
    chronicle.write(new Fact.Joined(scene("r", 1), who("PA_1")), () -> {});
    receiver.await(seen -> seen.size() == 1);
    var letters = new DeadLetters(database);
    var letter = letters.list(9).getFirst();
    assertEquals("room_started", letter.kind());
    assertEquals(3, letter.tries());
    assertEquals("HTTP status 500", letter.cause());
    receiver.refuses = event -> false;
    assertTrue(letters.retry(letter.id()));
    var all = receiver.await(seen -> seen.size() == 2);
    assertEquals(letter.event(), all.get(1).id());
  }
}
