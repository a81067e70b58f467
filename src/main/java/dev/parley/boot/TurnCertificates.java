package dev.parley.boot;

import dev.parley.adapter.secure.BadCertificate;
import dev.parley.adapter.secure.Certificates;
import dev.parley.adapter.secure.PemPair;
import dev.parley.config.TurnSettings;
import java.time.Duration;
import java.util.List;

/// The certificate that TURN is served with over TLS and DTLS, watched for a renewed one.
///
/// @param served null where the settings name none
record TurnCertificates(Certificates served, AutoCloseable watch) implements AutoCloseable {
  /// A renewed certificate is in use after a minute at most; who renews it has weeks.
  private static final Duration EVERY = Duration.ofMinutes(1);

  /// @throws IllegalStateException where the files are no certificate and its key: whoever wants
  ///   TLS must hear that there is none
  static TurnCertificates of(TurnSettings settings) {
    if (settings.certificate().isEmpty()) {
      return new TurnCertificates(null, () -> {});
    }
    TurnSettings.Certificate files = settings.certificate().get();
    try {
      Certificates served = Certificates.of(List.of(new PemPair(files.chain(), files.key())));
      return new TurnCertificates(served, served.watch(EVERY));
    } catch (BadCertificate e) {
      throw new IllegalStateException("no TLS for TURN: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (Exception e) {
      throw new IllegalStateException("the watch of the certificate does not end", e);
    }
  }
}
