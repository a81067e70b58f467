package dev.parley.protocol.rtp;

/// Turns numbers that wrap into numbers that do not (RFC 3550 appendix A.1 calls them extended).
///
/// Confined to the loop of its stream. A number is taken to lie less than half a circle from the
/// highest seen; older numbers do not move that mark, so a late burst does no harm. A number older
/// than a stream's very first may come out negative.
public final class Unwrapper {
  private final int unused;
  private long highest;
  private boolean started;

  private Unwrapper(int bits) {
    this.unused = Integer.SIZE - bits;
  }

  /// For RTP sequence numbers and transport-wide sequence numbers: 16 bits.
  public static Unwrapper ofSequences() {
    return new Unwrapper(16);
  }

  /// For RTP timestamps: 32 bits.
  public static Unwrapper ofTimestamps() {
    return new Unwrapper(32);
  }

  /// The unwrapped number; the first one stands for itself, without sign.
  public long unwrap(int number) {
    long unwrapped = peek(number);
    if (!started || unwrapped > highest) {
      highest = unwrapped;
      started = true;
    }
    return unwrapped;
  }

  /// What [#unwrap] would say, without moving the mark.
  public long peek(int number) {
    if (!started) {
      return number & 0xffff_ffffL >>> unused;
    }
    return highest + (number - (int) highest << unused >> unused);
  }

  /// The highest unwrapped number so far; 0 before the first.
  public long highest() {
    return highest;
  }

  public boolean started() {
    return started;
  }

  /// Forgets everything: the next number stands for itself.
  public void restart() {
    started = false;
    highest = 0;
  }
}
