package dev.parley.adapter.nio;

import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamSocket;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/// A connected channel on its way from one loop to another.
record NioLeft(SocketChannel channel) implements StreamSocket.Left {
  @Override
  public StreamSocket join(LoopIo io) throws IOException {
    if (!(io instanceof NioIo nio)) {
      throw new IOException("this connection cannot join the loop");
    }
    return new NioStreamSocket(nio, channel);
  }

  @Override
  public void close() {
    NioIo.close(channel);
  }
}
