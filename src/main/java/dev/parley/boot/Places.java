package dev.parley.boot;

import dev.parley.media.MediaEvent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Where this server is, as far as it can tell: its listeners, its machine's addresses, the ports
/// of its host.
record Places(List<MediaEvent.ListenerUp> up) {
  Places {
    up = List.copyOf(up);
  }

  static Places of(List<MediaEvent> listeners) {
    return new Places(
        listeners.stream()
            .filter(MediaEvent.ListenerUp.class::isInstance)
            .map(MediaEvent.ListenerUp.class::cast)
            .toList());
  }

  /// Every address of this machine.
  List<InetAddress> own() {
    try {
      return LocalAddresses.ofMachine().toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  /// Ports that listen: those of the loops, and of HTTP as soon as the host tells them.
  Set<Integer> ports() {
    var ports = new TreeSet<Integer>();
    up.forEach(listener -> ports.add(listener.port()));
    try {
      ServingHost.httpPorts()
          .orElse(List.of())
          .forEach(port -> ports.add(((Number) port).intValue()));
    } catch (ReflectiveOperationException e) {
      // Another server than Payara Micro tells nobody.
    }
    return ports;
  }

  /// The UDP listeners that can be reached from this machine, IPv4 first.
  List<InetSocketAddress> udpListeners() {
    return up.stream()
        .filter(listener -> listener.transport().equals("udp"))
        .map(listener -> reachable(listener.host(), listener.port()))
        .distinct()
        .sorted(
            Comparator.comparing(
                (InetSocketAddress place) -> !(place.getAddress() instanceof Inet4Address)))
        .toList();
  }

  private static InetSocketAddress reachable(String host, int port) {
    InetAddress address = InetAddress.ofLiteral(host);
    boolean any = address.isAnyLocalAddress();
    return new InetSocketAddress(
        any
            ? InetAddress.ofLiteral(address instanceof Inet4Address ? "127.0.0.1" : "::1")
            : address,
        port);
  }
}
