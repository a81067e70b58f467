package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// Writes a header extension block element by element (RFC 8285 section 4).
///
/// Confined to its loop and used again for each packet. [#begin], a [#put] per element, [#finish].
/// In [Form#MIXED] the block starts in the one-byte form and is rewritten in place as soon as an
/// element needs the other. The caller's buffer has room for what it puts.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |       0xBE    |    0xDE       |        length in words        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  ID   | L=0   |     data      |  ID   |  L=1  |   data...
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///       ...data   |    0 (pad)    |    0 (pad)    |  ID   | L=3   |
/// ```
public final class HeaderExtensionWriter {
  /// Which form a stream's blocks may take.
  public enum Form {
    /// IDs 1 to 14, values of 1 to 16 octets; others are refused.
    ONE_BYTE,
    /// IDs 1 to 255, values of 0 to 255 octets.
    TWO_BYTE,
    /// The shorter form that holds a block's elements: `a=extmap-allow-mixed` is negotiated.
    MIXED
  }

  /// What [#put] says of an element that the form cannot hold.
  public static final int REFUSED = -1;

  private static final int LONGEST_ONE_BYTE = 16;

  private byte[] octets;
  private int start;
  private int end;
  private int elements;
  private Form form;
  private boolean twoByte;

  /// Starts a block at an index: behind the fixed header and the CSRC of a packet.
  public HeaderExtensionWriter begin(byte[] octets, int at, Form form) {
    this.octets = octets;
    this.start = at + RtpPacket.EXTENSION_HEADER;
    this.end = start;
    this.elements = 0;
    this.form = form;
    this.twoByte = form == Form.TWO_BYTE;
    return this;
  }

  /// Appends an element and says where its value of so many octets goes, for the caller to write
  /// before the next; or [#REFUSED], and nothing has changed. In [Form#MIXED] an index given
  /// earlier is void afterwards.
  public int put(int id, int length) {
    if (id < 1 || id > 255 || length < 0 || length > 255) {
      return REFUSED;
    }
    if (!twoByte && !fitsOneByte(id, length)) {
      if (form == Form.ONE_BYTE) {
        return REFUSED;
      }
      widen();
    }
    int value = head(end, id, length);
    end = value + length;
    elements++;
    return value;
  }

  /// Appends an element and copies its value; false if the form cannot hold it.
  public boolean put(int id, byte[] from, int at, int length) {
    int value = put(id, length);
    if (value == REFUSED) {
      return false;
    }
    System.arraycopy(from, at, octets, value, length);
    return true;
  }

  /// Pads the block to full words and writes what stands in front of it. Octets of the whole block,
  /// or 0 if it has no element: then there is no block, and the packet's X bit stays clear.
  public int finish() {
    if (elements == 0) {
      return 0;
    }
    while ((end - start & 3) != 0) {
      octets[end++] = 0;
    }
    int profile = twoByte ? HeaderExtensions.TWO_BYTE : HeaderExtensions.ONE_BYTE;
    Octets.put16(octets, start - RtpPacket.EXTENSION_HEADER, profile);
    Octets.put16(octets, start - 2, end - start >> 2);
    return end - start + RtpPacket.EXTENSION_HEADER;
  }

  /// Whether the one-byte form holds such an element.
  public static boolean fitsOneByte(int id, int length) {
    return id >= 1 && id <= 14 && length >= 1 && length <= LONGEST_ONE_BYTE;
  }

  private int head(int at, int id, int length) {
    if (twoByte) {
      Octets.put8(octets, at, id);
      Octets.put8(octets, at + 1, length);
      return at + 2;
    }
    Octets.put8(octets, at, id << 4 | length - 1);
    return at + 1;
  }

  /// Each element grows by one octet: all move up by as many as there are, then each moves back to
  /// its place, the first first, so that none overwrites another.
  private void widen() {
    System.arraycopy(octets, start, octets, start + elements, end - start);
    twoByte = true;
    int from = start + elements;
    int to = start;
    for (int i = 0; i < elements; i++) {
      int id = Octets.u8(octets, from) >> 4;
      int length = (octets[from] & 0x0f) + 1;
      int value = head(to, id, length);
      System.arraycopy(octets, from + 1, octets, value, length);
      from += 1 + length;
      to = value + length;
    }
    end = to;
  }
}
