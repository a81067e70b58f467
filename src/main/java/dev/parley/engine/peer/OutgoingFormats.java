package dev.parley.engine.peer;

import dev.parley.protocol.rtp.Vp8Descriptor;
import dev.parley.protocol.rtp.Vp9Descriptor;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Section;
import java.util.Arrays;

/// The payload types of the section an outgoing stream is sent in: which one repairs which, and
/// whose pictures are numbered. Confined to the peer's loop.
final class OutgoingFormats {
  private static final byte NONE = -1;
  private static final byte OTHER = 0;
  private static final byte VP8 = 1;
  private static final byte VP9 = 2;

  private final byte[] kinds = new byte[128];
  private final byte[] repairs = new byte[128];
  private Section section;
  private boolean repairable;

  void section(Section agreed) {
    section = agreed;
    repairable = false;
    Arrays.fill(repairs, NONE);
    Arrays.fill(kinds, OTHER);
    for (Codec codec : agreed.codecs()) {
      int type = codec.payloadType();
      kinds[type] = codec.named("VP8") ? VP8 : codec.named("VP9") ? VP9 : OTHER;
      repairs[type] = (byte) agreed.retransmission(type);
      repairable |= repairs[type] != NONE;
    }
  }

  /// The payload type that a publication's codec has here, or -1.
  int payloadType(Codec published) {
    Codec same = section.same(published);
    if (same == null) {
      return -1;
    }
    // The blocks within a RED packet name payload types themselves (RFC 2198, section 3).
    boolean inside = !same.redundancy() || same.parameters().equals(published.parameters());
    return inside ? same.payloadType() : -1;
  }

  boolean repairable() {
    return repairable;
  }

  /// The payload type of a payload type's retransmissions, or -1; hot.
  int repair(int payloadType) {
    return repairs[payloadType];
  }

  /// Whether pictures of this payload type have numbers; hot.
  boolean numbered(int payloadType) {
    return kinds[payloadType] != OTHER;
  }

  /// Writes the numbers of a picture over those of a payload; hot.
  void number(int payloadType, byte[] octets, int at, int length, PacketChange change) {
    int pictureId = change.pictureId();
    int tl0PicIdx = change.tl0PicIdx();
    if (kinds[payloadType] == VP8 && Vp8Descriptor.length(octets, at, length) > 0) {
      if (pictureId != PacketChange.NONE) {
        Vp8Descriptor.putPictureId(octets, at, pictureId);
      }
      if (tl0PicIdx != PacketChange.NONE) {
        Vp8Descriptor.putTl0PicIdx(octets, at, tl0PicIdx);
      }
    } else if (kinds[payloadType] == VP9 && Vp9Descriptor.length(octets, at, length) > 0) {
      if (pictureId != PacketChange.NONE) {
        Vp9Descriptor.putPictureId(octets, at, pictureId);
      }
      if (tl0PicIdx != PacketChange.NONE) {
        Vp9Descriptor.putTl0PicIdx(octets, at, tl0PicIdx);
      }
    }
  }
}
