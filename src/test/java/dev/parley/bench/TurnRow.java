package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;

/// The rows of the TURN benchmark: what the load is.
enum TurnRow {
  TEN_160("10 clients, 160 B", 10, 160, 5, Way.PAIRS),
  HUNDRED_160("100 clients, 160 B", 100, 160, 20, Way.PAIRS),
  HUNDRED_1200("100 clients, 1200 B", 100, 1200, 20, Way.PAIRS),
  SATURATING_160("saturating, 160 B", 100, 160, 1, Way.PAIRS),
  SATURATING_1200("saturating, 1200 B", 100, 1200, 1, Way.PAIRS),
  PEER("via turnutils_peer, 100 x 160 B", 100, 160, 20, Way.PEER),
  ONE_PORT("50 clients to one peer port, 1200 B", 50, 1200, 5, Way.PEER),
  TCP("TCP client, 100 x 160 B", 100, 160, 20, Way.PAIRS, "-t"),
  TLS("TLS client, 100 x 160 B", 100, 160, 20, Way.PAIRS, "-S", "-t"),
  CYCLES("Allocate 401 + Allocate + Refresh 0, 50 in flight", 0, 0, 0, Way.CYCLES);

  /// Where messages go.
  enum Way {
    /// From client to client, relay to relay.
    PAIRS,
    /// To a program that sends them back.
    PEER,
    /// No messages, allocations.
    CYCLES
  }

  /// The port of `turnutils_peer`.
  static final int PEER_PORT = 3480;

  final String words;
  final Way way;
  private final int clients;
  private final int octets;
  private final int interval;
  private final List<String> more;

  TurnRow(String words, int clients, int octets, int interval, Way way, String... more) {
    this.words = words;
    this.clients = clients;
    this.octets = octets;
    this.interval = interval;
    this.way = way;
    this.more = List.of(more);
  }

  /// Whether it is relaying over UDP and no more.
  boolean plain() {
    return way != Way.CYCLES && more.isEmpty();
  }

  /// Packets that the server sends for each message that a client received: out of the relayed
  /// address, and to the client.
  int hops() {
    return way == Way.CYCLES ? 1 : 2;
  }

  /// The same load, as fast as the client makes it.
  List<String> pressing(int seconds) {
    return arguments(seconds, 2);
  }

  /// Arguments of `turnutils_uclient` for a load of about so many seconds.
  List<String> arguments(int seconds) {
    return arguments(seconds, interval);
  }

  private List<String> arguments(int seconds, int every) {
    var arguments = new ArrayList<String>(more);
    arguments.addAll(
        way == Way.PEER ? List.of("-e", "127.0.0.1", "-r", "" + PEER_PORT) : List.of("-y"));
    int messages = Math.max(20, seconds * 1000 / every);
    arguments.addAll(List.of("-c", "-m", "" + clients, "-n", "" + messages));
    arguments.addAll(List.of("-l", "" + octets, "-z", "" + every, "127.0.0.1"));
    return arguments;
  }
}
