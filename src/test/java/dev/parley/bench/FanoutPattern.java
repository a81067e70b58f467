package dev.parley.bench;

import java.util.Random;

/// How the source of [FanoutBench] spaces its packets: 240 a second, 36 frames of 6 or 7 parts.
enum FanoutPattern {
  /// One packet of 1,100 octets payload every 4.17 ms.
  EVEN,
  /// As Chromium sends: the parts of a frame 27 µs apart; 1,099 and 1,100 octets, the shorter ones
  /// first or last, where one changes to the other is anyone's guess.
  BURSTS,
  /// The same with all parts of one size, to see what padding them would bring.
  EQUAL_BURSTS;

  static final int PACKETS_A_SECOND = 240;
  static final int FRAMES_A_SECOND = 36;

  /// Octets behind the RTP header.
  static final int PAYLOAD = 1_100;

  private static final long SECOND = 1_000_000_000L;
  private static final long APART = 27_000;

  /// The parts of a frame: 20 in 3 frames.
  static int parts(long frame) {
    return frame % 3 == 0 ? 6 : 7;
  }

  /// When a part is due, in nanoseconds after the first one.
  ///
  /// @param packet counted from the first one too
  long due(long frame, int part, long packet) {
    return this == EVEN
        ? packet * SECOND / PACKETS_A_SECOND
        : frame * SECOND / FRAMES_A_SECOND + part * APART;
  }

  /// Octets of the payloads of a frame's parts.
  void sizes(long frame, int[] sizes) {
    int parts = parts(frame);
    Random random = new Random(frame);
    int change = random.nextInt(1, parts);
    boolean shorterFirst = random.nextBoolean();
    for (int i = 0; i < parts; i++) {
      boolean shorter = this == BURSTS && i < change == shorterFirst;
      sizes[i] = shorter ? PAYLOAD - 1 : PAYLOAD;
    }
  }
}
