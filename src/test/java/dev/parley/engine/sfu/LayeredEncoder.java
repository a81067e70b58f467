package dev.parley.engine.sfu;

import dev.parley.engine.peer.RtpSink;
import dev.parley.protocol.rtp.HeaderExtensionWriter;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/// An encoder of one encoding with temporal and, of VP9 and AV1, spatial layers, whose frames say
/// in their payload what they are and what they refer to, so that [LayeredDecoder] can tell whether
/// it could have decoded them.
///
/// Pictures come in eights: layers 0 2 1 2 0 2 1 2, of which the first half may be joined. AV1's
/// come in fours, as its structure has it.
final class LayeredEncoder {
  static final int VP8 = 96;
  static final int VP9 = 98;
  static final int AV1 = 105;

  /// Three spatial and three temporal layers, as Chromium describes them.
  static final byte[] L3T3 =
      HexFormat.of()
          .parseHex(
              "c1017280081485214eafffaaaa863cf0430c10c302afc0aaa0063c00430010c002a000a80006000040001d95"
                  + "4926e082b04a0941b820ac1282503157f974000ca864330e222222eca8655304224230eca8775300"
                  + "77004200ef008601df010d");

  private static final int[] TEMPORAL = {0, 2, 1, 2, 0, 2, 1, 2};
  private static final int[][] BEFORE = {{4}, {1}, {2}, {1, 2}, {4}, {1, 2}, {2, 4}, {1, 2}};
  private static final int[][] TEMPLATES = {{0, 3, 2, 4}, {5, 8, 7, 9}, {10, 13, 12, 14}};
  private static final int[] KEY_TEMPLATES = {1, 6, 11};

  final int codec;
  final int number;
  final RtpSink sink;
  final SplittableRandom random;
  int width;
  int height;
  int spatials = 1;
  boolean temporalLayers = true;
  boolean keyWanted = true;
  boolean sending = true;
  int packetsAFrame = 3;
  int octets = 40;
  private int sequence;
  private int timestamp;
  private int picture;
  private int tl0;
  private int frameNumber;
  private int cycle;
  private int index;
  private long now;
  private final List<byte[]> out = new ArrayList<>();

  LayeredEncoder(int codec, int number, RtpSink sink, SplittableRandom random) {
    this.codec = codec;
    this.number = number;
    this.sink = sink;
    this.random = random;
    sequence = random.nextInt(1 << 16);
    timestamp = random.nextInt();
    picture = random.nextInt(1 << 15);
    tl0 = random.nextInt(256);
    frameNumber = random.nextInt(1 << 16);
  }

  /// The packets of the next picture; none while it does not send.
  List<byte[]> picture() {
    out.clear();
    timestamp += 3_000;
    if (!sending) {
      keyWanted = true;
      return out;
    }
    boolean key = keyWanted;
    keyWanted = false;
    cycle = key ? 0 : cycle + 1 & 7;
    index++;
    picture = picture + 1 & 0x7fff;
    int temporal = temporalLayers ? TEMPORAL[cycle] : 0;
    tl0 = temporal == 0 ? tl0 + 1 & 0xff : tl0;
    boolean intraLayers = codec == VP9 && cycle == 0 && random.nextInt(4) == 0;
    for (int spatial = 0; spatial < spatials; spatial++) {
      frame(key, spatial, temporal, key || intraLayers && spatial > 0);
    }
    return List.copyOf(out);
  }

  /// Names a frame of any encoder.
  private int id(int picturesBefore, int spatial) {
    return number << 24 | (index - picturesBefore) << 2 | spatial;
  }

  private void frame(boolean key, int spatial, int temporal, boolean intra) {
    List<Integer> references = new ArrayList<>();
    if (!intra) {
      int[] before = !temporalLayers ? new int[] {1} : codec == AV1 ? fours() : BEFORE[cycle];
      for (int pictures : before) {
        references.add(id(pictures, spatial));
      }
    }
    if (spatial > 0) {
      references.add(id(0, spatial - 1));
    }
    frameNumber = frameNumber + 1 & 0xffff;
    for (int part = 0; part < packetsAFrame; part++) {
      packet(key, spatial, temporal, intra, references, part);
    }
  }

  private int[] fours() {
    return switch (cycle & 3) {
      case 0 -> new int[] {4};
      case 2 -> new int[] {2};
      default -> new int[] {1};
    };
  }

  private void packet(
      boolean key, int spatial, int temporal, boolean intra, List<Integer> references, int part) {
    boolean last = part == packetsAFrame - 1;
    byte[] packet = new byte[1400];
    RtpPacket.putHeader(
        packet, 0, last && spatial == spatials - 1, codec, sequence++ & 0xffff, timestamp, 1);
    int at = RtpPacket.FIXED_HEADER;
    if (codec == AV1) {
      HeaderExtensionWriter writer = new HeaderExtensionWriter();
      writer.begin(packet, at, HeaderExtensionWriter.Form.MIXED);
      byte[] value = descriptor(key, spatial, part == 0, last);
      writer.put(WirePacket.DESCRIPTOR, value, 0, value.length);
      at += writer.finish();
      RtpPacket.putExtension(packet, 0, true);
    }
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(header(key, spatial, temporal, intra, part == 0, last));
    payload.writeBytes(content(id(0, spatial), key && spatial == 0, references, part));
    payload.writeBytes(new byte[octets]);
    System.arraycopy(payload.toByteArray(), 0, packet, at, payload.size());
    out.add(Arrays.copyOf(packet, at + payload.size()));
  }

  private byte[] descriptor(boolean key, int spatial, boolean first, boolean last) {
    int template = (key ? KEY_TEMPLATES[spatial] : TEMPLATES[spatial][cycle & 3]);
    byte[] value = key && spatial == 0 && first ? L3T3.clone() : new byte[3];
    value[0] = (byte) ((first ? 0x80 : 0) | (last ? 0x40 : 0) | template);
    Octets.put16(value, 1, frameNumber);
    return value;
  }

  private byte[] header(
      boolean key, int spatial, int temporal, boolean intra, boolean first, boolean last) {
    boolean join = cycle < 3;
    return switch (codec) {
      case VP8 ->
          new byte[] {
            (byte) (0x80 | (first ? 0x10 : 0)),
            (byte) (temporalLayers ? 0xe0 : 0xc0),
            (byte) (0x80 | picture >> 8),
            (byte) picture,
            (byte) tl0,
            (byte) (temporal << 6 | (join && temporal > 0 ? 0x20 : 0)),
            (byte) (key ? 0 : 1),
            0,
            0,
            (byte) 0x9d,
            1,
            0x2a,
            (byte) width,
            (byte) (width >> 8),
            (byte) height,
            (byte) (height >> 8)
          };
      case VP9 ->
          new byte[] {
            (byte) (0xa0 | (intra ? 0 : 0x40) | (first ? 8 : 0) | (last ? 4 : 0)),
            (byte) (0x80 | picture >> 8),
            (byte) picture,
            (byte) (temporal << 5 | (cycle == 0 ? 0x10 : 0) | spatial << 1 | (spatial > 0 ? 1 : 0)),
            (byte) tl0
          };
      default -> new byte[] {(byte) (key && spatial == 0 && first ? 0x18 : 0x10)};
    };
  }

  private byte[] content(int id, boolean key, List<Integer> references, int part) {
    byte[] content = new byte[8 + 4 * references.size()];
    Octets.put32(content, 0, id);
    content[4] = (byte) part;
    content[5] = (byte) packetsAFrame;
    content[6] = (byte) (key ? 1 : 0);
    content[7] = (byte) references.size();
    for (int i = 0; i < references.size(); i++) {
      Octets.put32(content, 8 + 4 * i, references.get(i));
    }
    return content;
  }

  /// A packet arrives at the server.
  void arrive(byte[] packet, long at) {
    now = at;
    System.arraycopy(packet, 0, sink.octets(), sink.at(), packet.length);
    sink.received(packet.length, false, now);
  }
}
