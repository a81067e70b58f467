package dev.parley.adapter.io;

import dev.parley.wire.FiveTuple;
import java.io.IOException;

/// One accepted TCP connection, non-blocking: the octets only, no frames, no limits. TLS would
/// stand between this and the connection that frames it.
public interface StreamSocket extends AutoCloseable {
  FiveTuple path();

  /// Who is told when the connection becomes ready; reading is asked for at once.
  void handler(Handler handler) throws IOException;

  /// Reads what is there: the number of octets, 0 for nothing now, -1 for the end.
  int read(byte[] into, int at, int length) throws IOException;

  /// Writes what the kernel takes: the number of octets, 0 for nothing now.
  int write(byte[] from, int at, int length) throws IOException;

  /// Which readiness the handler wants to hear of.
  void interest(boolean read, boolean write) throws IOException;

  @Override
  void close();

  /// Told by the loop that a connection is ready.
  interface Handler {
    void readable();

    void writable();
  }
}
