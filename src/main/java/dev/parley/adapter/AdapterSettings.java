package dev.parley.adapter;

import java.time.Duration;

/// How the adapter runs.
///
/// @param loops threads, each with its own sockets; the number of cores
/// @param io which twin serves the sockets
/// @param mailbox commands that may wait for one loop
/// @param socketBufferOctets asked of the system per UDP socket and direction; a burst of video
///   must fit while the loop is busy elsewhere. 0 leaves the system's default
/// @param stopWithin how long a loop may take to end
public record AdapterSettings(
    int loops,
    Preference io,
    int mailbox,
    int socketBufferOctets,
    StreamLimits streams,
    Duration stopWithin) {

  /// Which twin serves the sockets.
  public enum Preference {
    /// System calls where the self-test passes, else `java.nio`.
    AUTOMATIC,
    /// Always `java.nio`.
    NIO
  }

  public AdapterSettings {
    if (loops < 1 || mailbox < 1 || socketBufferOctets < 0) {
      throw new IllegalArgumentException("loops and mailbox must be positive");
    }
  }

  public static AdapterSettings defaults() {
    return new AdapterSettings(
        Runtime.getRuntime().availableProcessors(),
        Preference.AUTOMATIC,
        1024,
        4 * 1024 * 1024,
        StreamLimits.defaults(),
        Duration.ofSeconds(5));
  }

  public AdapterSettings loops(int number) {
    return new AdapterSettings(number, io, mailbox, socketBufferOctets, streams, stopWithin);
  }

  public AdapterSettings io(Preference other) {
    return new AdapterSettings(loops, other, mailbox, socketBufferOctets, streams, stopWithin);
  }

  public AdapterSettings streams(StreamLimits limits) {
    return new AdapterSettings(loops, io, mailbox, socketBufferOctets, limits, stopWithin);
  }
}
