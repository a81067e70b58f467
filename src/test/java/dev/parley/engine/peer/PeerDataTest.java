package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.DataClient;
import dev.parley.media.ChannelForm;
import dev.parley.media.Counter;
import dev.parley.media.DataLimits;
import dev.parley.media.DataMessage;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.protocol.sctp.ChannelParameters;
import dev.parley.protocol.sctp.SctpAssociation;
import dev.parley.protocol.sctp.SendVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Data channels between a client and the server's end, in virtual time.
class PeerDataTest {
  private static final Duration LONG = Duration.ofSeconds(40);

  private PeerScenario scenario;
  private DataClient data;

  /// A client whose DTLS is up and whose association comes up.
  private void connect(PeerPolicy policy) {
    scenario = new PeerScenario(policy, 1);
    scenario.client.sdp().addData();
    scenario.offer().connect();
    data = new DataClient(scenario.network, scenario.client, 7);
    scenario.network.until(
        "the association", () -> data.sctp().state() == SctpAssociation.State.ESTABLISHED);
  }

  private void connect() {
    connect(PeerScenario.ALL);
  }

  private int opened(ChannelParameters parameters) {
    int channel = data.open(parameters);
    scenario.network.until("the channel", () -> !scenario.data.opened.isEmpty());
    return channel;
  }

  private DataVerdict send(DataMessage message) {
    DataVerdict verdict = scenario.peer.data().send(message, scenario.network.now());
    scenario.peer.data().flush(scenario.network.now());
    return verdict;
  }

  private static DataMessage text(String label, String text) {
    return new DataMessage(label, false, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] octets(int length, int seed) {
    byte[] octets = new byte[length];
    new java.util.Random(seed).nextBytes(octets);
    return octets;
  }

  @Test
  void aClientOpensAChannelAndBothTalk() {
    connect();
    int channel = opened(ChannelParameters.reliable("chat"));
    assertEquals(List.of(ChannelForm.reliable("chat")), scenario.data.opened);
    data.send(channel, false, "hello".getBytes(StandardCharsets.UTF_8));
    scenario.network.until("it comes", () -> !scenario.data.messages.isEmpty());
    assertEquals(List.of(text("chat", "hello")), scenario.data.messages);
    assertEquals(DataVerdict.SENT, send(text("chat", "hi")));
    scenario.network.until("it comes back", () -> !data.came().isEmpty());
    assertEquals("hi", data.came().getFirst().text());
    assertFalse(data.came().getFirst().binary());
  }

  @Test
  void theServerOpensChannelsThatWereAskedForBeforeThereWasAnything() {
    scenario = new PeerScenario(PeerScenario.ALL.offeringData(), 1);
    scenario.peer.data().open(ChannelForm.reliable("_reliable"), 0);
    scenario.peer.data().open(ChannelForm.lossy("_lossy"), 0);
    scenario.peer.want(List.of(PeerScenario.audio("a", 7)), 0);
    scenario.answer().connect();
    data = new DataClient(scenario.network, scenario.client, 7);
    scenario.network.until("both", () -> scenario.data.opened.size() == 2);
    assertEquals(
        List.of(ChannelForm.reliable("_reliable"), ChannelForm.lossy("_lossy")),
        scenario.data.opened);
    assertEquals(DataVerdict.SENT, send(new DataMessage("_lossy", true, new byte[] {1, 2})));
    scenario.network.until("it comes", () -> !data.came().isEmpty());
    assertEquals("_lossy", data.came().getFirst().label());
    assertArrayEquals(new byte[] {1, 2}, data.came().getFirst().octets());
  }

  @Test
  void whatHasNoChannelIsNotSent() {
    connect();
    assertEquals(DataVerdict.NO_CHANNEL, send(text("chat", "hi")));
    assertEquals(1, scenario.tally.counts().get(Counter.DATA_UNDELIVERED));
  }

  @Test
  void aLongMessageComesWholeThroughLossAndDisorder() {
    connect();
    scenario.network.loss(0.05, 0.05);
    scenario.network.delay(Duration.ofMillis(10), Duration.ofMillis(5));
    int channel = opened(ChannelParameters.reliable("file"));
    byte[] first = octets(DataLimits.LONGEST, 1);
    byte[] second = octets(200_000, 2);
    data.send(channel, true, first);
    data.send(channel, true, second);
    inTime(() -> scenario.data.messages.size() == 2);
    assertArrayEquals(first, scenario.data.messages.get(0).octets());
    assertArrayEquals(second, scenario.data.messages.get(1).octets());
    send(new DataMessage("file", true, first));
    inTime(() -> !data.came().isEmpty());
    assertArrayEquals(first, data.came().getFirst().octets());
  }

  // Lets time pass even where nothing flies: what was lost last is sent again by a timer.
  private void inTime(BooleanSupplier is) {
    for (int i = 0; i < 600 && !is.getAsBoolean(); i++) {
      scenario.network.pass(Duration.ofMillis(100));
    }
    assertTrue(is.getAsBoolean());
  }

  @Test
  void aChannelThatTheClientClosesIsGone() {
    connect();
    int channel = opened(ChannelParameters.reliable("chat"));
    data.sctp().close(channel, scenario.network.now());
    data.sctp().flush(scenario.network.now());
    scenario.network.until("it is closed", () -> !scenario.data.closed.isEmpty());
    assertEquals(List.of("chat closed"), scenario.data.closed);
    assertEquals(DataVerdict.NO_CHANNEL, send(text("chat", "hi")));
  }

  @Test
  void whoCannotFollowIsReportedCrowdedAndRelieved() {
    connect();
    opened(ChannelParameters.reliable("file"));
    scenario.network.bottleneck(5_000_000, Duration.ofMillis(100));
    int sent = 0;
    while (send(new DataMessage("file", true, octets(100_000, sent))) == DataVerdict.SENT) {
      sent++;
    }
    assertTrue(sent >= PeerData.CROWDED / 100_000 && sent < 40, "sent " + sent);
    assertEquals(0, scenario.data.relieved);
    scenario.network.until("relieved", () -> scenario.data.relieved > 0);
    int all = sent + 1;
    scenario.network.until("all", () -> data.came().size() == all);
    for (int i = 0; i < all; i++) {
      assertArrayEquals(octets(100_000, i), data.came().get(i).octets());
    }
  }

  @Test
  void whoTakesNothingLosesItsChannelAndNothingElse() {
    connect();
    opened(ChannelParameters.reliable("file"));
    data.sctp().receiving(false, scenario.network.now());
    data.sctp().flush(scenario.network.now());
    for (int i = 0; i < 20; i++) {
      send(new DataMessage("file", true, octets(100_000, i)));
    }
    scenario.network.pass(LONG);
    assertEquals(List.of("file slow"), scenario.data.closed);
    assertEquals(1, scenario.tally.counts().get(Counter.DATA_TOO_SLOW));
    assertEquals(dev.parley.media.PeerState.CONNECTED, scenario.peer.state());
  }

  @Test
  void whatIsLateOnALossyChannelIsDropped() {
    connect();
    opened(ChannelParameters.lossy("at", 0));
    data.sctp().receiving(false, scenario.network.now());
    data.sctp().flush(scenario.network.now());
    scenario.pass(100);
    List<DataVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      verdicts.add(send(new DataMessage("at", true, octets(1_000, i))));
    }
    assertEquals(DataVerdict.SENT, verdicts.getFirst());
    assertEquals(DataVerdict.DROPPED, verdicts.getLast());
    assertEquals(List.of(), scenario.data.closed);
  }

  @Test
  void whoSendsFasterThanItMayIsTakenAsFastAsItMay() {
    PeerLimits usual = PeerLimits.defaults();
    DataLimits slow = new DataLimits(4, 300_000, 1_000);
    connect(
        new PeerPolicy(
            true,
            true,
            true,
            new PeerLimits(
                usual.tracks(), usual.streams(), usual.bitrate(), usual.subscriptions(), slow)));
    int channel = opened(ChannelParameters.reliable("file"));
    long begun = scenario.network.now();
    for (int i = 0; i < 30; i++) {
      assertEquals(SendVerdict.QUEUED, data.send(channel, true, octets(100_000, i)));
    }
    while (scenario.data.messages.size() < 30 && scenario.network.now() - begun < 20_000_000_000L) {
      scenario.pass(50);
    }
    double seconds = (scenario.network.now() - begun) / 1e9;
    assertTrue(seconds > 7 && seconds < 14, "took " + seconds);
    for (int i = 0; i < 30; i++) {
      assertArrayEquals(octets(100_000, i), scenario.data.messages.get(i).octets());
    }
  }

  @Test
  void whoIsHeldIsNotReadFromUntilItIsLetGo() {
    connect();
    int channel = opened(ChannelParameters.reliable("file"));
    scenario.peer.data().hold(true, scenario.network.now());
    scenario.peer.data().flush(scenario.network.now());
    scenario.pass(200);
    for (int i = 0; i < 30; i++) {
      data.send(channel, true, octets(100_000, i));
    }
    scenario.pass(5_000);
    int held = scenario.data.messages.size();
    assertTrue(held < 15, "came " + held);
    scenario.peer.data().hold(false, scenario.network.now());
    scenario.peer.data().flush(scenario.network.now());
    scenario.network.until("all", () -> scenario.data.messages.size() == 30);
  }

  @Test
  void moreChannelsThanAClientMayHaveAreRefused() {
    PeerLimits usual = PeerLimits.defaults();
    DataLimits two = new DataLimits(2, DataLimits.LONGEST, 1_000);
    connect(
        new PeerPolicy(
            true,
            true,
            true,
            new PeerLimits(
                usual.tracks(), usual.streams(), usual.bitrate(), usual.subscriptions(), two)));
    for (String label : List.of("a", "b", "c")) {
      scenario.peer.data().open(ChannelForm.reliable(label), scenario.network.now());
    }
    assertEquals(List.of("c limit"), scenario.data.closed);
  }

  @Test
  void theSameLabelIsOpenedOnce() {
    connect();
    scenario.peer.data().open(ChannelForm.reliable("a"), scenario.network.now());
    scenario.peer.data().open(ChannelForm.reliable("a"), scenario.network.now());
    scenario.peer.data().flush(scenario.network.now());
    scenario.pass(1_000);
    assertEquals(1, scenario.data.opened.size());
  }

  @Test
  void aClosedPeerHasNoData() {
    connect();
    opened(ChannelParameters.reliable("chat"));
    scenario.peer.close("left", scenario.network.now());
    assertEquals(DataVerdict.NO_CHANNEL, send(text("chat", "hi")));
    scenario.peer.data().open(ChannelForm.reliable("a"), scenario.network.now());
    assertEquals(List.of(), scenario.data.closed);
    assertEquals(
        scenario.tally.counts().get(Counter.DATA_CHANNELS_OPENED),
        scenario.tally.counts().get(Counter.DATA_CHANNELS_CLOSED));
  }
}
