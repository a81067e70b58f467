package dev.parley.adapter.secure;

import dev.parley.media.Counter;
import dev.parley.protocol.dtls.ClientHelloPart;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsConnection.State;
import dev.parley.protocol.dtls.DtlsEffects;
import dev.parley.protocol.dtls.HelloAssembly;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;

/// One client of a [DtlsLayer], from its good cookie to its end. Confined to its loop.
final class DtlsAssociation implements DtlsEffects {
  private final DtlsLayer layer;
  private final FiveTuple datagrams;
  private final FiveTuple path;
  private HelloAssembly hello;
  // Null until the hello is whole.
  private DtlsConnection connection;
  private long lastHeard;

  /// @param datagrams the 5-tuple of the UDP datagrams
  DtlsAssociation(DtlsLayer layer, FiveTuple datagrams) {
    this.layer = layer;
    this.datagrams = datagrams;
    this.path = new FiveTuple(Transport.DTLS, datagrams.local(), datagrams.remote());
    this.lastHeard = layer.loop().now();
  }

  FiveTuple datagrams() {
    return datagrams;
  }

  /// As engines see it.
  FiveTuple path() {
    return path;
  }

  long lastHeard() {
    return lastHeard;
  }

  boolean sameHello(byte[] octets, ClientHelloPart first) {
    return hello.sameHello(octets, first);
  }

  void begin(byte[] octets, ClientHelloPart first) {
    hello = new HelloAssembly(octets, first);
    shakeHands();
  }

  /// A further fragment of the hello, or one that is sent again.
  void hello(byte[] octets, ClientHelloPart part) {
    if (connection == null) {
      hello.add(octets, part);
      shakeHands();
    } else {
      receive(octets, part.at(), part.recordLength());
    }
  }

  private void shakeHands() {
    if (hello.complete()) {
      SecureDatagrams settings = layer.settings();
      connection =
          DtlsConnection.server(
              settings.tools(),
              settings.certificates().dtls(),
              hello,
              settings.limits().handshakeWithin(),
              this,
              () -> layer.loop().execute(this::advance));
    }
  }

  private void advance() {
    connection.advance();
    look();
  }

  void receive(byte[] octets, int at, int length) {
    if (connection == null) {
      layer.count(Counter.DTLS_DROPPED);
      return;
    }
    connection.receive(octets, at, length);
    look();
  }

  void send(byte[] octets, int at, int length) {
    connection.send(octets, at, length);
    look();
  }

  private void look() {
    if (connection.state() == State.CLOSED) {
      layer.end(this);
    }
  }

  void close() {
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public void record(byte[] octets, int at, int length) {
    layer.loop().transmit(octets, at, length, datagrams);
  }

  @Override
  public void established() {
    layer.established(this);
  }

  @Override
  public void data(byte[] octets, int at, int length) {
    lastHeard = layer.loop().now();
    layer.next().receive(octets, at, length, path);
  }
}
