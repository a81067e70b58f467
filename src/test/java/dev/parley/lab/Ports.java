package dev.parley.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports for servers that tests start.
public final class Ports {
  private Ports() {}

  /// The first of so many TCP ports in a row of the loopback that nobody has at this moment.
  public static int free(int inARow) {
    while (true) {
      int first = free();
      int port = first + 1;
      while (port < first + inARow && isFree(port)) {
        port++;
      }
      if (port == first + inARow) {
        return first;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException | IllegalArgumentException taken) {
      return false;
    }
  }

  /// A TCP port of the loopback that nobody has at this moment.
  public static int free() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
