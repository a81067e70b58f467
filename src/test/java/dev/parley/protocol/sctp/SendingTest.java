package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendingTest {
  /// User data of a full chunk.
  private static final int FULL = 1160 - 12 - 16;

  private int channel;
  private int opened = 1;

  // An association with a channel of its own, the opening acknowledged: the next TSN is 2.
  private RawPeer open(ChannelParameters parameters) {
    return open(parameters, RawPeer.up());
  }

  private RawPeer open(ChannelParameters parameters, RawPeer peer) {
    try {
      channel = peer.association.open(parameters, peer.now);
    } catch (ChannelRefused refused) {
      throw new AssertionError(refused);
    }
    peer.association.flush(peer.now);
    peer.pass(50 * RawPeer.MS);
    peer.begin().sack(opened, 100_000);
    peer.data(opened, 3, channel, 0, 50, new byte[] {Dcep.ACK}).send();
    opened++;
    peer.pass(150 * RawPeer.MS);
    peer.take();
    return peer;
  }

  private RawPeer open() {
    return open(ChannelParameters.reliable("raw"));
  }

  private void text(RawPeer peer, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    assertTrue(peer.association.send(channel, false, octets, 0, octets.length, peer.now).taken());
  }

  // One message of so many full chunks, flushed.
  private void large(RawPeer peer, int chunks) {
    byte[] octets = new byte[chunks * FULL];
    assertTrue(peer.association.send(channel, true, octets, 0, octets.length, peer.now).taken());
    peer.association.flush(peer.now);
  }

  private static List<Integer> tsns(List<List<String>> packets) {
    return packets.stream()
        .flatMap(List::stream)
        .filter(chunk -> chunk.startsWith("DATA"))
        .map(chunk -> Integer.parseInt(chunk.replaceAll("DATA [A-Z]* *([0-9]+) .*", "$1")))
        .toList();
  }

  @Test
  void smallMessagesShareAPacket() {
    RawPeer peer = open();
    text(peer, "a");
    text(peer, "bc");
    assertEquals(List.of(), peer.take());
    peer.association.flush(peer.now);
    assertEquals(
        List.of(
            List.of(
                "DATA BE 2 stream 1 ssn 1 ppid 51 length 1",
                "DATA BE 3 stream 1 ssn 2 ppid 51 length 2")),
        peer.take());
  }

  @Test
  void aTickFlushesToo() {
    RawPeer peer = open();
    text(peer, "a");
    peer.pass(0);
    assertEquals(1, peer.take().size());
  }

  @Test
  void aLargeMessageGoesOutInFullChunks() {
    RawPeer peer = open();
    byte[] octets = new byte[FULL + 1];
    peer.association.send(channel, true, octets, 0, octets.length, peer.now);
    peer.association.flush(peer.now);
    assertEquals(
        List.of(
            List.of("DATA B 2 stream 1 ssn 1 ppid 53 length " + FULL),
            List.of("DATA E 3 stream 1 ssn 1 ppid 53 length 1")),
        peer.take());
  }

  @Test
  void noMoreThanABurstGoesOutAtOnce() {
    RawPeer peer = open();
    large(peer, 20);
    assertEquals(List.of(2, 3, 4, 5), tsns(peer.take()));
    peer.begin().sack(3, 100_000).send();
    assertEquals(List.of(6, 7, 8, 9), tsns(peer.take()));
  }

  @Test
  void theCongestionWindowGrowsWithWhatIsAcknowledged() {
    RawPeer peer = open();
    large(peer, 200);
    int before = peer.association.counts().congestionWindow();
    for (int i = 0; i < 20; i++) {
      peer.pass(20 * RawPeer.MS);
      peer.begin().sack(3 + 2 * i, 1_000_000).send();
    }
    int after = peer.association.counts().congestionWindow();
    assertTrue(after > before, before + " to " + after);
  }

  @Test
  void threeReportsMakeAChunkGoOutAgainAtOnce() {
    RawPeer peer = open();
    large(peer, 8);
    peer.take();
    peer.begin().sack(2, 100_000).send();
    peer.take();
    peer.begin().sack(2, 100_000, 2, 2).send();
    peer.begin().sack(2, 100_000, 2, 3).send();
    assertEquals(0, peer.association.counts().retransmissions());
    peer.take();
    int before = peer.association.counts().congestionWindow();
    peer.begin().sack(2, 100_000, 2, 4).send();
    assertEquals(3, tsns(peer.take()).getFirst());
    assertEquals(1, peer.association.counts().retransmissions());
    assertTrue(peer.association.counts().congestionWindow() < before);
    peer.begin().sack(2, 100_000, 2, 5).send();
    peer.begin().sack(2, 100_000, 2, 6).send();
    peer.begin().sack(2, 100_000, 2, 7).send();
    assertEquals(1, peer.association.counts().retransmissions(), "once only");
  }

  @Test
  void whatNobodyAcknowledgesGoesOutAgainInEverLongerPauses() {
    RawPeer peer = open();
    text(peer, "a");
    peer.association.flush(peer.now);
    long begun = peer.now;
    StringBuilder times = new StringBuilder();
    peer.take();
    for (int i = 0; i < 6; i++) {
      long due = peer.association.deadline();
      peer.pass(due - peer.now);
      assertEquals(List.of(2), tsns(peer.take()));
      times.append((peer.now - begun) / RawPeer.MS).append(' ');
    }
    assertEquals("270 810 1890 4050 7050 10050 ", times.toString());
  }

  @Test
  void afterATimeoutOnePacketGoesOutAndTheRestWithItsAcknowledgement() {
    RawPeer peer = open();
    large(peer, 4);
    assertEquals(List.of(2, 3, 4, 5), tsns(peer.take()));
    peer.pass(400 * RawPeer.MS);
    assertEquals(List.of(2), tsns(peer.take()));
    peer.begin().sack(2, 100_000).send();
    assertEquals(List.of(3, 4), tsns(peer.take()));
  }

  @Test
  void aShutWindowIsProbedAndWhatWaitsGoesOutWhenItOpens() {
    RawPeer peer = open();
    peer.begin().sack(1, 0).send();
    large(peer, 3);
    assertEquals(List.of(2), tsns(peer.take()));
    peer.pass(700 * RawPeer.MS);
    assertEquals(List.of(2), tsns(peer.take()).stream().distinct().toList());
    peer.begin().sack(1, 0).send();
    assertEquals(List.of(), tsns(peer.take()));
    peer.begin().sack(1, 100_000).send();
    assertEquals(2, tsns(peer.take()).getFirst());
    peer.begin().sack(2, 100_000).send();
    assertEquals(List.of(3, 4), tsns(peer.take()));
  }

  @Test
  void thePeersWindowIsNotOverrun() {
    RawPeer peer = open();
    peer.begin().sack(1, 2 * FULL).send();
    large(peer, 4);
    assertEquals(List.of(2, 3), tsns(peer.take()));
    peer.begin().sack(2, FULL).send();
    assertEquals(List.of(), tsns(peer.take()));
    peer.begin().sack(3, 2 * FULL).send();
    assertEquals(List.of(4, 5), tsns(peer.take()));
  }

  @Test
  void theOwnersAllowanceIsAskedBeforeEachPacket() {
    SctpPair pair = SctpPair.up();
    int id = pair.client.open(ChannelParameters.reliable("c"));
    pair.client.allowance = 0;
    pair.client.text(id, "waits");
    pair.pass(3_000 * SctpPair.MS);
    assertEquals(List.of(), pair.server.messages);
    pair.client.allowance = 2000;
    pair.client.association.flush(pair.now);
    pair.settle();
    assertEquals(List.of("waits"), pair.server.texts());
  }

  @Test
  void aLossyMessageIsGivenUpInsteadOfSentAgain() {
    RawPeer peer = open(ChannelParameters.lossy("raw", 0));
    text(peer, "a");
    text(peer, "b");
    peer.association.flush(peer.now);
    assertEquals(
        List.of(
            List.of(
                "DATA UBE 2 stream 1 ssn 0 ppid 51 length 1",
                "DATA UBE 3 stream 1 ssn 0 ppid 51 length 1")),
        peer.take());
    peer.pass(300 * RawPeer.MS);
    assertEquals(List.of(List.of("FORWARD_TSN 3")), peer.take());
    peer.begin().sack(3, 100_000).send();
    assertEquals(0, peer.association.held());
    assertEquals(2, peer.association.counts().abandoned());
  }

  @Test
  void aGivenUpMessageInOrderIsNamedWithItsSequenceNumber() {
    RawPeer peer = open(new ChannelParameters("raw", "", true, 1, -1, 256));
    text(peer, "a");
    text(peer, "b");
    peer.association.flush(peer.now);
    peer.pass(300 * RawPeer.MS);
    assertEquals(List.of(2, 3, 2, 3), tsns(peer.take()), "once more");
    peer.pass(600 * RawPeer.MS);
    assertEquals(List.of(List.of("FORWARD_TSN 3 stream 1 ssn 2")), peer.take());
    peer.pass(3_000 * RawPeer.MS);
    assertEquals(
        List.of("FORWARD_TSN 3 stream 1 ssn 2"), peer.take().getFirst(), "until it is heard");
  }

  @Test
  void aMessageTooOldIsNotEvenBegun() {
    RawPeer peer = open(new ChannelParameters("raw", "", true, -1, 100, 256));
    peer.begin().sack(1, 0).send();
    text(peer, "probe");
    text(peer, "old");
    peer.association.flush(peer.now);
    peer.pass(120 * RawPeer.MS);
    text(peer, "new");
    peer.take();
    peer.begin().sack(2, 100_000).send();
    assertEquals(List.of(List.of("DATA BE 3 stream 1 ssn 2 ppid 51 length 3")), peer.take());
    assertEquals(1, peer.association.counts().abandoned());
  }

  @Test
  void withAPeerThatCannotForwardEverythingIsReliable() {
    RawPeer raw = new RawPeer();
    raw.handshake(100_000, false, true);
    RawPeer peer = open(ChannelParameters.lossy("raw", 0), raw);
    text(peer, "a");
    peer.association.flush(peer.now);
    peer.take();
    peer.pass(300 * RawPeer.MS);
    assertEquals(List.of(2), tsns(peer.take()));
  }

  @Test
  void theRestOfAMessageGivenUpHalfwayIsNeverSent() {
    RawPeer peer = open(ChannelParameters.lossy("raw", 0));
    peer.association.send(channel, true, new byte[10 * FULL], 0, 10 * FULL, peer.now);
    text(peer, "next");
    peer.association.flush(peer.now);
    assertEquals(List.of(2, 3, 4, 5), tsns(peer.take()));
    peer.pass(500 * RawPeer.MS);
    List<List<String>> packets = peer.take();
    assertEquals(List.of("FORWARD_TSN 5"), packets.getFirst().subList(0, 1));
    assertEquals(List.of(6), tsns(packets));
    peer.begin().sack(6, 100_000).send();
    assertEquals(0, peer.association.held());
  }

  @Test
  void aSackOfWhatWasNeverSentEndsTheAssociation() {
    RawPeer peer = open();
    peer.begin().sack(2, 100_000).send();
    assertEquals(List.of(List.of("ABORT 13")), peer.take());
    assertEquals(new SctpEvent.Ended(SctpEnd.PROTOCOL_VIOLATION), peer.events.getLast());
  }

  @Test
  void aSackFromHalfTheCircleAwayIsAnOldOne() {
    RawPeer peer = open();
    large(peer, 2);
    for (int beyond = 0; beyond < 3; beyond++) {
      peer.begin().sack(Integer.MIN_VALUE + 1 + beyond, 100_000).send();
    }
    assertEquals(SctpAssociation.State.ESTABLISHED, peer.association.state());
    assertTrue(peer.association.held() > 0);
  }

  @Test
  void gapBlocksThatMeanNothingAreIgnored() {
    RawPeer peer = open();
    large(peer, 4);
    peer.begin().sack(1, 100_000, 3, 2, 0, 0, 9, 65_535).send();
    peer.begin().sack(1, 100_000, 2, 60_000).send();
    assertEquals(SctpAssociation.State.ESTABLISHED, peer.association.state());
    peer.begin().sack(5, 100_000).send();
    assertEquals(0, peer.association.held());
  }

  @Test
  void aFullSendBufferRefusesAndNothingIsTaken() {
    RawPeer peer = open(ChannelParameters.reliable("raw"), RawPeer.up(Limits.sendBuffer(10_000)));
    byte[] octets = new byte[4000];
    assertEquals(
        SendVerdict.QUEUED, peer.association.send(channel, true, octets, 0, 4000, peer.now));
    assertEquals(
        SendVerdict.QUEUED, peer.association.send(channel, true, octets, 0, 4000, peer.now));
    assertEquals(SendVerdict.FULL, peer.association.send(channel, true, octets, 0, 4000, peer.now));
    assertEquals(8128, peer.association.held());
    int empty = 0;
    while (peer.association.send(channel, true, octets, 0, 0, peer.now).taken()) {
      empty++;
    }
    assertTrue(empty < 30, empty + " empty messages");
  }

  @Test
  void theLowMarkIsToldOnceWhenItIsPassed() {
    RawPeer peer = open();
    peer.association.lowMark(channel, 3 * FULL);
    large(peer, 8);
    assertEquals(4L * FULL, peer.association.buffered(channel));
    assertEquals(0, lows(peer));
    peer.begin().sack(3, 100_000).send();
    assertEquals(1, lows(peer));
    peer.begin().sack(9, 100_000).send();
    assertEquals(1, lows(peer));
    assertEquals(0, peer.association.buffered(channel));
  }

  private static long lows(RawPeer peer) {
    return peer.events.stream().filter(SctpEvent.Low.class::isInstance).count();
  }

  @Test
  void channelsTakeTurns() {
    RawPeer peer = open();
    int first = channel;
    open(ChannelParameters.reliable("other"), peer);
    byte[] octets = new byte[FULL];
    peer.association.send(first, true, octets, 0, FULL, peer.now);
    peer.association.send(first, true, octets, 0, FULL, peer.now);
    text(peer, "short");
    peer.association.flush(peer.now);
    assertEquals(
        List.of(
            "DATA BE 3 stream 1 ssn 1 ppid 53 length 1132",
            "DATA BE 4 stream 3 ssn 1 ppid 51 length 5",
            "DATA BE 5 stream 1 ssn 2 ppid 53 length 1132"),
        peer.take().stream().flatMap(List::stream).toList());
  }
}
