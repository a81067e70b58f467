package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.rtp.DependencyDescriptor;
import dev.parley.protocol.rtp.FrameFacts;
import dev.parley.protocol.rtp.MediaCodec;
import dev.parley.protocol.rtp.Vp8Descriptor;
import dev.parley.protocol.rtp.Vp9Descriptor;
import dev.parley.wire.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a receiver makes of the packets of one outgoing stream: whether each frame could be
/// decoded, and whether numbers go on as its depacketizer needs it.
final class LayeredDecoder {
  /// A frame that arrived whole.
  record Frame(
      int id, long first, long last, int timestamp, boolean key, List<Integer> references) {
    int encoder() {
      return id >>> 24;
    }

    int spatial() {
      return id & 3;
    }
  }

  private final TreeMap<Long, WirePacket> packets = new TreeMap<>();
  private final Set<Integer> damaged = new HashSet<>();
  private final Set<Integer> delayed = new HashSet<>();

  void receive(WirePacket packet) {
    if (packet.payload().length == 0) {
      return;
    }
    assertEquals(null, packets.put(packet.sequence(), packet), "a number is given once");
  }

  /// Packets of this frame never reached the server.
  void damage(byte[] packet, int codec) {
    damaged.add(id(payloadOf(packet), codec));
  }

  /// Packets of this frame reach the server late: those that come behind a switch are the
  /// receiver's to ask for.
  void delay(byte[] packet, int codec) {
    delayed.add(id(payloadOf(packet), codec));
  }

  private static byte[] payloadOf(byte[] packet) {
    int header = dev.parley.protocol.rtp.RtpPacket.headerLength(packet, 0, packet.length);
    return java.util.Arrays.copyOfRange(packet, header, packet.length);
  }

  private static int content(byte[] payload, int codec) {
    return switch (codec) {
      case LayeredEncoder.VP8 -> Vp8Descriptor.length(payload, 0, payload.length) + 10;
      case LayeredEncoder.VP9 -> Vp9Descriptor.length(payload, 0, payload.length);
      default -> 1;
    };
  }

  private static int id(byte[] payload, int codec) {
    return Octets.u32(payload, content(payload, codec));
  }

  /// The frames that arrived whole, in the order of their first packet.
  List<Frame> frames() {
    Map<Long, List<WirePacket>> parts = new java.util.LinkedHashMap<>();
    for (WirePacket packet : packets.values()) {
      // A fast start may send a picture once more, as another one.
      long key =
          (long) id(packet.payload(), packet.type()) << 32 | packet.timestamp() & 0xffffffffL;
      parts.computeIfAbsent(key, _ -> new ArrayList<>()).add(packet);
    }
    List<Frame> frames = new ArrayList<>();
    parts.forEach(
        (key, of) -> {
          int id = (int) (key >> 32);
          byte[] payload = of.getFirst().payload();
          int at = content(payload, of.getFirst().type());
          if (payload[at + 5] == of.size()) {
            List<Integer> references = new ArrayList<>();
            for (int i = 0; i < payload[at + 7]; i++) {
              references.add(Octets.u32(payload, at + 8 + 4 * i));
            }
            frames.add(
                new Frame(
                    id,
                    of.getFirst().sequence(),
                    of.getLast().sequence(),
                    of.getFirst().timestamp(),
                    payload[at + 6] == 1,
                    references));
          }
        });
    return frames;
  }

  /// Every whole frame finds what it refers to, unless that was lost on the way to the server.
  void assertNothingIsMissing() {
    Set<Integer> decoded = new HashSet<>();
    Set<Integer> lost = new HashSet<>(damaged);
    for (Frame frame : frames()) {
      if (frame.references().stream()
          .anyMatch(
              each -> lost.contains(each) || !decoded.contains(each) && delayed.contains(each))) {
        lost.add(frame.id());
        continue;
      }
      for (int reference : frame.references()) {
        assertTrue(
            decoded.contains(reference),
            () ->
                name(frame.id())
                    + " refers to "
                    + name(reference)
                    + ", which was not sent; before: "
                    + decoded.stream()
                        .sorted()
                        .skip(Math.max(0, decoded.size() - 12))
                        .map(LayeredDecoder::name)
                        .toList());
      }
      decoded.add(frame.id());
    }
  }

  static String name(int id) {
    return (id >>> 24) + ":" + (id >> 2 & 0x3fffff) + "/" + (id & 3);
  }

  /// Where nothing was lost and nothing came late: no gap, times grow, a picture's last packet and
  /// no other is marked.
  void assertWhole() {
    WirePacket before = null;
    for (WirePacket packet : packets.values()) {
      if (before != null) {
        assertEquals(before.sequence() + 1, packet.sequence());
        int step = packet.timestamp() - before.timestamp();
        assertTrue(step >= 0, "time goes back");
        assertEquals(step != 0, before.marker(), "the last packet of a picture is marked");
      }
      before = packet;
    }
  }

  /// VP8's and VP9's picture ids and the running number of base pictures.
  void assertPicturesGoOn(MediaCodec codec) {
    int picture = -1;
    int tl0 = -1;
    int timestamp = 0;
    for (WirePacket packet : packets.values()) {
      byte[] payload = packet.payload();
      boolean vp8 = codec == MediaCodec.VP8;
      int nowPicture =
          vp8 ? Vp8Descriptor.pictureId(payload, 0) : Vp9Descriptor.pictureId(payload, 0);
      int nowTl0 = vp8 ? Vp8Descriptor.tl0PicIdx(payload, 0) : Vp9Descriptor.tl0PicIdx(payload, 0);
      int facts = FrameFacts.of(codec, payload, 0, payload.length);
      if (picture >= 0 && packet.timestamp() != timestamp) {
        int step = nowPicture - picture & 0x7fff;
        assertTrue(vp8 ? step == 1 : step >= 1 && step < 9, "picture id steps " + step);
        boolean base = FrameFacts.temporalLayer(facts) == 0;
        assertEquals(base ? 1 : 0, nowTl0 - tl0 & 0xff, "running number of base pictures");
      }
      picture = nowPicture;
      tl0 = nowTl0;
      timestamp = packet.timestamp();
    }
  }

  /// By dependency descriptors alone: frame numbers grow, and what a frame refers to was there; the
  /// structure that comes is never older than what was seen.
  void assertDescriptorsGoOn() {
    DependencyDescriptor descriptor = new DependencyDescriptor();
    Set<Integer> frames = new HashSet<>();
    int highest = -1;
    for (WirePacket packet : packets.values()) {
      byte[] octets = packet.descriptor();
      assertEquals(DependencyDescriptor.READ, descriptor.read(octets, 0, octets.length));
      int number = descriptor.frameNumber();
      if (highest >= 0 && number != highest) {
        assertTrue((number - highest & 0xffff) < 1 << 15, "frame numbers go back");
      }
      for (int i = 0; i < descriptor.references(); i++) {
        int reference = number - descriptor.difference(i) & 0xffff;
        assertTrue(frames.contains(reference), number + " refers to " + reference);
      }
      assertNotEquals(0, descriptor.activeTargets());
      highest = number;
      frames.add(number);
      if (descriptor.startsFrame()) {
        frames.removeIf(old -> (number - old & 0xffff) > 1000);
      }
    }
  }

  int size() {
    return packets.size();
  }

  /// How many frames of each encoder, spatial and temporal layer arrived.
  Map<Integer, Integer> count() {
    Map<Integer, Integer> counts = new HashMap<>();
    frames()
        .forEach(frame -> counts.merge(frame.encoder() << 2 | frame.spatial(), 1, Integer::sum));
    return counts;
  }
}
