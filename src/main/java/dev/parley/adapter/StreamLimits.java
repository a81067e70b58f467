package dev.parley.adapter;

import java.time.Duration;

/// What strangers may cost on TCP.
///
/// @param perLoop connections on one loop
/// @param perSource connections of one source on one loop: an IPv4 address or an IPv6 /64, which is
///   what one subscriber is given
/// @param outputOctets waiting to be read by a client before it is closed as too slow
/// @param firstFrameWithin silence or fragments after the connection was made
/// @param idleAfter silence later; longer than the ten minutes between the refreshes of a TURN
///   allocation (RFC 8656, section 3.2)
/// @param lingerFor after the client has ended its side, for it to read what is left
public record StreamLimits(
    int perLoop,
    int perSource,
    int outputOctets,
    Duration firstFrameWithin,
    Duration idleAfter,
    Duration lingerFor) {
  public StreamLimits {
    if (perLoop < 1 || perSource < 1 || outputOctets < Framer.MAXIMUM) {
      throw new IllegalArgumentException(
          "stream limits must be positive and output must hold one frame");
    }
  }

  public static StreamLimits defaults() {
    return new StreamLimits(
        10_000,
        200,
        512 * 1024,
        Duration.ofSeconds(30),
        Duration.ofMinutes(15),
        Duration.ofSeconds(30));
  }
}
