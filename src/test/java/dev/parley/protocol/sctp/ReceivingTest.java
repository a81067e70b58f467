package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceivingTest {
  private static final int B = DataChunk.BEGIN;
  private static final int E = DataChunk.END;
  private static final int U = DataChunk.UNORDERED;

  // An association with the peer's channel 0, all acknowledged.
  private static RawPeer open() {
    RawPeer peer = RawPeer.up();
    peer.begin().opening(1, 0).send();
    peer.begin().sack(1, 100_000).send();
    peer.pass(150 * RawPeer.MS);
    peer.take();
    return peer;
  }

  private static byte[] part(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aChannelIsAcknowledgedWithTheSack() {
    RawPeer peer = RawPeer.up();
    peer.begin().opening(1, 0).send();
    assertEquals(
        List.of(List.of("SACK 1", "DATA BE 1 stream 0 ssn 0 ppid 50 length 1")), peer.take());
  }

  @Test
  void everySecondPacketIsAcknowledgedAtOnceAndASingleOneLater() {
    RawPeer peer = open();
    peer.begin().text(2, 0, 1, "a").send();
    assertEquals(List.of(), peer.take());
    peer.begin().text(3, 0, 2, "b").send();
    assertEquals(List.of(List.of("SACK 3")), peer.take());
    peer.begin().text(4, 0, 3, "c").send();
    peer.pass(99 * RawPeer.MS);
    assertEquals(List.of(), peer.take());
    peer.pass(2 * RawPeer.MS);
    assertEquals(List.of(List.of("SACK 4")), peer.take());
    assertEquals(List.of("a", "b", "c"), peer.texts());
  }

  @Test
  void whatIsToBeAcknowledgedAtOnceIs() {
    RawPeer peer = open();
    peer.begin().data(2, B | E | DataChunk.IMMEDIATE, 0, 1, 51, part("a")).send();
    assertEquals(List.of(List.of("SACK 2")), peer.take());
  }

  @Test
  void gapsAndDuplicatesAreReportedAtOnce() {
    RawPeer peer = open();
    peer.begin().text(3, 0, 2, "b").send();
    assertEquals(List.of(List.of("SACK 1 gap 2-2")), peer.take());
    peer.begin().text(5, 0, 4, "d").text(6, 0, 5, "e").send();
    assertEquals(List.of(List.of("SACK 1 gap 2-2 gap 4-5")), peer.take());
    peer.begin().text(3, 0, 2, "b").text(1, 0, 0, "old").send();
    assertEquals(List.of(List.of("SACK 1 gap 2-2 gap 4-5 twice 3 twice 1")), peer.take());
    assertEquals(List.of(), peer.texts());
    peer.begin().text(2, 0, 1, "a").send();
    assertEquals(List.of(List.of("SACK 3 gap 2-3")), peer.take());
    peer.begin().text(4, 0, 3, "c").send();
    assertEquals(List.of(List.of("SACK 6")), peer.take());
    assertEquals(List.of("a", "b", "c", "d", "e"), peer.texts());
    assertEquals(0, peer.association.incoming());
  }

  @Test
  void aLossOnOneStreamDoesNotHoldUpAnother() {
    RawPeer peer = open();
    peer.begin().opening(2, 2).send();
    peer.begin().text(5, 2, 2, "second").send();
    peer.begin().text(4, 2, 1, "first").send();
    assertEquals(List.of("first", "second"), peer.texts());
    peer.begin().text(3, 0, 1, "late").send();
    assertEquals(List.of("first", "second", "late"), peer.texts());
  }

  @Test
  void whatIsUnorderedIsToldAsSoonAsItIsWhole() {
    RawPeer peer = open();
    peer.begin().data(5, U | E, 0, 0, 51, part("lo")).send();
    peer.begin().data(3, U | B, 0, 0, 51, part("he")).send();
    assertEquals(List.of(), peer.texts());
    peer.begin().data(4, U, 0, 0, 51, part("l")).send();
    assertEquals(List.of("hello"), peer.texts());
    peer.begin().text(2, 0, 1, "first").send();
    assertEquals(List.of("hello", "first"), peer.texts());
    assertEquals(0, peer.association.incoming());
  }

  @Test
  void neighbouringMessagesAreNotMixed() {
    RawPeer peer = open();
    peer.begin().data(4, E, 0, 1, 51, part("2")).data(5, B, 0, 2, 51, part("3")).send();
    peer.begin().data(6, E, 0, 2, 51, part("4")).send();
    peer.begin().data(3, 0, 0, 1, 51, part("1")).send();
    peer.begin().data(2, B, 0, 1, 51, part("0")).send();
    assertEquals(List.of("012", "34"), peer.texts());
  }

  @Test
  void sequenceNumbersWrap() {
    RawPeer peer = new RawPeer();
    peer.mine = -2;
    peer.handshake(100_000, true, true);
    peer.begin().opening(1, 0).send();
    for (int i = 1; i <= 70_000; i++) {
      int ssn = i & 0xffff;
      // Every second pair comes in the wrong order.
      int other = i % 4 == 1 ? i + 1 : i % 4 == 2 ? i - 1 : i;
      peer.begin().text(other + 1, 0, other & 0xffff, "" + other).send();
      assertTrue(ssn >= 0);
      peer.packets.clear();
    }
    assertEquals(70_000, peer.messages.size());
    for (int i = 1; i <= 70_000; i++) {
      assertEquals("" + i, peer.messages.get(i - 1).text());
    }
  }

  @Test
  void whatThePeerHasGivenUpIsSkipped() {
    RawPeer peer = open();
    peer.begin().data(2, B, 0, 1, 51, part("half")).send();
    peer.begin().text(5, 0, 3, "after").send();
    peer.take();
    peer.begin().forward(4, 0, 2).send();
    assertEquals(List.of(List.of("SACK 5")), peer.take());
    assertEquals(List.of("after"), peer.texts());
    assertEquals(0, peer.association.incoming());
  }

  @Test
  void aMessageThatCameWholeBeforeItWasGivenUpIsTold() {
    RawPeer peer = open();
    peer.begin().text(3, 0, 2, "b").send();
    peer.begin().forward(3, 0, 2).send();
    assertEquals(List.of("b"), peer.texts());
    peer.begin().text(4, 0, 3, "c").send();
    assertEquals(List.of("b", "c"), peer.texts());
  }

  @Test
  void aJumpFarAheadIsNoWork() {
    RawPeer peer = open();
    peer.begin().text(3, 0, 2, "b").send();
    peer.begin().forward(1_000_000_000, 0, 40_000 & 0x7fff).send();
    peer.take();
    peer.begin().text(1_000_000_001, 0, (40_000 & 0x7fff) + 1, "far").send();
    assertEquals(List.of("b", "far"), peer.texts());
  }

  @Test
  void anOldForwardIsAnsweredAndChangesNothing() {
    RawPeer peer = open();
    peer.begin().forward(-5, 0, 9).send();
    assertEquals(List.of(List.of("SACK 1")), peer.take());
    peer.begin().text(2, 0, 1, "a").send();
    assertEquals(List.of("a"), peer.texts());
  }

  @Test
  void aMessageThatIsTooLargeClosesItsChannelAlone() {
    SctpLimits limits = Limits.message(2048);
    RawPeer peer = RawPeer.up(limits);
    peer.begin().opening(1, 0).send();
    peer.begin().opening(2, 2).send();
    peer.begin().data(3, B, 0, 1, 53, new byte[1200]).send();
    peer.begin().data(4, 0, 0, 1, 53, new byte[1200]).send();
    peer.take();
    peer.begin().data(5, E, 0, 1, 53, new byte[1200]).send();
    peer.begin().text(6, 2, 1, "other").send();
    assertEquals(List.of("other"), peer.texts());
    peer.begin().sack(2, 100_000).response(1, ResetResult.SUCCESS_PERFORMED).reset(1, 6, 0).send();
    assertEquals(new SctpEvent.Closed(0, ChannelEnd.MESSAGE_TOO_LARGE), peer.events.getLast());
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedOutOfOrderToo() {
    RawPeer peer = RawPeer.up(Limits.message(2048));
    peer.begin().opening(1, 0).send();
    peer.begin().data(5, U | E, 0, 0, 53, new byte[1200]).send();
    peer.begin().data(4, U, 0, 0, 53, new byte[1200]).send();
    peer.begin().data(3, U | B, 0, 0, 53, new byte[1200]).send();
    assertEquals(List.of(), peer.messages);
    peer.begin().response(1, ResetResult.SUCCESS_PERFORMED).reset(1, 1, 0).send();
    assertEquals(new SctpEvent.Closed(0, ChannelEnd.MESSAGE_TOO_LARGE), peer.events.getLast());
  }

  @Test
  void whatIsKeptOutOfOrderIsBounded() {
    RawPeer peer = open();
    byte[] octets = new byte[1000];
    for (int i = 3; i < 10_000; i++) {
      peer.begin().data(i, B | E, 0, i - 1, 53, octets).send();
      peer.packets.clear();
    }
    long held = peer.association.incoming();
    assertTrue(held <= SctpLimits.DEFAULT.receiveWindow(), "held " + held);
    assertTrue(held > SctpLimits.DEFAULT.receiveWindow() - 2000, "held " + held);
    peer.begin().data(2, B | E, 0, 1, 53, octets).send();
    assertEquals(0, peer.association.incoming());
    assertEquals(SctpLimits.DEFAULT.receiveWindow() / 1064, peer.messages.size() - 1);
  }

  @Test
  void tinyChunksOutOfOrderAreBoundedByTheirNumber() {
    RawPeer peer = open();
    for (int i = 3; i < 30_000; i += 2) {
      peer.begin().data(i, B | E, 0, i - 1, 53, new byte[1]).send();
      peer.packets.clear();
    }
    assertTrue(peer.association.incoming() <= 4096 * 65, "held " + peer.association.incoming());
  }

  @Test
  void noChunkWithoutUserDataIsTaken() {
    RawPeer peer = open();
    peer.begin().data(2, B | E, 0, 1, 51, new byte[0]).send();
    assertEquals(List.of(List.of("ABORT 9")), peer.take());
    assertEquals(new SctpEvent.Ended(SctpEnd.PROTOCOL_VIOLATION), peer.events.getLast());
  }

  @Test
  void aMessageOnAStreamWithoutAChannelIsAcknowledgedAndDropped() {
    RawPeer peer = open();
    peer.begin().text(2, 8, 0, "lost").text(3, 65_535, 0, "lost").text(4, 0, 1, "a").send();
    peer.pass(150 * RawPeer.MS);
    assertEquals(List.of(List.of("SACK 4")), peer.take());
    assertEquals(List.of("a"), peer.texts());
    assertEquals(2, peer.association.counts().refused());
  }

  @Test
  void aPartWithoutItsBeginningIsDropped() {
    RawPeer peer = open();
    peer.begin().data(2, E, 0, 1, 51, part("end")).text(3, 0, 1, "a").send();
    assertEquals(List.of("a"), peer.texts());
  }

  @Test
  void backPressureShutsTheWindowAndOpensItAgain() {
    RawPeer peer = open();
    peer.association.receiving(false, peer.now);
    peer.association.flush(peer.now);
    assertEquals(0, SackChunk.window(peer.packets.getLast(), PacketReader.HEADER));
    peer.take();
    byte[] octets = new byte[1000];
    for (int i = 2; i < 2000; i++) {
      peer.begin().data(i, B | E, 0, i - 1, 53, octets).send();
      peer.packets.clear();
    }
    assertTrue(peer.messages.size() * 1000 <= SctpLimits.DEFAULT.receiveWindow());
    int come = peer.messages.size();
    peer.association.receiving(true, peer.now);
    peer.association.flush(peer.now);
    assertEquals(
        SctpLimits.DEFAULT.receiveWindow(),
        SackChunk.window(peer.packets.getLast(), PacketReader.HEADER));
    peer.begin().data(come + 2, B | E, 0, come + 1, 53, octets).send();
    assertEquals(come + 1, peer.messages.size());
  }
}
