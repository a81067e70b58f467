package dev.parley.boot;

import dev.parley.config.ListenSettings;
import dev.parley.wire.TransportAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The addresses this server binds: those of the settings, else each address this machine has. Not
/// the wildcard: a socket on it answers from the address the kernel likes best, and a client takes
/// an answer only from the address it asked (RFC 8489, section 6.3.1).
record LocalAddresses(List<InetAddress> all) {
  static LocalAddresses of(ListenSettings settings) {
    if (!settings.bind().isEmpty()) {
      return new LocalAddresses(settings.bind());
    }
    try {
      return new LocalAddresses(
          ofMachine().filter(address -> !address.isLinkLocalAddress()).toList());
    } catch (SocketException e) {
      return new LocalAddresses(
          List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::")));
    }
  }

  /// Every address of this machine, without zones, each once, in order of its text.
  static Stream<InetAddress> ofMachine() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .map(LocalAddresses::withoutZone)
        .distinct()
        .sorted(Comparator.comparing(InetAddress::getHostAddress));
  }

  /// The same as the engines have them, ports 0; wildcards left out, since nobody can be told them.
  List<TransportAddress> transportAddresses() {
    return all.stream()
        .filter(address -> !address.isAnyLocalAddress())
        .map(address -> TransportAddress.of(address, 0))
        .toList();
  }

  /// The first two addresses of a family that others can reach, for NAT behaviour discovery; fewer
  /// where there are fewer.
  List<InetAddress> pair(boolean ipv4) {
    return all.stream()
        .filter(address -> address instanceof Inet4Address == ipv4)
        .filter(address -> !address.isLoopbackAddress() && !address.isAnyLocalAddress())
        .limit(2)
        .toList();
  }

  private static InetAddress withoutZone(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError("four or sixteen octets are always an address", e);
    }
  }
}
