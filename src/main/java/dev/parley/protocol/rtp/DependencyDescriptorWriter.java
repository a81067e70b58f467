package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;
import java.util.Arrays;

/// Writes a dependency descriptor anew for a receiver that gets a part of the decode targets, or
/// another encoding's frames behind those of the one before (RTP Payload Format For AV1, section
/// A.8.3). Confined to its loop.
///
/// Two things change. The frame number, by which receivers know whether what a frame refers to is
/// there: it must go on where it was when the source changes. And the mask of active decode
/// targets: it says that what is left out is not to be waited for.
///
/// ```
/// |S|E|template id| frame number | T A D F C | structure | mask | custom fields |
///                   written over     A = 1               put in or written over
/// ```
public final class DependencyDescriptorWriter {
  /// Nothing is to be written there.
  public static final int NONE = -1;

  /// A longer value does not fit a header extension element.
  private static final int LONGEST = 255;

  private final byte[] out = new byte[LONGEST + 8];
  private final BitReader bits = new BitReader();
  private final DependencyStructure passed = new DependencyStructure();
  private byte[] source;
  private int from;
  private int end;
  private int to;

  /// Writes one into [#octets], from its start.
  ///
  /// @param value index of its first octet
  /// @param frameNumber of which the lowest 16 bits are written, or [#NONE]
  /// @param mask a bit for each active target; not looked at where `targets` is 0
  /// @param targets how many decode targets the stream's structure has, or 0 for no mask
  /// @return octets of it; unchanged but for the frame number where it is not well formed or would
  ///   be too long
  public int write(byte[] packet, int value, int length, int frameNumber, int mask, int targets) {
    System.arraycopy(packet, value, out, 0, length);
    if (length < DependencyDescriptor.MANDATORY) {
      return length;
    }
    if (frameNumber != NONE) {
      Octets.put16(out, 1, frameNumber);
    }
    if (targets == 0) {
      return length;
    }
    return length == DependencyDescriptor.MANDATORY
        ? extended(mask, targets)
        : masked(packet, value, length, mask, targets);
  }

  /// Where [#write] has put it.
  public byte[] octets() {
    return out;
  }

  private int extended(int mask, int targets) {
    Arrays.fill(out, DependencyDescriptor.MANDATORY, DependencyDescriptor.MANDATORY + 5, (byte) 0);
    to = 8 * DependencyDescriptor.MANDATORY;
    put(0b01000, 5);
    put(mask, targets);
    return to + 7 >> 3;
  }

  private int masked(byte[] packet, int value, int length, int mask, int targets) {
    bits.open(packet, value, length);
    bits.bits(24);
    boolean attached = bits.flag();
    boolean told = bits.flag();
    int custom = bits.number(3);
    int count = targets;
    if (attached) {
      if (!passed.read(bits)) {
        return length;
      }
      count = passed.targets();
    }
    int head = bits.since(value);
    int tail = head + (told ? count : 0);
    int size = 8 * length - tail + head + count;
    if (bits.overrun() || tail > 8 * length || size > 8 * LONGEST) {
      return length;
    }
    copy(packet, 8 * value + tail, 8 * (value + length), head);
    out[DependencyDescriptor.MANDATORY] |= 0x40;
    return finish(mask, count, head, custom);
  }

  private void copy(byte[] packet, int fromBit, int endBit, int head) {
    source = packet;
    from = fromBit;
    end = endBit;
    to = head;
  }

  /// Puts the mask in and what stood behind, without the padding there was.
  private int finish(int mask, int count, int head, int custom) {
    int octet = head >> 3;
    out[octet] &= (byte) (0xff00 >> (head & 7));
    Arrays.fill(out, octet + 1, out.length, (byte) 0);
    put(mask, count);
    if (custom != 0) {
      while (from < end) {
        put(source[from >> 3] >> 7 - (from & 7), 1);
        from++;
      }
    }
    source = null;
    return to + 7 >> 3;
  }

  private void put(int number, int count) {
    for (int i = count - 1; i >= 0; i--) {
      out[to >> 3] |= (byte) ((number >> i & 1) << 7 - (to & 7));
      to++;
    }
  }
}
