package dev.parley.adapter.io;

import java.net.BindException;
import java.net.InetAddress;

/// Where a socket is to be bound and whom it shares its port with.
///
/// @param port 0 lets the system choose
/// @param bufferOctets asked of the system for each direction of a UDP socket; 0 leaves its default
public record Bind(InetAddress address, int port, Sharing sharing, int bufferOctets) {

  /// How a port is shared among the loops of this process, and never with another process.
  public enum Sharing {
    /// The port belongs to this socket.
    ALONE,
    /// The first of several sockets; before it joins SO_REUSEPORT it makes sure that the port is
    /// free, because SO_REUSEPORT alone would silently share it with a second server of the user.
    FIRST,
    /// One more socket on the port of the first.
    FURTHER
  }

  /// Whether a bind has failed because somebody else has the port. Both twins throw the JDK's
  /// exception with the system's words; it also stands for an address that this host has not.
  public static boolean taken(Exception failure) {
    return failure instanceof BindException
        && failure.getMessage() != null
        && failure.getMessage().contains("in use");
  }

  /// The same, shared in another way.
  public Bind sharing(Sharing other) {
    return new Bind(address, port, other, bufferOctets);
  }
}
