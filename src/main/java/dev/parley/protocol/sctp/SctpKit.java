package dev.parley.protocol.sctp;

import java.util.random.RandomGenerator;

/// The tools that all associations of one loop share: buffers, checksum, cookie key, randomness.
/// Confined to that loop.
public final class SctpKit {
  private final RandomGenerator random;

  /// @param random unpredictable to others
  /// @param cookieKey 32 octets that nobody else knows
  public SctpKit(RandomGenerator random, byte[] cookieKey) {
    this.random = random;
  }

  int random() {
    return random.nextInt();
  }
}
