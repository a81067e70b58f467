package dev.parley.adapter.io;

import dev.parley.wire.FiveTuple;
import java.io.IOException;

/// One TCP connection, accepted or made, non-blocking: the octets only, no frames, no limits. TLS
/// would stand between this and the connection that frames it.
public interface StreamSocket extends AutoCloseable {
  FiveTuple path();

  /// Who is told when the connection becomes ready; reading is asked for at once.
  void handler(Handler handler) throws IOException;

  /// Reads what is there: the number of octets, 0 for nothing now, -1 for the end.
  int read(byte[] into, int at, int length) throws IOException;

  /// Writes what the kernel takes: the number of octets, 0 for nothing now.
  int write(byte[] from, int at, int length) throws IOException;

  /// Whether the other end sees where a write began and ended, as TLS records show it. There are
  /// clients that take a record for one message, so no two messages should be written at once.
  default boolean recordsWrites() {
    return false;
  }

  /// Which readiness the handler wants to hear of; with neither it hears not even of a reset.
  void interest(boolean read, boolean write) throws IOException;

  /// Ends the output, which tells the other end so, and goes on reading.
  ///
  /// @return false where this connection can only be ended as a whole
  default boolean endOutput() throws IOException {
    return false;
  }

  /// Lets the connection go from its loop; nobody serves it until another loop has taken it up.
  default Left leave() throws IOException {
    throw new IOException("this connection cannot leave its loop");
  }

  @Override
  void close();

  /// A connection between two loops, which may pass from one thread to the other.
  interface Left extends AutoCloseable {
    /// Takes the connection up, on the thread of the loop; nothing is read before
    /// [StreamSocket#handler].
    StreamSocket join(LoopIo io) throws IOException;

    /// Closes it instead, on any thread.
    @Override
    void close();
  }

  /// Told by the loop that a connection is ready.
  interface Handler {
    void readable();

    void writable();
  }
}
