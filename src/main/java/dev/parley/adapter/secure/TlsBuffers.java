package dev.parley.adapter.secure;

import java.nio.ByteBuffer;

/// The buffers that all TLS connections of one loop share; none of them outlives a call.
final class TlsBuffers {
  /// Records read at once. What they hold fits into the buffer a connection reads into.
  private static final int INBOUND = 48 * 1024;

  /// The largest record with the most any cipher adds, and room for a flight of a handshake.
  private static final int OUTBOUND = 34 * 1024;

  final ByteBuffer inbound = ByteBuffer.allocate(INBOUND);
  final ByteBuffer outbound = ByteBuffer.allocate(OUTBOUND);
  final ByteBuffer nothing = ByteBuffer.allocate(0);
  // Callers read into one array of the loop and write from few.
  private ByteBuffer read = nothing;
  private ByteBuffer written = nothing;

  /// A buffer over an array that is read into.
  ByteBuffer read(byte[] octets, int at, int length) {
    if (read.array() != octets) {
      read = ByteBuffer.wrap(octets);
    }
    return read.limit(at + length).position(at);
  }

  /// A buffer over an array that is written from.
  ByteBuffer written(byte[] octets, int at, int length) {
    if (written.array() != octets) {
      written = ByteBuffer.wrap(octets);
    }
    return written.limit(at + length).position(at);
  }
}
