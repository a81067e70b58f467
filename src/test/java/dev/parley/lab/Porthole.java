package dev.parley.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP port of the loopback here that leads to a port of the loopback in another network, which
/// has no other connection with this one.
public final class Porthole implements AutoCloseable {
  private final Namespace there;
  private final InetSocketAddress target;
  private final ServerSocketChannel listener;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private Porthole(Namespace there, int port) throws IOException {
    this.there = there;
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::accept);
  }

  public static Porthole to(Namespace there, int port) {
    try {
      return new Porthole(there, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The port here.
  public int port() {
    return listener.socket().getLocalPort();
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel here = listener.accept();
        open.add(here);
        Thread.ofVirtual().start(() -> join(here));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void join(SocketChannel here) {
    try {
      SocketChannel far = there.inside(() -> SocketChannel.open(target));
      open.add(far);
      Thread.ofVirtual().start(() -> pour(here, far));
      pour(far, here);
    } catch (IllegalStateException e) {
      shut(here); // nobody listens there
    }
  }

  private void pour(SocketChannel from, SocketChannel into) {
    ByteBuffer octets = ByteBuffer.allocate(65_536);
    try {
      while (from.read(octets.clear()) >= 0) {
        octets.flip();
        while (octets.hasRemaining()) {
          into.write(octets);
        }
      }
    } catch (IOException e) {
      // either side is gone, and so is the other one below
    }
    shut(from);
    shut(into);
  }

  private void shut(SocketChannel one) {
    open.remove(one);
    try {
      one.close();
    } catch (IOException e) {
      // it is gone all the same
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(this::shut);
  }
}
