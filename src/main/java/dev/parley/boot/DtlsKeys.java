package dev.parley.boot;

import dev.parley.protocol.dtls.DtlsIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/// The certificate that this server's ends of PeerConnections show (RFC 8827, section 6.5): its
/// own, made at the start, kept nowhere, and another every week. Thread-safe.
///
/// A connection keeps the one it began with, so a change drops nobody.
final class DtlsKeys implements Supplier<DtlsIdentity> {
  private static final Duration RENEWED_AFTER = Duration.ofDays(7);

  /// Clocks of clients may be wrong, and calls may last: nobody looks at these dates, but they
  /// should hold.
  private static final Duration BEFORE = Duration.ofDays(1);

  private static final Duration AFTER = Duration.ofDays(30);

  private final SecureRandom random;
  private final InstantSource clock;
  private DtlsIdentity current;
  private Instant made;

  DtlsKeys(SecureRandom random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
    renew(clock.instant());
  }

  @Override
  public synchronized DtlsIdentity get() {
    Instant now = clock.instant();
    if (Duration.between(made, now).compareTo(RENEWED_AFTER) > 0) {
      renew(now);
    }
    return current;
  }

  private void renew(Instant now) {
    current = DtlsIdentity.selfSigned(random, now.minus(BEFORE), now.plus(AFTER));
    made = now;
  }
}
