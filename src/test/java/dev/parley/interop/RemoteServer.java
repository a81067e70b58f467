package dev.parley.interop;

import dev.parley.lab.Namespace;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.Porthole;
import dev.parley.lab.TurnHost;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// A server in a network of its own, which browsers in theirs reach by its address and the test by
/// a porthole.
final class RemoteServer implements AutoCloseable {
  private static final String PASSWORD = "the-password-of-the-tests";

  private final ParleyTurn server;
  private final Porthole porthole;
  private final Housekeeper housekeeper;
  private final URI http;

  private RemoteServer(ParleyTurn server, Porthole porthole, String address) {
    this.server = server;
    this.porthole = porthole;
    URI here = URI.create("http://127.0.0.1:" + porthole.port() + "/");
    this.housekeeper = new Housekeeper(here, () -> PASSWORD, server::said);
    this.http = URI.create("http://" + address + ":" + server.httpPort() + "/");
  }

  /// Starts it and waits until it serves pages.
  ///
  /// @param addresses its own there; pages name the first
  /// @param settings as of [ParleyTurn#start]
  static RemoteServer start(Namespace where, List<String> addresses, String... settings) {
    var all = new ArrayList<>(List.of(settings));
    all.add("parley.admin.password=" + PASSWORD);
    var server =
        ParleyTurn.start(TurnHost.Setup.in(where, addresses, null), all.toArray(String[]::new));
    var started =
        new RemoteServer(server, Porthole.to(where, server.httpPort()), addresses.getFirst());
    try {
      started.housekeeper.awaitOpening();
    } catch (IllegalStateException e) {
      started.close();
      throw e;
    }
    return started;
  }

  Housekeeper housekeeper() {
    return housekeeper;
  }

  /// Its base address in its network, with a slash at its end.
  URI http() {
    return http;
  }

  @Override
  public void close() {
    porthole.close();
    server.close();
  }
}
