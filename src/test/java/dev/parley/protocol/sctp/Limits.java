package dev.parley.protocol.sctp;

import java.time.Duration;

/// Limits other than the usual ones.
final class Limits {
  private static final SctpLimits D = SctpLimits.DEFAULT;

  private Limits() {}

  static SctpLimits message(int message) {
    return of(message, D.sendBuffer(), D.channels(), D.patience());
  }

  static SctpLimits sendBuffer(int octets) {
    return of(D.message(), octets, D.channels(), D.patience());
  }

  static SctpLimits channels(int channels) {
    return of(D.message(), D.sendBuffer(), channels, D.patience());
  }

  private static SctpLimits of(int message, int sendBuffer, int channels, Duration patience) {
    return new SctpLimits(
        D.packet(),
        message,
        D.receiveWindow(),
        sendBuffer,
        D.flight(),
        D.burst(),
        channels,
        D.label(),
        D.rtoInitial(),
        D.rtoMin(),
        D.rtoMax(),
        D.sackDelay(),
        D.heartbeat(),
        patience);
  }
}
