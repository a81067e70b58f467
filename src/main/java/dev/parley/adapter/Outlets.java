package dev.parley.adapter;

import dev.parley.adapter.io.Counters;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.util.HashMap;
import java.util.Map;

/// By which socket a loop sends on a path. Confined to its loop.
public final class Outlets {
  private final Map<TransportAddress, UdpSocket> sockets = new HashMap<>();
  private final Streams streams;
  private final Counters counters;
  private DatagramOutlet dtls;
  private DatagramOutlet elsewhere;
  private UdpSocket last;

  Outlets(Streams streams, Counters counters) {
    this.streams = streams;
    this.counters = counters;
    this.dtls = this::nowhere;
    this.elsewhere = this::nowhere;
  }

  /// Has what is sent from the socket's address sent by it; it replaces the one of that address.
  public void add(UdpSocket socket) {
    sockets.put(socket.local(), socket);
    last = null;
  }

  /// The socket that sends from an address, or null.
  public UdpSocket find(TransportAddress local) {
    return sockets.get(local);
  }

  /// Closes a socket and forgets it.
  public void close(UdpSocket socket) {
    sockets.remove(socket.local());
    last = null;
    socket.close();
  }

  /// By whom DTLS is sent; until a layer says so there is no way.
  public void dtls(DatagramOutlet outlet) {
    dtls = outlet;
  }

  /// By whom is sent on streams and associations that this loop does not have.
  public void elsewhere(DatagramOutlet outlet) {
    elsewhere = outlet;
  }

  /// Sends on a path whose stream or association this loop does not have.
  public void transmitElsewhere(byte[] octets, int at, int length, FiveTuple path) {
    elsewhere.transmit(octets, at, length, path);
  }

  /// Hot: sends a message; what has no way is counted and dropped.
  void transmit(byte[] octets, int at, int length, FiveTuple path) {
    switch (path.transport()) {
      case UDP -> datagram(octets, at, length, path);
      case DTLS -> dtls.transmit(octets, at, length, path);
      case TCP, TLS -> {
        if (!streams.transmit(octets, at, length, path)) {
          elsewhere.transmit(octets, at, length, path);
        }
      }
    }
  }

  private void datagram(byte[] octets, int at, int length, FiveTuple path) {
    UdpSocket socket = last;
    if (socket == null || socket.local() != path.local()) {
      socket = sockets.get(path.local());
      if (socket == null) {
        counters.count(Counter.SEND_FAILURES);
        return;
      }
      last = socket;
    }
    socket.send(octets, at, length, path.remote());
  }

  private void nowhere(byte[] octets, int at, int length, FiveTuple path) {
    counters.count(Counter.SEND_FAILURES);
  }
}
