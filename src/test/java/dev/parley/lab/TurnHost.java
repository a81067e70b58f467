package dev.parley.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A TURN server in a process of its own that tests talk to: Parley, or coturn to compare with.
public interface TurnHost extends AutoCloseable {
  /// The secret of time-limited credentials.
  String SECRET = "turn-secret-of-the-tests-0123456789";

  String REALM = "parley";

  /// What a server is asked to do.
  ///
  /// @param where the network it runs in
  /// @param addresses what it listens on and relays from; the first two answer for RFC 5780
  /// @param port UDP and TCP
  /// @param tlsPort TLS and DTLS
  /// @param alternatePort the second port of RFC 5780
  /// @param pem none leaves TLS and DTLS out
  record Setup(
      Namespace where,
      List<String> addresses,
      int port,
      int tlsPort,
      int alternatePort,
      Optional<Pem> pem) {
    /// The well-known ports in a network of the server's own.
    public static Setup in(Namespace where, List<String> addresses, Pem pem) {
      return new Setup(where, addresses, 3478, 5349, 3479, Optional.ofNullable(pem));
    }

    /// The loopback of this machine, on ports that are free.
    public static Setup onLoopback(Pem pem) {
      return new Setup(
          Namespace.here(),
          List.of("127.0.0.1", "::1"),
          Ports.free(),
          Ports.free(),
          Ports.free(),
          Optional.ofNullable(pem));
    }
  }

  Setup setup();

  /// The process whose CPU time and memory are the server's.
  long pid();

  /// What a client shows to it.
  TurnCredential credential();

  /// What it said on its console.
  String said();

  @Override
  void close();

  /// The server that the tests are about: Parley, unless the system property `parley.tests.turn` is
  /// `coturn`, which proves the tests themselves.
  static TurnHost start(Setup setup, String... parleySettings) {
    if (aboutCoturn()) {
      return Coturn.start(setup);
    }
    var settings = new ArrayList<>(List.of(parleySettings));
    settings.add(ParleyTurn.QUICK_START);
    return ParleyTurn.start(setup, settings.toArray(String[]::new));
  }

  /// Whether the tests run against coturn.
  static boolean aboutCoturn() {
    return "coturn".equals(System.getProperty("parley.tests.turn"));
  }
}
