package dev.parley.engine.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.protocol.rtp.DependencyDescriptorWriter;
import dev.parley.protocol.rtp.HeaderExtensionWriter;
import dev.parley.protocol.rtp.HeaderExtensionWriter.Form;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.rtp.RtpExtension.Treatment;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Section;
import java.util.Arrays;

/// The header extensions of one outgoing stream: what of the publisher's goes on, under which id,
/// and the server's own (RFC 8285). Confined to the peer's loop.
final class ExtensionTranslation {
  private final HeaderExtensionWriter writer;
  private final DependencyDescriptorWriter descriptors;
  private final byte[] ids = new byte[256];
  private Section section;
  private Section source;
  private byte[] mid = {};
  private int midId;
  private int descriptorId;
  private Form form = Form.ONE_BYTE;

  ExtensionTranslation(HeaderExtensionWriter writer, DependencyDescriptorWriter descriptors) {
    this.writer = writer;
    this.descriptors = descriptors;
  }

  /// @param mixed whether both forms may be used (RFC 8285, section 6)
  void section(Section own, boolean mixed) {
    section = own;
    form = mixed ? Form.MIXED : Form.ONE_BYTE;
    mid = own.mid().getBytes(US_ASCII);
    midId = own.extension(RtpExtension.MID.uri(), true);
    translate();
  }

  void from(Section publisher) {
    source = publisher;
    translate();
  }

  private void translate() {
    Arrays.fill(ids, (byte) 0);
    if (source == null) {
      return;
    }
    descriptorId = source.extension(RtpExtension.DEPENDENCY_DESCRIPTOR.uri(), false);
    for (RtpExtension extension : RtpExtension.values()) {
      int from = source.extension(extension.uri(), false);
      if (extension.treatment() == Treatment.FORWARD && from > 0 && from < ids.length) {
        ids[from] = (byte) section.extension(extension.uri(), true);
      }
    }
  }

  /// Writes the block behind a fixed header; hot.
  ///
  /// @param named whether the section's mid is said
  /// @param change of the dependency descriptor, among others
  /// @return octets of the whole header, with its X bit set where it has a block
  int write(
      byte[] packet,
      int at,
      int headerLength,
      byte[] out,
      int outAt,
      boolean named,
      PacketChange change) {
    writer.begin(out, outAt + RtpPacket.FIXED_HEADER, form);
    if (named && midId != 0) {
      writer.put(midId, mid, 0, mid.length);
    }
    int element = HeaderExtensions.first(packet, at, headerLength);
    while (element != HeaderExtensions.NONE) {
      int from = HeaderExtensions.id(packet, at, element);
      int id = ids[from] & 0xff;
      int length = HeaderExtensions.length(packet, at, element);
      if (id != 0 && from == descriptorId && change.descriptor()) {
        describe(id, packet, element, length, change);
      } else if (id != 0) {
        writer.put(id, packet, element, length);
      }
      element = HeaderExtensions.next(packet, at, headerLength, element);
    }
    int block = writer.finish();
    RtpPacket.putExtension(out, outAt, block > 0);
    return RtpPacket.FIXED_HEADER + block;
  }

  private void describe(int id, byte[] packet, int value, int length, PacketChange change) {
    int written =
        descriptors.write(
            packet, value, length, change.frameNumber(), change.mask(), change.targets());
    writer.put(id, descriptors.octets(), 0, written);
  }
}
