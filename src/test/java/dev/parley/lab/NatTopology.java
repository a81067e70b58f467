package dev.parley.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An internet on this machine: a network 203.0.113.0/24 for servers, and homes plugged into it,
/// each a client behind a [Nat] of its own. Closing removes all of it.
public final class NatTopology implements AutoCloseable {
  /// The addresses of the servers' namespace.
  public static final List<String> SERVERS = List.of("203.0.113.10", "203.0.113.11");

  /// A client's network and the box between it and the internet.
  public record Home(Namespace client, Namespace box) implements AutoCloseable {
    @Override
    public void close() {
      client.close();
      box.close();
    }
  }

  private final Namespace internet;
  private final List<Home> homes = new ArrayList<>();

  private NatTopology(Namespace internet) {
    this.internet = internet;
  }

  /// Makes the internet, without any home yet. As on a real server there is a default route, which
  /// here leads nowhere: a datagram to a private address leaves and is lost.
  public static NatTopology make() {
    NatTopology made = makeWithoutDefaultRoute();
    made.internet(
        "neigh add 203.0.113.254 lladdr 02:00:00:00:00:fe dev internet nud permanent",
        "route add default via 203.0.113.254");
    return made;
  }

  /// The same where a server has no default route, so that the kernel refuses to send to any other
  /// network (ENETUNREACH).
  public static NatTopology makeWithoutDefaultRoute() {
    var made = new NatTopology(Namespace.make());
    made.internet("link add internet type bridge");
    SERVERS.forEach(address -> made.internet("addr add " + address + "/24 dev internet"));
    made.internet("link set internet up");
    forward(made.internet, false);
    return made;
  }

  /// Where servers run.
  public Namespace internet() {
    return internet;
  }

  /// Plugs in a home.
  public Home home(Nat nat) {
    Home home = new Home(Namespace.make(), Namespace.make());
    homes.add(home);
    int number = homes.size();
    String wan = "203.0.113." + (100 + number);
    String lan = "192.168." + number + ".";
    internet(
        "link add home%d type veth peer name wan netns %s".formatted(number, home.box.name()),
        "link set home%d master internet up".formatted(number));
    in(
        home.box,
        "addr add " + wan + "/24 dev wan",
        "link set wan up",
        "route add default via " + SERVERS.getFirst(),
        "link add lan type veth peer name eth0 netns " + home.client.name(),
        "addr add " + lan + "1/24 dev lan",
        "link set lan up");
    in(
        home.client,
        "addr add " + lan + "2/24 dev eth0",
        "link set eth0 up",
        "route add default via " + lan + "1");
    filter(home.box, nat.rules(wan, lan + "2"));
    forward(home.box, true);
    return home;
  }

  /// Gives a home's box another address in the internet, as a provider does over night. Its
  /// mappings end with the old one.
  ///
  /// @return the new one
  public String readdress(Home home) {
    String wan = "203.0.113." + (200 + homes.indexOf(home));
    in(
        home.box,
        "addr flush dev wan",
        "addr add " + wan + "/24 dev wan",
        "route replace default via " + SERVERS.getFirst());
    return wan;
  }

  private static void filter(Namespace box, String rules) {
    try {
      Path file = Files.writeString(Files.createTempFile("parley-nat", ".nft"), rules);
      try {
        Program.mustRun(box.command("nft", "-f", file.toString()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void forward(Namespace namespace, boolean on) {
    String word = "net.ipv4.ip_forward=" + (on ? 1 : 0);
    Program.mustRun(namespace.command("sysctl", "-qw", word));
  }

  private void internet(String... commands) {
    in(internet, commands);
  }

  private static void in(Namespace namespace, String... commands) {
    for (String command : commands) {
      Program.mustRun(
          Stream.concat(Stream.of("ip", "-n", namespace.name()), Stream.of(command.split(" ")))
              .toList());
    }
  }

  @Override
  public void close() {
    homes.forEach(Home::close);
    internet.close();
  }
}
