package dev.parley.adapter;

import dev.parley.wire.Transport;
import java.net.InetAddress;

/// One address a service listens on.
///
/// @param name for diagnostics
/// @param transport UDP or TCP
/// @param bind `0.0.0.0` and `::` are two listeners
/// @param port 0 lets the system choose
/// @param perLoopReusePort true: every loop has a socket on this one port and the kernel spreads
///   the clients (SO_REUSEPORT). False: loop n has the port + n for itself
public record Listener(
    String name, Transport transport, InetAddress bind, int port, boolean perLoopReusePort) {
  public Listener {
    if (transport != Transport.UDP && transport != Transport.TCP) {
      throw new IllegalArgumentException("no listener for " + transport + " yet");
    }
  }
}
