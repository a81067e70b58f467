package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.Octets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final ChannelParameters CHAT = ChannelParameters.reliable("chat");

  private static void echo(RawPeer peer, byte[] cookie) {
    peer.begin().chunk(ChunkType.COOKIE_ECHO, 0, cookie).send();
  }

  @Test
  void anInitIsAnsweredAndNothingIsKept() {
    RawPeer peer = new RawPeer();
    byte[] first = peer.init(100_000, true, true);
    int tag = peer.tag;
    byte[] second = peer.init(100_000, true, true);
    assertNotEquals(tag, peer.tag);
    assertEquals(first.length, second.length);
    assertEquals(SctpAssociation.State.CLOSED, peer.association.state());
    assertEquals(SctpAssociation.NEVER, peer.association.deadline());
    echo(peer, second);
    assertEquals(List.of(List.of("COOKIE_ACK")), peer.take());
    assertEquals(List.of(new SctpEvent.Up()), peer.events);
  }

  @Test
  void aCookieOfSomebodyElseOpensNothing() {
    RawPeer peer = new RawPeer();
    byte[] cookie = peer.init(100_000, true, true);
    for (int i = 0; i < cookie.length; i++) {
      byte[] forged = cookie.clone();
      forged[i] ^= 1;
      echo(peer, forged);
    }
    echo(peer, Arrays.copyOf(cookie, cookie.length - 1));
    assertEquals(List.of(), peer.take());
    assertEquals(SctpAssociation.State.CLOSED, peer.association.state());
  }

  @Test
  void aCookieOfAnotherAssociationOfTheLoopOpensNothing() {
    StateCookie facts = new StateCookie(1, 2, 3, 4, 5, 6, 7, true, true, 0, 0);
    SctpKit kit = new SctpKit(new Random(1), new byte[32]);
    byte[] cookie = facts.bake(kit, 8);
    assertEquals(StateCookie.LENGTH, cookie.length);
    assertEquals(facts, StateCookie.read(kit, 8, cookie, 0, cookie.length));
    assertEquals(null, StateCookie.read(kit, 9, cookie, 0, cookie.length));
    SctpKit otherKey = new SctpKit(new Random(1), new byte[] {1});
    assertEquals(null, StateCookie.read(otherKey, 8, cookie, 0, cookie.length));
  }

  @Test
  void anOldCookieIsTooOld() {
    RawPeer peer = new RawPeer();
    byte[] cookie = peer.init(100_000, true, true);
    peer.now += 60_001 * RawPeer.MS;
    echo(peer, cookie);
    assertEquals(List.of(List.of("ERROR 3")), peer.take());
    assertEquals(SctpAssociation.State.CLOSED, peer.association.state());
  }

  @Test
  void aCookieThatComesTwiceIsAcknowledgedTwice() {
    RawPeer peer = new RawPeer();
    byte[] cookie = peer.init(100_000, true, true);
    echo(peer, cookie);
    echo(peer, cookie);
    assertEquals(List.of(List.of("COOKIE_ACK"), List.of("COOKIE_ACK")), peer.take());
    assertEquals(List.of(new SctpEvent.Up()), peer.events);
  }

  @Test
  void dataMayComeWithTheCookie() {
    RawPeer peer = new RawPeer();
    byte[] cookie = peer.init(100_000, true, true);
    peer.begin().chunk(ChunkType.COOKIE_ECHO, 0, cookie);
    peer.opening(1, 0).text(2, 0, 1, "early").send();
    assertEquals(List.of("early"), peer.texts());
  }

  @Test
  void aPeerThatBeginsAnewLosesItsChannelsAndGoesOn() {
    RawPeer peer = RawPeer.up();
    peer.begin().opening(1, 0).text(2, 0, 1, "before").send();
    peer.mine = 1000;
    byte[] cookie = anew(peer);
    echo(peer, cookie);
    assertEquals(
        List.of(new SctpEvent.Closed(0, ChannelEnd.RESTARTED), new SctpEvent.Up()),
        peer.events.subList(2, 4));
    peer.begin().opening(1, 0).text(2, 0, 1, "after").send();
    assertEquals(List.of("before", "after"), peer.texts());
    assertEquals(0, peer.association.incoming());
  }

  // An INIT with another tag, while the association is up.
  private static byte[] anew(RawPeer peer) {
    peer.packets.clear();
    peer.begin(0).chunk(ChunkType.INIT, 0, RawPeer.initBody(78, 100_000, peer.mine, true, true));
    peer.send();
    byte[] answer = peer.packets.removeLast();
    InitChunk facts = InitChunk.read(answer, PacketReader.HEADER);
    peer.tag = facts.tag();
    peer.theirs = facts.tsn();
    return Arrays.copyOfRange(answer, facts.cookie(), facts.cookie() + facts.cookieLength());
  }

  @Test
  void anInitAloneDoesNotDisturbAnAssociation() {
    RawPeer peer = RawPeer.up();
    peer.begin().opening(1, 0).send();
    int tag = peer.tag;
    anew(peer);
    peer.tag = tag;
    peer.begin().text(2, 0, 1, "still here").send();
    assertEquals(List.of("still here"), peer.texts());
  }

  @Test
  void anInitWithoutATagOrStreamsIsRefused() {
    RawPeer peer = new RawPeer();
    peer.begin(0).chunk(ChunkType.INIT, 0, RawPeer.initBody(0, 1, 1, true, true)).send();
    byte[] noStreams = RawPeer.initBody(5, 1, 1, true, true);
    Octets.put16(noStreams, 8, 0);
    peer.begin(0).chunk(ChunkType.INIT, 0, noStreams).send();
    assertEquals(List.of(List.of("ABORT 7"), List.of("ABORT 7")), peer.take());
  }

  @Test
  void unknownParametersAreReportedAsTheyWantToBe() {
    RawPeer peer = new RawPeer();
    byte[] body = Arrays.copyOf(RawPeer.initBody(5, 1, 1, true, true), 24 + 24);
    // Skipped in silence, skipped and reported, and one that ends it all and is reported.
    parameter(body, 24, 0x8fff, 0xaa);
    parameter(body, 32, 0xcfff, 0xbb);
    parameter(body, 40, 0x4fff, 0xcc);
    peer.begin(0).chunk(ChunkType.INIT, 0, body).send();
    byte[] answer = peer.packets.removeLast();
    byte[] told = new byte[24];
    wrapped(told, 0, 0xcfff, 0xbb);
    wrapped(told, 12, 0x4fff, 0xcc);
    assertArrayEquals(told, Arrays.copyOfRange(answer, answer.length - 24, answer.length));
  }

  private static void parameter(byte[] octets, int at, int type, int value) {
    Octets.put16(octets, at, type);
    Octets.put16(octets, at + 2, 8);
    Octets.put32(octets, at + 4, value);
  }

  private static void wrapped(byte[] octets, int at, int type, int value) {
    Octets.put16(octets, at, 8);
    Octets.put16(octets, at + 2, 12);
    parameter(octets, at + 4, type, value);
  }

  @Test
  void whatIsLostOfTheHandshakeIsSentAgain() {
    for (int lost = 0; lost < 4; lost++) {
      int which = lost;
      SctpPair pair = new SctpPair(SctpPair.Conditions.GOOD, 1);
      pair.lost = packet -> packet.number() == which + 1;
      pair.client.association.connect(pair.now);
      int channel = pair.client.open(CHAT);
      pair.client.text(channel, "hello");
      pair.until(() -> !pair.server.messages.isEmpty());
      assertTrue(pair.client.up() && pair.server.up());
    }
  }

  @Test
  void whoAnswersNoInitIsGivenUp() {
    SctpPair pair = new SctpPair(SctpPair.Conditions.GOOD, 1);
    pair.lost = packet -> true;
    int channel = pair.client.open(CHAT);
    pair.client.association.connect(pair.now);
    pair.pass(100_000 * SctpPair.MS);
    assertEquals(
        List.of(
            new SctpEvent.Closed(channel, ChannelEnd.ASSOCIATION_ENDED),
            new SctpEvent.Ended(SctpEnd.SILENCE)),
        pair.client.events);
    assertEquals(0, pair.client.association.held());
  }

  @Test
  void aStrangersPacketIsAnsweredWithAnAbortThatReflectsItsTag() {
    RawPeer peer = new RawPeer();
    peer.begin(123).text(1, 0, 0, "who").send();
    byte[] answer = peer.packets.getFirst();
    assertEquals(List.of(List.of("ABORT")), peer.take());
    assertEquals(123, PacketReader.tag(answer, 0));
    assertEquals(1, PacketReader.flags(answer, PacketReader.HEADER));
    peer.begin(123).chunk(ChunkType.ABORT, 1, new byte[0]).send();
    peer.begin(123).chunk(ChunkType.SHUTDOWN_COMPLETE, 1, new byte[0]).send();
    peer.begin(123).chunk(ChunkType.COOKIE_ACK, 0, new byte[0]).send();
    assertEquals(List.of(), peer.take());
    peer.begin(123).chunk(ChunkType.SHUTDOWN_ACK, 0, new byte[0]).send();
    assertEquals(List.of(List.of("SHUTDOWN_COMPLETE")), peer.take());
  }

  @Test
  void anotherTagIsAnotherAssociation() {
    RawPeer peer = RawPeer.up();
    peer.begin(peer.tag + 1).opening(1, 0).send();
    peer.begin(peer.tag + 1).chunk(ChunkType.ABORT, 0, new byte[0]).send();
    peer.begin(RawPeer.TAG + 1).chunk(ChunkType.ABORT, 1, new byte[0]).send();
    assertEquals(List.of(), peer.take());
    assertEquals(SctpAssociation.State.ESTABLISHED, peer.association.state());
    assertEquals(3, peer.association.counts().refused());
    peer.begin(RawPeer.TAG).chunk(ChunkType.ABORT, 1, new byte[0]).send();
    assertEquals(new SctpEvent.Ended(SctpEnd.ABORTED_BY_PEER), peer.events.getLast());
  }

  @Test
  void anUnknownChunkIsSkippedOrNotAsItsTypeSays() {
    RawPeer peer = RawPeer.up();
    peer.begin().opening(1, 0).send();
    peer.take();
    unknown(peer, 0xbf).text(2, 0, 1, "behind one that is skipped").send();
    unknown(peer, 0x3f).text(3, 0, 2, "never").send();
    assertEquals(1, peer.messages.size());
    peer.take();
    unknown(peer, 0xff).text(3, 0, 2, "behind one that is reported").send();
    assertEquals("ERROR 6", peer.take().getFirst().getFirst());
    assertEquals(2, peer.messages.size());
    unknown(peer, 0x7f).text(4, 0, 3, "never").send();
    assertEquals(List.of("ERROR 6"), peer.take().getFirst());
    assertEquals(2, peer.messages.size());
  }

  private static RawPeer unknown(RawPeer peer, int code) {
    return peer.begin().strange(code);
  }

  @Test
  void otherPortsAndWrongChecksumsAreRefused() {
    RawPeer peer = RawPeer.up();
    peer.begin().opening(1, 0).send();
    byte[] packet = peer.packets.getFirst().clone();
    peer.packets.clear();
    packet[9] ^= 1;
    peer.association.receive(packet, 0, packet.length, 0);
    PacketWriter writer = new PacketWriter().begin(5001, 5000, peer.tag, 100);
    writer.chunk(ChunkType.SHUTDOWN_ACK, 0, 0);
    writer.finish();
    peer.association.receive(writer.octets(), 0, writer.length(), 0);
    assertEquals(2, peer.association.counts().refused());
    assertEquals(List.of(), peer.take());
  }

  @Test
  void aSilentPeerIsAskedForASignOfLife() {
    SctpPair pair = SctpPair.up();
    pair.settle();
    long packets = pair.packets;
    pair.pass(24_000 * SctpPair.MS);
    assertEquals(packets, pair.packets);
    pair.pass(100_000 * SctpPair.MS);
    assertTrue(pair.packets - packets >= 8, "asked and answered");
    assertTrue(pair.client.up() && pair.server.up());
    assertEquals(0, pair.client.association.counts().refused());
  }

  @Test
  void aHeartbeatGoesBackAsItCame() {
    RawPeer peer = RawPeer.up();
    byte[] info = {0, 1, 0, 7, 1, 2, 3};
    peer.begin().chunk(ChunkType.HEARTBEAT, 0, info).send();
    byte[] answer = peer.packets.getFirst();
    assertEquals(List.of(List.of("HEARTBEAT_ACK")), peer.take());
    assertArrayEquals(info, Arrays.copyOfRange(answer, 16, 23));
  }

  @Test
  void aHeartbeatNobodySentIsNoAnswer() {
    RawPeer peer = RawPeer.up();
    byte[] info = new byte[20];
    info[1] = 1;
    info[3] = 20;
    peer.begin().chunk(ChunkType.HEARTBEAT_ACK, 0, info).send();
    assertEquals(1, peer.association.counts().refused());
  }
}
