package dev.parley.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// An internet of network namespaces with two clients, each behind a NAT, built by
/// `src/test/nat/nat-topology.sh`; closing takes it down.
public final class NatTopology implements AutoCloseable {
  /// The servers' addresses.
  public static final List<String> SERVERS = List.of("203.0.113.10", "203.0.113.11");

  private static final String SCRIPT =
      Path.of("src", "test", "nat", "nat-topology.sh").toAbsolutePath().toString();

  /// How a NAT treats UDP; the script says what each means.
  public enum Kind {
    FULLCONE,
    ADDRRES,
    PORTRES,
    SYMMETRIC,
    UDPBLOCK;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final String prefix;
  private final Thread hook = new Thread(this::down);

  private NatTopology(String prefix) {
    this.prefix = prefix;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Builds one. The test is left out, loudly, where this process may not.
  public static NatTopology up(Kind first, Kind second) {
    Namespace.make().close(); // says whether this process may
    var topology = new NatTopology(Namespace.unique());
    Program.Outcome built =
        Program.run(
            Duration.ofSeconds(30),
            List.of("bash", SCRIPT, topology.prefix, "up", first.word(), second.word()));
    if (built.status() != 0) {
      topology.close();
      return Foreign.absent("way to build NATs here: " + built.said(), Namespace.GROUP);
    }
    return topology;
  }

  /// Where the servers are.
  public Namespace internet() {
    return Namespace.named(prefix + "-pub");
  }

  /// Where the first client is.
  public Namespace first() {
    return Namespace.named(prefix + "-cliA");
  }

  /// Where the second client is.
  public Namespace second() {
    return Namespace.named(prefix + "-cliB");
  }

  /// Takes the servers' route to the rest of the world away: sending to a client's private address
  /// fails from now on.
  public void removeDefaultRoute() {
    Program.mustRun(List.of("ip", "-n", internet().name(), "route", "del", "default"));
  }

  @Override
  public void close() {
    down();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the shutdown itself is what closes us
    }
  }

  private void down() {
    Program.run(Duration.ofSeconds(30), List.of("bash", SCRIPT, prefix, "down"));
  }
}
