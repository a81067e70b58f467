package dev.parley.engine.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.protocol.rtp.DependencyDescriptorWriter;
import dev.parley.protocol.rtp.ExtensionValues;
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
  private int wideId;
  private int timeId;
  private int sequenceAt;
  private int timeAt;
  private Form form = Form.ONE_BYTE;

  ExtensionTranslation(HeaderExtensionWriter writer, DependencyDescriptorWriter descriptors) {
    this.writer = writer;
    this.descriptors = descriptors;
  }

  /// @param mixed whether both forms may be used (RFC 8285, section 6)
  void section(Section own, boolean mixed) {
    section = own;
    form = mixed ? Form.MIXED : Form.ONE_BYTE;
    sequenceAt = 0;
    timeAt = 0;
    mid = own.mid().getBytes(US_ASCII);
    midId = own.extension(RtpExtension.MID.uri(), true);
    wideId = own(RtpExtension.TRANSPORT_WIDE_CC, ExtensionValues.TRANSPORT_SEQUENCE_LENGTH);
    timeId =
        wideId == 0 ? own(RtpExtension.ABS_SEND_TIME, ExtensionValues.ABS_SEND_TIME_LENGTH) : 0;
    translate();
  }

  /// The id of a value of the server's, or 0 where it cannot be written.
  private int own(RtpExtension extension, int length) {
    int id = section.extension(extension.uri(), true);
    boolean held = form == Form.MIXED || HeaderExtensionWriter.fitsOneByte(id, length);
    return held ? id : 0;
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
    begin(out, outAt, named);
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
    return finish(out, outAt);
  }

  /// Writes a block of what is the server's own; otherwise as the other does.
  int write(byte[] out, int outAt, boolean named) {
    begin(out, outAt, named);
    return finish(out, outAt);
  }

  private void begin(byte[] out, int outAt, boolean named) {
    writer.begin(out, outAt + RtpPacket.FIXED_HEADER, form);
    if (named && midId != 0) {
      writer.put(midId, mid, 0, mid.length);
    }
  }

  /// What is to be stamped comes last: what comes before it may still change the form.
  private int finish(byte[] out, int outAt) {
    if (wideId != 0) {
      sequenceAt = writer.put(wideId, ExtensionValues.TRANSPORT_SEQUENCE_LENGTH) - outAt;
    } else if (timeId != 0) {
      timeAt = writer.put(timeId, ExtensionValues.ABS_SEND_TIME_LENGTH) - outAt;
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

  /// Octets of the last header written before the place of the transport-wide number, or 0 for
  /// none; whoever sends the packet writes it.
  int sequenceAt() {
    return sequenceAt;
  }

  /// Octets of the last header written before the place of the time of sending, or 0 for none.
  int timeAt() {
    return timeAt;
  }
}
