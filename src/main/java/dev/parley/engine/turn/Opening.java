package dev.parley.engine.turn;

import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.Transport;

/// An Allocate request that waits for its relay sockets; holds of it what the answer needs.
final class Opening {
  /// Ports that somebody else holds, in a row, before the server is out of capacity.
  static final int ATTEMPTS = 16;

  private final Unanswered unanswered;
  private final RelayPorts.Kind kind;
  private final long lifetime;
  private final Transport transport;
  private int attempts = ATTEMPTS;
  private int missing;
  private StunError missingError;
  private Relay kept;

  /// @param lifetime seconds that are granted
  /// @param transport of the relays
  Opening(StunMessage request, RelayPorts.Kind kind, long lifetime, Transport transport) {
    this.unanswered = Unanswered.of(request);
    this.kind = kind;
    this.lifetime = lifetime;
    this.transport = transport;
  }

  /// The request without its attributes, to answer it.
  StunMessage request() {
    return unanswered.request();
  }

  boolean fingerprint() {
    return unanswered.fingerprint();
  }

  Transport transport() {
    return transport;
  }

  RelayPorts.Kind kind() {
    return kind;
  }

  long lifetime() {
    return lifetime;
  }

  /// The relay of the next port, to be kept for the holder of a token (EVEN-PORT with the R bit),
  /// or null.
  Relay kept() {
    return kept;
  }

  void keep(Relay relay) {
    kept = relay;
  }

  /// Whether another port may be tried.
  boolean again() {
    return --attempts > 0;
  }

  /// One family of a dual allocation could not be had.
  void miss(boolean ipv4, StunError error) {
    missing = ipv4 ? Request.IPV4 : Request.IPV6;
    missingError = error;
  }

  /// The family that could not be had, or 0.
  int missing() {
    return missing;
  }

  int missingError() {
    return missingError == null ? 0 : missingError.code();
  }
}
