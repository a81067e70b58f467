package dev.parley.boot;

import dev.parley.config.ListenSettings;
import dev.parley.config.SignalSettings;
import dev.parley.signal.IceServer;
import dev.parley.signal.IceServers;
import dev.parley.signal.Limits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;

/// Gives components what only boot can make, since it alone sees settings and both halves.
@ApplicationScoped
class Wiring {
  @Produces
  @Singleton
  Limits limits(SignalSettings settings) {
    return Limits.DEFAULTS
        .resume(settings.resume())
        .heartbeat(settings.heartbeat())
        .messagesPerSecond(settings.rate());
  }

  /// Clients are told the advertised addresses, else the very name by which they reached this
  /// server.
  @Produces
  @Singleton
  IceServers iceServers(ListenSettings settings) {
    return host -> {
      List<String> hosts =
          settings.advertise().isEmpty()
              ? host == null ? List.of() : List.of(host)
              : settings.advertise().stream().map(Wiring::literal).toList();
      if (hosts.isEmpty()) {
        return List.of();
      }
      String port = settings.turnPort() == 3478 ? "" : ":" + settings.turnPort();
      return List.of(
          new IceServer(hosts.stream().map(name -> "stun:" + name + port).toList(), null, null));
    };
  }

  /// RFC 7064 takes an IPv6 literal in brackets.
  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }
}
