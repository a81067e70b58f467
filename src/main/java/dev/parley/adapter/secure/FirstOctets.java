package dev.parley.adapter.secure;

import dev.parley.adapter.io.StreamSocket;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import java.io.IOException;
import java.util.Arrays;

/// A connection whose first octets decide what it is: a PROXY header, TLS, or frames as they are.
final class FirstOctets implements StreamSocket, StreamSocket.Handler {
  /// The type of a TLS handshake record (RFC 8446, section 5.1); no STUN message or ChannelData
  /// begins with it.
  private static final int HANDSHAKE = 0x16;

  private static final byte[] NOTHING = {};

  private final SecureDoor door;
  private final StreamSocket raw;
  private FiveTuple path;
  private Handler above;
  private byte[] kept = NOTHING;
  private boolean proxied;
  private boolean decided;
  private TlsSocket tls;

  FirstOctets(SecureDoor door, StreamSocket raw) {
    this.door = door;
    this.raw = raw;
    this.path = raw.path();
  }

  @Override
  public FiveTuple path() {
    return path;
  }

  @Override
  public void handler(Handler handler) throws IOException {
    above = handler;
    raw.handler(this);
  }

  @Override
  public void readable() {
    above.readable();
  }

  @Override
  public void writable() {
    if (tls != null) {
      tls.writable();
    }
    above.writable();
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    if (tls != null) {
      return tls.read(into, at, length);
    }
    return decided ? raw.read(into, at, length) : first(into, at, length);
  }

  private int first(byte[] into, int at, int length) throws IOException {
    System.arraycopy(kept, 0, into, at, kept.length);
    int taken = raw.read(into, at + kept.length, length - kept.length);
    if (taken <= 0) {
      return taken;
    }
    int available = kept.length + taken;
    kept = NOTHING;
    int begin = at;
    if (!proxied) {
      switch (ProxyHeader.beginning(into, at, available)) {
        case NONE -> {}
        case MORE -> {
          return keep(into, at, available);
        }
        case MALFORMED -> throw refused("malformed PROXY header");
        case WHOLE -> {
          keep(into, at, 0);
          begin += proxied(ProxyHeader.parse(into, at));
        }
      }
    }
    int left = at + available - begin;
    return left == 0 ? 0 : decide(into, at, length, begin, left);
  }

  // What is not trusted is not waited for either.
  private int keep(byte[] octets, int at, int available) throws IOException {
    if (!door.vouches(raw.path().remote())) {
      throw refused("PROXY header of a stranger");
    }
    kept = Arrays.copyOfRange(octets, at, at + available);
    return 0;
  }

  private IOException refused(String why) {
    door.count(Counter.PROXY_REFUSED);
    return new IOException(why);
  }

  private int proxied(ProxyHeader header) {
    proxied = true;
    if (header.source() != null) {
      path = new FiveTuple(Transport.TCP, header.destination(), header.source());
    }
    return header.length();
  }

  private int decide(byte[] into, int at, int length, int begin, int left) throws IOException {
    decided = true;
    if (into[begin] == HANDSHAKE && door.speaksTls()) {
      path = new FiveTuple(Transport.TLS, path.local(), path.remote());
      tls = door.tls(raw, path, into, begin, left);
      tls.handler(above);
      return tls.read(into, at, length);
    }
    System.arraycopy(into, begin, into, at, left);
    return left;
  }

  @Override
  public int write(byte[] from, int at, int length) throws IOException {
    return tls == null ? raw.write(from, at, length) : tls.write(from, at, length);
  }

  @Override
  public boolean recordsWrites() {
    return tls != null;
  }

  @Override
  public void interest(boolean read, boolean write) throws IOException {
    if (tls == null) {
      raw.interest(read, write);
    } else {
      tls.interest(read, write);
    }
  }

  @Override
  public void close() {
    if (tls == null) {
      raw.close();
    } else {
      tls.close();
    }
  }
}
