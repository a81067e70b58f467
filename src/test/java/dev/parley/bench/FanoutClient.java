package dev.parley.bench;

import java.io.IOException;

/// The receivers and the source, connected to one kind of server. Confined to one thread, except
/// for the source.
interface FanoutClient {
  /// Connects all; comes back when the source's packets would arrive everywhere.
  void connect() throws IOException;

  int receivers();

  FanoutSource source();

  /// Serves the sockets, waiting at most so long for something to happen.
  void turn(long millis) throws IOException;

  /// What all receivers have got since they were connected; nothing `sent` or `lost` yet.
  FanoutLoad.Outcome counts() throws IOException;
}
