package dev.parley.adapter.linux;

import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamSocket;
import dev.parley.wire.FiveTuple;
import java.io.IOException;
import java.lang.foreign.Arena;

/// A connected descriptor on its way from one loop to another.
final class LinuxLeft implements StreamSocket.Left {
  private final int fd;
  private final FiveTuple path;
  private boolean gone;

  LinuxLeft(int fd, FiveTuple path) {
    this.fd = fd;
    this.path = path;
  }

  @Override
  public synchronized StreamSocket join(LoopIo io) throws IOException {
    if (gone || !(io instanceof LinuxIo linux)) {
      throw new IOException("this connection cannot join the loop");
    }
    gone = true;
    return new LinuxStreamSocket(linux, fd, path);
  }

  @Override
  public synchronized void close() {
    if (!gone) {
      gone = true;
      try (Arena arena = Arena.ofConfined()) {
        Libc.close(arena.allocate(Libc.errnoArea()), fd);
      }
    }
  }
}
