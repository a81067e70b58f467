package dev.parley.protocol.rtcp;

import dev.parley.wire.Octets;

/// Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01,
/// section 3.1), status after status.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      base sequence number     |      packet status count      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          reference time (64 ms)               | fb pkt. count |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          packet chunks, 16 bits each          ...             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          receive deltas (250 us), 8 or 16 bits each   ...     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// run length     |0| S |       Run Length        |  S: 0 not received, 1 small delta (8 bits),
/// 14 statuses    |1|0|  one bit each: 0 or 1     |     2 large or negative delta (16 bits)
/// 7 statuses     |1|1|  two bits each: 0 to 2    |
/// ```
///
/// Confined to one thread and made to be used again: [#read] begins, [#next] or [#nextReceived]
/// steps. It is a view of the caller's buffer and valid as long as that is untouched.
public final class TransportFeedback {
  /// Nanoseconds of one unit of [#delta] and [#ticks].
  public static final long TICK = 250_000;

  /// Units of [#ticks] in one of [#referenceTime].
  public static final int TICKS_PER_REFERENCE = 256;

  /// Octets before the chunks.
  static final int HEADER = 8;

  static final int SMALL = 1;
  static final int LARGE = 2;

  private byte[] octets;
  private int at;
  private int nextChunk;
  private int nextDelta;
  private int chunk;
  private int chunkLeft;
  private int statusesLeft;
  private int sequence;
  private int symbol;
  private int delta;
  private long ticks;

  /// Begins the feedback whose control information lies here; stands before its first status.
  ///
  /// @return [RtcpRefusal#NONE], or why there is none; then there is nothing to step through
  public RtcpRefusal read(byte[] buffer, int from, int length) {
    statusesLeft = 0;
    RtcpRefusal refusal = check(buffer, from, length);
    if (refusal == RtcpRefusal.NONE) {
      octets = buffer;
      at = from;
      nextChunk = from + HEADER;
      nextDelta = nextChunk + 2 * chunks(buffer, from);
      chunkLeft = 0;
      statusesLeft = statusCount();
      sequence = baseSequence() - 1 & 0xffff;
      symbol = 0;
      delta = 0;
      ticks = (long) referenceTime() * TICKS_PER_REFERENCE;
    }
    return refusal;
  }

  /// Sequence number of the first status, 0 to 65535.
  public int baseSequence() {
    return Octets.u16(octets, at);
  }

  /// How many sequence numbers are spoken of, 1 to 65535.
  public int statusCount() {
    return Octets.u16(octets, at + 2);
  }

  /// The receiver's clock in units of 64 ms, 24 bits, signed; compare with [#referenceTicks].
  public int referenceTime() {
    return Octets.u32(octets, at + 4) >> 8;
  }

  /// Counts the feedback packets of a receiver, 0 to 255.
  public int feedbackCount() {
    return Octets.u8(octets, at + 7);
  }

  /// Steps to the next status. A few octets may speak of 65,535 packets that were not received:
  /// whoever steps through the octets of strangers in a loop uses [#nextReceived].
  ///
  /// @return false at the end
  public boolean next() {
    if (statusesLeft == 0) {
      return false;
    }
    while (chunkLeft == 0) {
      nextChunk();
    }
    take(symbol());
    return true;
  }

  /// Steps to the next packet that was received; linear in the octets, however many were not.
  ///
  /// @return false at the end
  public boolean nextReceived() {
    while (statusesLeft > 0) {
      if (chunkLeft == 0) {
        nextChunk();
      } else if (chunk >> 13 == 0) {
        skip(Math.min(chunkLeft, statusesLeft));
      } else {
        take(symbol());
        if (symbol != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /// Sequence number of this status, 0 to 65535.
  public int sequence() {
    return sequence;
  }

  /// Whether this packet was received.
  public boolean received() {
    return symbol != 0;
  }

  /// Time since the packet received before, or for the first since the reference time, in units of
  /// [#TICK]; 0 for a packet that was not received.
  public int delta() {
    return delta;
  }

  /// The receiver's clock when the last packet received so far arrived, in units of [#TICK].
  public long ticks() {
    return ticks;
  }

  /// Units of [#TICK] from one reference time to another, modulo its 24 bits.
  public static long referenceTicks(int from, int to) {
    return (long) (to - from << 8 >> 8) * TICKS_PER_REFERENCE;
  }

  private void nextChunk() {
    chunk = Octets.u16(octets, nextChunk);
    chunkLeft = symbols(chunk);
    nextChunk += 2;
  }

  private int symbol() {
    if (chunk < 0x8000) {
      return chunk >> 13;
    }
    return chunk < 0xc000 ? chunk >> chunkLeft - 1 & 1 : chunk >> 2 * (chunkLeft - 1) & 3;
  }

  private void skip(int statuses) {
    chunkLeft -= statuses;
    statusesLeft -= statuses;
    sequence = sequence + statuses & 0xffff;
    symbol = 0;
    delta = 0;
  }

  private void take(int status) {
    skip(1);
    symbol = status;
    if (status == SMALL) {
      delta = Octets.u8(octets, nextDelta);
      nextDelta += 1;
    } else if (status == LARGE) {
      delta = (short) Octets.u16(octets, nextDelta);
      nextDelta += 2;
    }
    ticks += delta;
  }

  /// How many statuses a chunk can hold.
  private static int symbols(int chunk) {
    return chunk < 0x8000 ? chunk & 0x1fff : chunk < 0xc000 ? 14 : 7;
  }

  /// How many chunks the statuses of a well-formed feedback take.
  private static int chunks(byte[] octets, int at) {
    int left = Octets.u16(octets, at + 2);
    int chunk = at + HEADER;
    while (left > 0) {
      left -= symbols(Octets.u16(octets, chunk));
      chunk += 2;
    }
    return (chunk - at - HEADER) / 2;
  }

  /// Whether chunks and deltas are all there: linear in the octets.
  static RtcpRefusal check(byte[] octets, int at, int length) {
    if (length < HEADER + 2) {
      return RtcpRefusal.BODY;
    }
    int left = Octets.u16(octets, at + 2);
    if (left == 0) {
      return RtcpRefusal.NO_STATUS;
    }
    int end = at + length;
    int deltas = 0;
    int next = at + HEADER;
    while (left > 0) {
      if (next + 2 > end) {
        return RtcpRefusal.STATUSES;
      }
      int chunk = Octets.u16(octets, next);
      int taken = Math.min(left, symbols(chunk));
      int needed = deltaOctets(chunk, taken);
      if (needed < 0) {
        return RtcpRefusal.STATUS;
      }
      deltas += needed;
      left -= taken;
      next += 2;
    }
    return next + deltas > end ? RtcpRefusal.STATUSES : RtcpRefusal.NONE;
  }

  /// Octets of the deltas of a chunk's first statuses, or -1 where one is reserved.
  private static int deltaOctets(int chunk, int taken) {
    if (chunk < 0x8000) {
      int symbol = chunk >> 13;
      return symbol == 3 && taken > 0 ? -1 : symbol * taken;
    }
    if (chunk < 0xc000) {
      return Integer.bitCount((chunk & 0x3fff) >> 14 - taken);
    }
    int statuses = (chunk & 0x3fff) >> 2 * (7 - taken);
    int low = statuses & 0x1555;
    int high = statuses >> 1 & 0x1555;
    return (low & high) != 0 ? -1 : Integer.bitCount(low) + 2 * Integer.bitCount(high);
  }
}
