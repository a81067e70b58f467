package dev.parley.adapter;

import dev.parley.adapter.io.StreamSocket;

/// Takes a stream out of its framing, to carry octets that mean nothing to this server (RFC 6062,
/// section 5.4).
public interface StreamTaker {
  /// The stream is the taker's; all that was transmitted on it has been written.
  ///
  /// @param octets what has arrived behind the last frame; valid during the call only
  void taken(StreamSocket socket, byte[] octets, int at, int length);

  /// The stream has ended, before or after it was taken; also where its taker closed it.
  void lost();
}
