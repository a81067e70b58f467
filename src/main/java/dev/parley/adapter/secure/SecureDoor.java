package dev.parley.adapter.secure;

import dev.parley.adapter.EventLoop;
import dev.parley.adapter.StreamLayer;
import dev.parley.adapter.io.StreamSocket;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.io.IOException;

/// [SecureStreams] on one loop: its handshakes under way and the buffers its connections share.
final class SecureDoor implements StreamLayer.Door {
  private final SecureStreams settings;
  private final EventLoop loop;
  private final Elsewhere elsewhere;
  private final TlsBuffers buffers = new TlsBuffers();
  private final HalfOpen<TlsSocket> handshakes;

  SecureDoor(SecureStreams settings, EventLoop loop) {
    this.settings = settings;
    this.loop = loop;
    this.elsewhere = Elsewhere.virtualThreads(loop);
    SecureLimits limits = settings.limits();
    this.handshakes =
        new HalfOpen<>(
            limits.tlsHalfOpen(),
            limits.tlsHalfOpenPerSource(),
            limits.handshakeWithin().toNanos());
  }

  @Override
  public StreamSocket over(StreamSocket raw) {
    return new FirstOctets(this, raw);
  }

  @Override
  public boolean vouches(TransportAddress source) {
    return settings.proxies().contain(source);
  }

  @Override
  public void tick(long now) {
    for (TlsSocket late : handshakes.overdue(now)) {
      late.expire();
    }
  }

  boolean speaksTls() {
    return settings.certificates() != null;
  }

  /// Begins a TLS connection on a bare one.
  ///
  /// @throws IOException where too many handshakes are under way
  TlsSocket tls(StreamSocket raw, FiveTuple path, byte[] first, int at, int length)
      throws IOException {
    if (!handshakes.admits(path.remote())) {
      count(Counter.TLS_REFUSED);
      throw new IOException("too many handshakes");
    }
    TlsSocket socket = new TlsSocket(this, raw, path, settings.certificates().engine());
    socket.begin(first, at, length);
    handshakes.begin(socket, path.remote(), loop.now());
    return socket;
  }

  void established(TlsSocket socket) {
    handshakes.end(socket);
    count(Counter.TLS_ESTABLISHED);
  }

  /// Forgets a handshake that came to nothing.
  void abandoned(TlsSocket socket) {
    handshakes.end(socket);
    count(Counter.TLS_FAILED);
  }

  void count(Counter counter) {
    loop.tally().count(counter);
  }

  Elsewhere elsewhere() {
    return elsewhere;
  }

  TlsBuffers buffers() {
    return buffers;
  }
}
