package dev.parley.engine.sfu;

import dev.parley.engine.peer.PacketChange;
import dev.parley.protocol.rtp.DependencyDescriptorWriter;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.Vp8Descriptor;
import dev.parley.protocol.rtp.Vp9Descriptor;
import java.util.Arrays;

/// A forwarded packet as a receiver gets it.
///
/// @param descriptor its dependency descriptor, or null
record WirePacket(
    long sequence, int timestamp, boolean marker, byte[] descriptor, byte[] payload, int type) {
  /// The id that tests give to dependency descriptors.
  static final int DESCRIPTOR = 3;

  static WirePacket of(
      byte[] packet,
      int at,
      int header,
      int length,
      long sequence,
      int timestamp,
      PacketChange change) {
    byte[] payload = Arrays.copyOfRange(packet, at + header, at + header + length);
    int type = RtpPacket.payloadType(packet, at);
    if (length == 0) {
      return new WirePacket(sequence, timestamp, false, null, payload, type);
    }
    if (change.pictureId() != PacketChange.NONE && type == LayeredEncoder.VP8) {
      Vp8Descriptor.putPictureId(payload, 0, change.pictureId());
    } else if (change.pictureId() != PacketChange.NONE) {
      Vp9Descriptor.putPictureId(payload, 0, change.pictureId());
    }
    if (change.tl0PicIdx() != PacketChange.NONE && type == LayeredEncoder.VP8) {
      Vp8Descriptor.putTl0PicIdx(payload, 0, change.tl0PicIdx());
    } else if (change.tl0PicIdx() != PacketChange.NONE) {
      Vp9Descriptor.putTl0PicIdx(payload, 0, change.tl0PicIdx());
    }
    boolean marker = RtpPacket.marker(packet, at) || change.last();
    byte[] descriptor = descriptor(packet, at, header, change);
    return new WirePacket(sequence, timestamp, marker, descriptor, payload, type);
  }

  private static byte[] descriptor(byte[] packet, int at, int header, PacketChange change) {
    int value = HeaderExtensions.find(packet, at, header, DESCRIPTOR);
    if (value == HeaderExtensions.NONE) {
      return null;
    }
    DependencyDescriptorWriter writer = new DependencyDescriptorWriter();
    int length =
        writer.write(
            packet,
            value,
            HeaderExtensions.length(packet, at, value),
            change.frameNumber(),
            change.mask(),
            change.targets());
    return Arrays.copyOf(writer.octets(), length);
  }
}
