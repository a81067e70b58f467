package dev.parley.boot;

import dev.parley.config.ListenSettings;
import dev.parley.config.TurnSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// Where clients are told to find STUN and TURN (RFC 7064, RFC 7065): at the advertised addresses,
/// else at the very name by which they reached this server.
record ServerUris(ListenSettings listen, TurnSettings turn) {
  private static final int PORT = 3478;
  private static final int TLS_PORT = 5349;

  /// `stun:` for every host.
  ///
  /// @param host the name the client used, IPv6 literals in brackets; or null
  List<String> stun(String host) {
    return hosts(host).stream().map(name -> "stun:" + name + port()).toList();
  }

  /// `turn:` over UDP and TCP for every host, then `turns:` over TCP where there is a certificate:
  /// in the order in which they cost a client least.
  List<String> turn(String host) {
    var uris = new ArrayList<String>();
    for (String transport : List.of("udp", "tcp")) {
      hosts(host).forEach(name -> uris.add("turn:" + name + port() + "?transport=" + transport));
    }
    if (turn.certificate().isPresent()) {
      // A certificate is for a name, so the name goes before an advertised address.
      String port = turn.tlsPort() == TLS_PORT ? "" : ":" + turn.tlsPort();
      (named(host) ? List.of(host) : hosts(host))
          .forEach(name -> uris.add("turns:" + name + port + "?transport=tcp"));
    }
    return uris;
  }

  private String port() {
    return listen.turnPort() == PORT ? "" : ":" + listen.turnPort();
  }

  private List<String> hosts(String host) {
    if (!listen.advertise().isEmpty()) {
      return listen.advertise().stream().map(ServerUris::literal).toList();
    }
    return host == null ? List.of() : List.of(host);
  }

  private static boolean named(String host) {
    return host != null && !host.startsWith("[") && !host.matches("[0-9.]+");
  }

  /// RFC 7064 takes an IPv6 literal in brackets.
  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }
}
