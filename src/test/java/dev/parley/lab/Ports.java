package dev.parley.lab;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports for servers that tests start: none is handed out twice by one JVM, and none is of those
/// that Linux gives to clients (32768 to 60999) or that tests relay from (20000 to 29999), so no
/// test that runs beside takes it meanwhile.
public final class Ports {
  private static final int FIRST = 10_000;
  private static final int COUNT = 10_000;

  /// Other JVMs begin elsewhere.
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 997 % COUNT));

  private Ports() {}

  /// A port that nobody has at this moment, for TCP or UDP.
  public static int free() {
    return free(1);
  }

  /// The first of so many in a row that nobody has at this moment.
  public static int free(int inARow) {
    while (true) {
      int offset = Math.floorMod(NEXT.getAndAdd(inARow), COUNT - inARow);
      int port = FIRST + offset;
      int end = port + inARow;
      while (port < end && isFree(port)) {
        port++;
      }
      if (port == end) {
        return FIRST + offset;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var tcp = new ServerSocket(port);
        var udp = new DatagramSocket(new InetSocketAddress(port))) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
