package dev.parley.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/// One thread and one selector for any number of [BenchSocket]s.
final class BenchLoop implements AutoCloseable {
  private final URI server;
  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);

  /// @param server such as `ws://127.0.0.1:8080/signal/`; room names are put behind it
  BenchLoop(URI server) throws IOException {
    this.server = server;
    this.selector = Selector.open();
  }

  /// Opens a socket; `onText` hears an empty text once when it is open, then every message.
  BenchSocket connect(String room, BiConsumer<BenchSocket, String> onText) throws IOException {
    int port = server.getPort() < 0 ? 80 : server.getPort();
    String request =
        "GET %s%s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                .formatted(server.getPath(), room, server.getHost(), port)
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: parley.v1\r\n\r\n";
    var channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    var key = channel.register(selector, SelectionKey.OP_CONNECT);
    var socket = new BenchSocket(channel, key, request.getBytes(StandardCharsets.US_ASCII), onText);
    channel.connect(new InetSocketAddress(server.getHost(), port));
    return socket;
  }

  /// Serves the sockets once, waiting at most so long for something to happen.
  void turn(long millis) throws IOException {
    selector.select(key -> ((BenchSocket) key.attachment()).ready(in), Math.max(1, millis));
  }

  @Override
  public void close() throws IOException {
    for (var key : selector.keys()) {
      ((BenchSocket) key.attachment()).cut();
    }
    selector.close();
  }
}
