package dev.parley.adapter;

/// Finds where a message ends in a stream.
@FunctionalInterface
public interface Framer {
  /// The largest frame that is waited for: a message with a 16-bit length, its header and padding.
  int MAXIMUM = 0xffff + 64;

  int MORE = 0;
  int GARBAGE = -1;

  /// The length in octets of the frame that begins at `at`, complete or not, padding included;
  /// [#MORE] while too few octets tell; [#GARBAGE] where this is not the protocol, which closes the
  /// connection.
  ///
  /// @param available octets that are there, at least one
  int frameLength(byte[] octets, int at, int available);
}
