package dev.parley.config;

import java.net.InetAddress;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/// Where media and TURN listen and what clients are told about it.
///
/// @param bind addresses to bind; empty: the wildcard addresses of IPv4 and IPv6
/// @param advertise addresses clients are told; empty: the bound or detected ones
/// @param turnPort UDP and TCP port of STUN and TURN, 0: any free one
/// @param mediaPort UDP and TCP port of the first loop's media, loop n has port + n; 0: any free
///   ones
/// @param loops event loops, at least 1
/// @param dev whether loopback is served as if it were a network
public record ListenSettings(
    List<InetAddress> bind,
    List<InetAddress> advertise,
    int turnPort,
    int mediaPort,
    int loops,
    boolean dev) {
  public ListenSettings {
    bind = List.copyOf(bind);
    advertise = List.copyOf(advertise);
    if (turnPort < 0 || turnPort > 65535) {
      throw Key.TURN_PORT.refused("is not a port: " + turnPort);
    }
    if (loops < 1 || loops > 1024) {
      throw Key.MEDIA_LOOPS.refused("must be 1 to 1024: " + loops);
    }
    if (mediaPort < 0 || mediaPort + loops - 1 > 65535) {
      throw Key.MEDIA_PORT.refused("leaves no port for every loop: " + mediaPort);
    }
    if (advertise.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
      throw Key.ADVERTISE.refused("must not be a wildcard address: nobody can send there");
    }
  }

  public static ListenSettings read(Config config) {
    return new ListenSettings(
        addresses(Key.BIND, config),
        addresses(Key.ADVERTISE, config),
        Key.TURN_PORT.number(config),
        Key.MEDIA_PORT.number(config),
        Key.MEDIA_LOOPS.in(config).isPresent()
            ? Key.MEDIA_LOOPS.number(config)
            : Runtime.getRuntime().availableProcessors(),
        Key.DEV.flag(config));
  }

  /// Literals only: a name would make the start depend on a name server.
  private static List<InetAddress> addresses(Key key, Config config) {
    return key.list(config).stream().map(s -> address(key, s)).toList();
  }

  private static InetAddress address(Key key, String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw key.refused("is not an IP address: " + literal);
    }
  }
}
