package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResettingTest {
  private static RawPeer open() {
    RawPeer peer = RawPeer.up();
    peer.begin().opening(1, 0).send();
    peer.begin().sack(1, 100_000).send();
    peer.pass(150 * RawPeer.MS);
    peer.take();
    return peer;
  }

  @Test
  void aResetOfThePeerIsAnsweredAndReturned() {
    RawPeer peer = open();
    peer.begin().reset(1, 1, 0).send();
    assertEquals(
        List.of(
            List.of(
                "RE_CONFIG response 1 SUCCESS_PERFORMED", "RE_CONFIG request 1 last 1 streams 0")),
        peer.take());
    assertEquals(1, peer.events.stream().filter(SctpEvent.Opened.class::isInstance).count());
    peer.begin().response(1, ResetResult.SUCCESS_PERFORMED).send();
    assertEquals(new SctpEvent.Closed(0, ChannelEnd.CLOSED_BY_PEER), peer.events.getLast());
    peer.begin().opening(2, 0).text(3, 0, 1, "anew").send();
    assertEquals(List.of("anew"), peer.texts());
  }

  @Test
  void aResetWaitsForWhatWasSentBeforeIt() {
    RawPeer peer = open();
    peer.begin().reset(1, 2, 0).send();
    assertEquals(List.of(List.of("RE_CONFIG response 1 IN_PROGRESS")), peer.take());
    peer.begin().text(2, 0, 1, "last").send();
    assertEquals(
        List.of(
            "SACK 2",
            "RE_CONFIG response 1 SUCCESS_PERFORMED",
            "RE_CONFIG request 1 last 1 streams 0"),
        peer.take().getFirst());
    assertEquals(List.of("last"), peer.texts());
  }

  @Test
  void aRequestThatComesTwiceIsAnsweredTwiceAndDoneOnce() {
    RawPeer peer = open();
    peer.begin().reset(1, 1, 0).send();
    peer.begin().response(1, ResetResult.SUCCESS_PERFORMED).send();
    peer.begin().opening(2, 0).send();
    peer.take();
    peer.begin().reset(1, 1, 0).send();
    assertEquals("RE_CONFIG response 1 SUCCESS_PERFORMED", peer.take().getFirst().getLast());
    peer.begin().text(3, 0, 1, "still open").send();
    assertEquals(List.of("still open"), peer.texts());
  }

  @Test
  void aRequestOutOfTurnIsRefused() {
    RawPeer peer = open();
    peer.begin().reset(3, 1, 0).send();
    assertEquals(List.of(List.of("RE_CONFIG response 3 BAD_SEQUENCE_NUMBER")), peer.take());
    peer.begin().text(2, 0, 1, "open").send();
    assertEquals(List.of("open"), peer.texts());
  }

  @Test
  void otherRequestsAreDenied() {
    RawPeer peer = open();
    for (int type : new int[] {15, 17, 18}) {
      byte[] body = new byte[type == 15 ? 8 : 12];
      body[1] = (byte) type;
      body[3] = (byte) body.length;
      int sequence = type == 15 ? 1 : type - 15;
      body[7] = (byte) sequence;
      peer.begin().chunk(ChunkType.RE_CONFIG, 0, body).send();
      assertEquals(List.of(List.of("RE_CONFIG response " + sequence + " DENIED")), peer.take());
    }
  }

  @Test
  void anEmptyListIsAllStreams() {
    RawPeer peer = open();
    peer.begin().opening(2, 2).send();
    peer.begin().reset(1, 2).send();
    assertTrue(peer.take().toString().contains("streams 0 2"));
  }

  @Test
  void aRequestThatNobodyAnswersIsSentAgain() {
    RawPeer peer = open();
    peer.association.close(0, peer.now);
    peer.association.flush(peer.now);
    List<String> request = List.of("RE_CONFIG request 1 last 1 streams 0");
    assertEquals(List.of(request), peer.take());
    peer.pass(1_100 * RawPeer.MS);
    assertTrue(peer.take().contains(request));
    peer.begin().response(1, ResetResult.IN_PROGRESS).send();
    peer.pass(1_100 * RawPeer.MS);
    assertTrue(peer.take().contains(request));
    peer.begin().response(1, ResetResult.SUCCESS_PERFORMED).reset(1, 1, 0).send();
    assertEquals(new SctpEvent.Closed(0, ChannelEnd.CLOSED_HERE), peer.events.getLast());
  }

  @Test
  void whoCannotResetLosesTheChannelHereAlone() {
    RawPeer peer = new RawPeer();
    peer.handshake(100_000, true, false);
    peer.begin().opening(1, 0).send();
    peer.association.close(0, peer.now);
    peer.association.flush(peer.now);
    assertEquals(new SctpEvent.Closed(0, ChannelEnd.CLOSED_HERE), peer.events.getLast());
    int own = open(peer);
    peer.association.close(own, peer.now);
    peer.association.flush(peer.now);
    for (int i = 0; i < 10_000; i++) {
      int next = open(peer);
      assertTrue(next > own, "its sequence numbers could not begin anew");
      own = next;
      peer.association.close(next, peer.now);
      peer.association.flush(peer.now);
      peer.begin().sack(i + 3, 100_000).send();
      peer.packets.clear();
    }
  }

  private static int open(RawPeer peer) {
    try {
      return peer.association.open(ChannelParameters.reliable("own"), peer.now);
    } catch (ChannelRefused refused) {
      throw new AssertionError(refused);
    }
  }

  @Test
  void openingsBeyondTheBoundAreResetAndThenIgnored() {
    RawPeer peer = RawPeer.up(Limits.channels(4));
    for (int i = 0; i < 40; i++) {
      peer.begin().opening(i + 1, 2 * i).send();
    }
    assertEquals(4, peer.events.stream().filter(SctpEvent.Opened.class::isInstance).count());
    assertEquals(36, peer.association.counts().refused());
    assertEquals(
        ChannelRefused.Reason.TOO_MANY,
        assertThrows(
                ChannelRefused.class,
                () -> peer.association.open(ChannelParameters.reliable("x"), peer.now))
            .reason());
    peer.begin().sack(4, 100_000).send();
    assertTrue(peer.take().toString().contains("streams 8"));
  }

  @Test
  void anOpeningOfAnOpenChannelClosesIt() {
    RawPeer peer = open();
    byte[] opening = Dcep.open(ChannelParameters.reliable("again"));
    peer.begin().data(2, 3, 0, 1, 50, opening).send();
    assertTrue(peer.take().toString().contains("RE_CONFIG request 1 last 1 streams 0"));
    peer.begin().response(1, ResetResult.SUCCESS_PERFORMED).reset(1, 2, 0).send();
    assertEquals(new SctpEvent.Closed(0, ChannelEnd.PROTOCOL), peer.events.getLast());
  }

  @Test
  void aLabelTooLongIsRefusedHereAndThere() {
    ChannelParameters parameters = ChannelParameters.reliable("x".repeat(4097));
    RawPeer peer = RawPeer.up();
    assertEquals(
        ChannelRefused.Reason.LABEL,
        assertThrows(ChannelRefused.class, () -> peer.association.open(parameters, peer.now))
            .reason());
    byte[] opening = Dcep.open(parameters);
    int half = 1200;
    int tsn = 1;
    for (int at = 0; at < opening.length; at += half) {
      int length = Math.min(half, opening.length - at);
      int flags = (at == 0 ? 2 : 0) | (at + length == opening.length ? 1 : 0);
      byte[] part = Arrays.copyOfRange(opening, at, at + length);
      peer.begin().data(tsn++, flags, 0, 0, 50, part).send();
    }
    assertEquals(List.of(new SctpEvent.Up()), peer.events);
    assertEquals(1, peer.association.counts().refused());
  }

  @Test
  void anAgreedChannelNeedsNoWord() throws ChannelRefused {
    SctpPair pair = SctpPair.up();
    ChannelParameters parameters = ChannelParameters.lossy("agreed", 2);
    pair.client.association.agreed(7, parameters);
    pair.server.association.agreed(7, parameters);
    pair.client.text(7, "hello");
    pair.settle();
    assertEquals(List.of("hello"), pair.server.texts());
    assertEquals(
        ChannelRefused.Reason.STREAM_TAKEN,
        assertThrows(ChannelRefused.class, () -> pair.client.association.agreed(7, parameters))
            .reason());
    assertEquals(
        ChannelRefused.Reason.TOO_MANY,
        assertThrows(ChannelRefused.class, () -> pair.client.association.agreed(65_535, parameters))
            .reason());
  }

  @Test
  void bothMayCloseAtOnce() {
    SctpPair pair = SctpPair.up();
    int channel = pair.client.open(ChannelParameters.reliable("c"));
    pair.settle();
    pair.client.association.close(channel, pair.now);
    pair.server.association.close(channel, pair.now);
    pair.settle();
    SctpEvent closed = new SctpEvent.Closed(channel, ChannelEnd.CLOSED_HERE);
    assertTrue(pair.client.told(closed) && pair.server.told(closed));
  }

  @Test
  void aHundredChannelsCloseTogether() {
    SctpPair pair = SctpPair.up();
    int[] channels =
        IntStream.range(0, 100)
            .map(i -> pair.client.open(ChannelParameters.reliable("c" + i)))
            .toArray();
    pair.settle();
    for (int channel : channels) {
      pair.client.association.close(channel, pair.now);
    }
    pair.settle();
    assertEquals(
        100, pair.client.events.stream().filter(SctpEvent.Closed.class::isInstance).count());
    assertEquals(
        100, pair.server.events.stream().filter(SctpEvent.Closed.class::isInstance).count());
  }
}
