package dev.parley.protocol.srtp;

/// The index of a packet, rollover counter and sequence number in 48 bits (RFC 3711, section
/// 3.3.1).
final class PacketIndex {
  /// What is guessed for a packet from before the rollover counter was zero is below this.
  static final long FIRST = 0;

  /// Beyond this a key may protect nothing (RFC 3711, section 9.2).
  static final long LAST = 0xffff_ffff_ffffL;

  private static final int HALF = 0x8000;

  private PacketIndex() {}

  /// The index nearest to the highest one so far: the guess of appendix A, where a packet half a
  /// round away is taken for one of the same round.
  ///
  /// @param sequence 16 bits
  /// @return below [#FIRST] if there is none
  static long guess(long highest, int sequence) {
    int latest = (int) highest & 0xffff;
    int ahead = (short) (sequence - latest);
    return highest + (ahead == -HALF && latest < HALF ? HALF : ahead);
  }
}
