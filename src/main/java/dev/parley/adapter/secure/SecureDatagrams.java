package dev.parley.adapter.secure;

import dev.parley.adapter.EventLoop;
import dev.parley.adapter.Intake;
import dev.parley.protocol.dtls.DtlsConnection;
import java.security.SecureRandom;

/// DTLS and plain datagrams on one port, told apart by the first octet (RFC 7983).
public final class SecureDatagrams implements Intake.Layer {
  private final Certificates certificates;
  private final SecureLimits limits;
  private final SecureRandom random = new SecureRandom();
  private final DtlsConnection.Toolbox tools = new DtlsConnection.Toolbox(random);

  public SecureDatagrams(Certificates certificates, SecureLimits limits) {
    this.certificates = certificates;
    this.limits = limits;
  }

  @Override
  public Intake before(EventLoop loop, Intake next) {
    DtlsLayer layer = new DtlsLayer(this, loop, next);
    loop.outlets().dtls(layer);
    loop.ticking(layer);
    return layer;
  }

  Certificates certificates() {
    return certificates;
  }

  SecureLimits limits() {
    return limits;
  }

  DtlsConnection.Toolbox tools() {
    return tools;
  }

  /// A new secret for cookies.
  byte[] secret() {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return secret;
  }
}
