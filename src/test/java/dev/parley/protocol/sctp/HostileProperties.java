package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.Octets;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Whatever a peer says, its association holds no more than it may, and throws nothing.
class HostileProperties {
  private static final int[] CODES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 64, 130, 132, 192};

  private final PacketWriter writer = new PacketWriter();

  private static void bounded(RawPeer peer) {
    SctpLimits limits = SctpLimits.DEFAULT;
    long most = limits.receiveWindow() + limits.message();
    assertTrue(peer.association.incoming() <= most, "incoming " + peer.association.incoming());
    assertTrue(peer.association.held() <= limits.sendBuffer(), "held " + peer.association.held());
    long packets = peer.packets.size();
    assertTrue(packets < 40, packets + " packets for one");
    peer.packets.clear();
  }

  @Property(tries = 3000)
  void hostileOctetsAreRefusedOrTold(@ForAll @Size(max = 200) byte[] hostile) {
    SctpRefusal refusal = PacketReader.check(hostile, 0, hostile.length);
    RawPeer peer = RawPeer.up();
    peer.association.receive(hostile, 0, hostile.length, 0);
    assertTrue(refusal != null && peer.packets.isEmpty());
    assertEquals(1, peer.association.counts().refused());
  }

  @Property(tries = 2000)
  void hostileChunksDoNoHarm(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int packets) {
    SplittableRandom random = new SplittableRandom(seed);
    RawPeer peer = random.nextBoolean() ? RawPeer.up() : new RawPeer();
    for (int i = 0; i < packets; i++) {
      peer.begin(random.nextInt(4) == 0 ? 0 : peer.tag);
      int chunks = 1 + random.nextInt(4);
      for (int j = 0; j < chunks; j++) {
        hostile(peer, random);
      }
      peer.send();
      bounded(peer);
      peer.pass(random.nextInt(500) * RawPeer.MS);
      peer.packets.clear();
    }
  }

  // Known types with lengths, flags and fields that are almost right.
  private static void hostile(RawPeer peer, SplittableRandom random) {
    int code = CODES[random.nextInt(CODES.length)];
    ChunkType type = ChunkType.of(code);
    byte[] body = new byte[random.nextInt(80)];
    random.nextBytes(body);
    if (random.nextInt(3) > 0) {
      near(body, random, peer, type);
    }
    peer.chunk(type == null ? ChunkType.PAD : type, random.nextInt(16), body);
  }

  private static void near(byte[] body, SplittableRandom random, RawPeer peer, ChunkType type) {
    boolean theirs = type == ChunkType.SACK || type == ChunkType.SHUTDOWN;
    for (int at = 0; at + 4 <= body.length; at += 4) {
      int small = random.nextInt(12);
      Octets.put16(body, at, random.nextInt(30));
      Octets.put16(body, at + 2, small);
      if (at == 0 && type != ChunkType.RE_CONFIG) {
        Octets.put32(body, 0, (theirs ? peer.theirs : peer.mine) + small - 2);
      } else if (random.nextBoolean()) {
        Octets.put32(body, at, peer.mine + small - 2);
      }
    }
  }

  @Property(tries = 400)
  void aDamagedConversationDoesNoHarm(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int every) {
    SplittableRandom random = new SplittableRandom(seed);
    SctpPair.Conditions network =
        new SctpPair.Conditions(0.05, 0.05, 10 * SctpPair.MS, 30 * SctpPair.MS);
    SctpPair pair = new SctpPair(network, seed);
    pair.lost =
        packet -> {
          if (random.nextInt(every) == 0) {
            damage(packet.octets(), random);
          }
          return false;
        };
    pair.client.association.connect(pair.now);
    talk(pair, random);
    for (TestEnd end : new TestEnd[] {pair.client, pair.server}) {
      assertTrue(end.association.incoming() <= SctpLimits.DEFAULT.receiveWindow() + 262_144);
    }
  }

  private void damage(byte[] packet, SplittableRandom random) {
    int hits = 1 + random.nextInt(3);
    for (int i = 0; i < hits; i++) {
      int at = PacketReader.HEADER + random.nextInt(packet.length - PacketReader.HEADER);
      packet[at] = (byte) random.nextInt(256);
    }
    Octets.put32(packet, PacketReader.CHECKSUM, 0);
    PacketWriter same = writer.begin(0, 0, 0, packet.length);
    int body = same.chunk(ChunkType.PAD, 0, packet.length - 16);
    System.arraycopy(packet, 0, same.octets(), 0, packet.length);
    assertEquals(16, body);
    same.finish();
    System.arraycopy(same.octets(), 0, packet, 0, packet.length);
  }

  private static void talk(SctpPair pair, SplittableRandom random) {
    for (int i = 0; i < 30; i++) {
      TestEnd end = random.nextBoolean() ? pair.client : pair.server;
      try {
        boolean lossy = random.nextBoolean();
        int channel =
            end.association.open(
                lossy ? ChannelParameters.lossy("l", 1) : ChannelParameters.reliable("r"),
                pair.now);
        end.send(channel, new byte[random.nextInt(5000)]);
        if (random.nextBoolean()) {
          end.association.close(channel, pair.now);
        }
      } catch (ChannelRefused refused) {
        assertEquals(ChannelRefused.Reason.ENDED, refused.reason());
      }
      pair.pass(random.nextInt(200) * SctpPair.MS);
    }
  }

  @Property(tries = 2000)
  void aHostileOpeningIsRefusedOrTold(
      @ForAll @Size(max = 60) byte[] hostile, @ForAll @IntRange(max = 6) int type) {
    byte[] message = Arrays.copyOf(hostile, Math.max(hostile.length, 1));
    message[0] = (byte) type;
    RawPeer peer = RawPeer.up();
    peer.begin().data(1, 3, 4, 0, 50, message).send();
    boolean told = peer.events.stream().anyMatch(SctpEvent.Opened.class::isInstance);
    assertEquals(Dcep.open(message, 0, message.length, 4096) != null, told);
    assertTrue(told || peer.association.counts().refused() == 1);
  }
}
