package dev.parley.adapter.secure;

import dev.parley.adapter.EventLoop;
import dev.parley.adapter.StreamLayer;

/// TLS, PROXY protocol and plain framing on one port, told apart by the first octets.
///
/// @param certificates what TLS is served with; null serves none, and a TLS hello is then a
///   malformed message
/// @param proxies whose PROXY headers are believed
public record SecureStreams(Certificates certificates, Sources proxies, SecureLimits limits)
    implements StreamLayer {
  @Override
  public Door on(EventLoop loop) {
    return new SecureDoor(this, loop);
  }
}
