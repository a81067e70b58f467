package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssociationTest {
  private static final ChannelParameters CHAT = ChannelParameters.reliable("chat");

  @Test
  void fourPacketsMakeAnAssociation() {
    SctpPair pair = SctpPair.up();
    assertEquals(4, pair.packets);
    assertEquals(List.of(new SctpEvent.Up()), pair.client.events);
    assertEquals(List.of(new SctpEvent.Up()), pair.server.events);
  }

  @Test
  void bothMayBeginAtOnce() {
    SctpPair pair = new SctpPair(SctpPair.Conditions.GOOD, 1);
    pair.client.association.connect(pair.now);
    pair.server.association.connect(pair.now);
    pair.until(() -> pair.client.up() && pair.server.up());
    pair.settle();
    int channel = pair.client.open(CHAT);
    pair.client.text(channel, "hello");
    pair.until(() -> !pair.server.messages.isEmpty());
    assertEquals(1, pair.client.events.stream().filter(SctpEvent.Up.class::isInstance).count());
    assertEquals(List.of("hello"), pair.server.texts());
  }

  @Test
  void aChannelIsToldWithAllThatWasSaidOfIt() {
    SctpPair pair = SctpPair.up();
    ChannelParameters parameters = new ChannelParameters("läbel", "proto", false, 3, -1, 512);
    int channel = pair.client.open(parameters);
    pair.until(() -> pair.client.told(new SctpEvent.Acknowledged(channel)));
    assertEquals(0, channel);
    assertTrue(pair.server.told(new SctpEvent.Opened(0, parameters)));
    assertEquals(1, pair.server.open(CHAT), "the DTLS server's streams are odd");
  }

  @Test
  void whatIsSentBeforeTheAssociationIsUpArrives() {
    SctpPair pair = new SctpPair(SctpPair.Conditions.GOOD, 1);
    int channel = pair.client.open(CHAT);
    pair.client.text(channel, "early");
    pair.client.association.connect(pair.now);
    pair.until(() -> !pair.server.messages.isEmpty());
    assertEquals(List.of("early"), pair.server.texts());
  }

  @Test
  void emptyMessagesAreMessages() {
    SctpPair pair = SctpPair.up();
    int channel = pair.client.open(CHAT);
    pair.client.text(channel, "");
    pair.client.send(channel, new byte[0]);
    pair.until(() -> pair.server.messages.size() == 2);
    assertEquals(false, pair.server.messages.get(0).binary());
    assertEquals(true, pair.server.messages.get(1).binary());
    assertEquals(0, pair.server.messages.get(1).octets().length);
  }

  @Test
  void aLargeMessageArrivesWhole() {
    SctpPair pair = SctpPair.up();
    byte[] large = new byte[262_144];
    new Random(1).nextBytes(large);
    pair.client.send(pair.client.open(CHAT), large);
    pair.until(() -> !pair.server.messages.isEmpty());
    assertArrayEquals(large, pair.server.messages.getFirst().octets());
    pair.settle();
    assertEquals(0, pair.client.association.held());
    assertEquals(0, pair.server.association.incoming());
  }

  @Test
  void everythingArrivesInOrderOverABadNetwork() {
    SctpPair.Conditions bad = new SctpPair.Conditions(0.2, 0.1, 20 * SctpPair.MS, 30 * SctpPair.MS);
    SctpPair pair = SctpPair.up(bad, SctpLimits.DEFAULT, 7);
    int channel = pair.client.open(CHAT);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      sent.add(i + "x".repeat(i * 7));
      assertEquals(SendVerdict.QUEUED, pair.client.text(channel, sent.getLast()));
    }
    pair.until(() -> pair.server.messages.size() == 500);
    assertEquals(sent, pair.server.texts());
    pair.until(() -> pair.client.association.held() == 0);
  }

  @Test
  void aClosedChannelIsClosedAtBothEndsAndItsNumberIsFree() throws ChannelRefused {
    SctpPair pair = SctpPair.up();
    int channel = pair.client.open(CHAT);
    pair.client.text(channel, "last");
    pair.client.association.close(channel, pair.now);
    assertEquals(SendVerdict.NO_CHANNEL, pair.client.text(channel, "late"));
    pair.settle();
    assertEquals(List.of("last"), pair.server.texts());
    assertTrue(pair.client.told(new SctpEvent.Closed(channel, ChannelEnd.CLOSED_HERE)));
    assertTrue(pair.server.told(new SctpEvent.Closed(channel, ChannelEnd.CLOSED_BY_PEER)));
    assertEquals(channel + 2, pair.client.open(CHAT), "others have their turn first");
    pair.client.association.agreed(channel, CHAT);
    pair.server.association.agreed(channel, CHAT);
    pair.client.text(channel, "again");
    pair.settle();
    assertEquals(List.of("last", "again"), pair.server.texts());
  }

  @Test
  void aShutdownWaitsForWhatIsUnderWay() {
    SctpPair pair = SctpPair.up();
    int channel = pair.client.open(CHAT);
    pair.client.send(channel, new byte[100_000]);
    pair.client.association.shutdown(pair.now);
    pair.settle();
    assertEquals(1, pair.server.messages.size());
    assertEquals(new SctpEvent.Ended(SctpEnd.SHUT_DOWN), pair.client.events.getLast());
    assertEquals(new SctpEvent.Ended(SctpEnd.SHUT_DOWN), pair.server.events.getLast());
    assertEquals(SctpAssociation.NEVER, pair.client.association.deadline());
    assertEquals(SctpAssociation.NEVER, pair.server.association.deadline());
  }

  @Test
  void anEndThatDoesNotComeIsForced() {
    RawPeer peer = RawPeer.up();
    peer.association.shutdown(peer.now);
    for (int i = 0; i < 59; i++) {
      peer.pass(1000 * RawPeer.MS);
      peer.begin().sack(0, 0).send();
    }
    assertEquals(SctpAssociation.State.SHUTDOWN_SENT, peer.association.state());
    peer.pass(2000 * RawPeer.MS);
    assertEquals(new SctpEvent.Ended(SctpEnd.SHUT_DOWN), peer.events.getLast());
    assertEquals(List.of("ABORT 12"), peer.take().getLast());
  }

  @Test
  void messagesFromInsideAnEffectGoOutToo() {
    SctpPair pair = SctpPair.up();
    int channel = pair.client.open(CHAT);
    pair.server.reaction =
        message -> {
          pair.server.text(message.channel(), "re: " + message.text());
          pair.server.association.flush(pair.now);
        };
    pair.client.text(channel, "a");
    pair.settle();
    assertEquals(List.of("re: a"), pair.client.texts());
  }

  @Test
  void anAbortFromInsideAnEffectEndsIt() {
    SctpPair pair = SctpPair.up();
    int channel = pair.client.open(CHAT);
    pair.server.reaction = message -> pair.server.association.abort();
    for (int i = 0; i < 10; i++) {
      pair.client.text(channel, "m" + i);
    }
    pair.settle();
    assertEquals(List.of("m0"), pair.server.texts());
    assertEquals(new SctpEvent.Ended(SctpEnd.ABORTED_HERE), pair.server.events.getLast());
    assertEquals(new SctpEvent.Ended(SctpEnd.ABORTED_BY_PEER), pair.client.events.getLast());
  }

  @Test
  void manyMegabytesGoBothWaysAtOnce() {
    SctpPair.Conditions network =
        new SctpPair.Conditions(0.002, 0, 10 * SctpPair.MS, 2 * SctpPair.MS);
    SctpPair pair = SctpPair.up(network, SctpLimits.DEFAULT, 3);
    int channel = pair.client.open(CHAT);
    pair.until(() -> pair.server.told(new SctpEvent.Opened(channel, CHAT)));
    Random random = new Random(1);
    List<byte[]> sent = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      byte[] octets = new byte[100_000];
      random.nextBytes(octets);
      sent.add(octets);
      assertEquals(SendVerdict.QUEUED, pair.client.send(channel, octets));
      assertEquals(SendVerdict.QUEUED, pair.server.send(channel, octets));
      pair.until(
          () ->
              pair.client.association.held() < 3_000_000
                  && pair.server.association.held() < 3_000_000);
    }
    pair.until(() -> pair.client.messages.size() == 80 && pair.server.messages.size() == 80);
    for (int i = 0; i < 80; i++) {
      assertArrayEquals(sent.get(i), pair.server.messages.get(i).octets());
      assertArrayEquals(sent.get(i), pair.client.messages.get(i).octets());
    }
  }

  @Test
  void anAbortIsTold() {
    SctpPair pair = SctpPair.up();
    int channel = pair.client.open(CHAT);
    pair.settle();
    pair.client.association.abort();
    pair.settle();
    assertEquals(
        List.of(
            new SctpEvent.Closed(channel, ChannelEnd.ASSOCIATION_ENDED),
            new SctpEvent.Ended(SctpEnd.ABORTED_BY_PEER)),
        pair.server.events.subList(pair.server.events.size() - 2, pair.server.events.size()));
  }

  @Test
  void aSilentPeerIsGivenUp() {
    SctpPair pair = SctpPair.up();
    pair.lost = packet -> true;
    pair.pass(200_000 * SctpPair.MS);
    assertEquals(new SctpEvent.Ended(SctpEnd.SILENCE), pair.client.events.getLast());
    assertEquals(new SctpEvent.Ended(SctpEnd.SILENCE), pair.server.events.getLast());
  }
}
