package dev.parley.config;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/// The settings of Parley, one row each; the table of the README is made from it.
///
/// They are MicroProfile Config: `parley.turn.port` in a file or a system property is
/// `PARLEY_TURN_PORT` in the environment. An empty value counts as not set.
public enum Key {
  DATA_DIR(
      "parley.data.dir",
      "./parley-data",
      "Where the embedded database, the generated secrets and later the recordings live. Set by"
          + " whoever installs: only they know which disk is kept and backed up."),
  SECRET(
      "parley.secret",
      "generated at first start, kept in the data directory",
      "The master secret, at least 32 octets, from which session keys and the secrets of stored API"
          + " keys are derived. Set when several nodes share one database, so that they agree."),
  KEYS(
      "parley.keys",
      "one generated at first start, kept in the data directory",
      "API keys `id:secret[,id:secret]`; access tokens are JWT HS256 whose `iss` is the id. Set by"
          + " whoever already has an application that mints tokens."),
  ADMIN_PASSWORD(
      "parley.admin.password",
      "generated, shown once at first start",
      "Password of the account `admin` that is made when there is no account yet. Set by unattended"
          + " installations that cannot read the console."),
  DS_CLASS(
      "parley.ds.class",
      "org.h2.jdbcx.JdbcDataSource",
      "Class of the data source; `org.postgresql.ds.PGSimpleDataSource` for PostgreSQL. Set by"
          + " whoever runs several nodes or already backs up a PostgreSQL."),
  DS_URL(
      "parley.ds.url",
      "an H2 file in the data directory",
      "JDBC URL of the database; goes with the class."),
  DS_USER("parley.ds.user", "sa", "User of the database; goes with the URL."),
  DS_PASSWORD("parley.ds.password", "empty", "Password of that user; goes with the URL."),
  BIND(
      "parley.bind",
      "every address the machine has at the start",
      "Addresses the UDP and TCP media and TURN listeners bind, comma-separated literals. Set on"
          + " hosts that also have networks not meant for media."),
  ADVERTISE(
      "parley.advertise",
      "the bound or detected addresses",
      "Addresses that clients are told instead of the bound ones, comma-separated literals. Set"
          + " behind 1:1 NAT, as in most clouds: a host cannot see its own public address."),
  TURN_PORT(
      "parley.turn.port",
      "3478",
      "UDP and TCP port of STUN and TURN. Set where the firewall lets only another port through."),
  MEDIA_LOOPS(
      "parley.media.loops",
      "cores",
      "Event loops, one thread each. Set where the machine is shared with something else."),
  ORIGINS(
      "parley.origins",
      "none besides the server's own",
      "Web origins whose pages may connect, comma-separated (`https://app.example.org`), `*` for"
          + " all. Set by whoever embeds Parley in a page served from elsewhere."),
  ROOMS_AUTO_CREATE(
      "parley.rooms.auto-create",
      "true",
      "Whether a token with `roomJoin` opens a room that does not exist. Turned off where rooms are"
          + " made by administrators or by the API only."),
  SIGNAL_RESUME(
      "parley.signal.resume",
      "30",
      "Seconds a participant stays in the room after the socket was lost. Raised where people"
          + " travel through long tunnels, lowered where a stale face disturbs more."),
  SIGNAL_HEARTBEAT(
      "parley.signal.heartbeat",
      "20",
      "Seconds within which a client must send something. Lowered behind proxies that cut idle"
          + " connections sooner."),
  SIGNAL_RATE(
      "parley.signal.rate",
      "50",
      "Messages a second one socket may send, bursts of four seconds allowed. Raised where an"
          + " application sends data of its own through signaling."),
  DEV(
      "parley.dev",
      "false",
      "Loopback candidates and relaxed rules for loopback peers, once there are TURN and the SFU;"
          + " nothing heeds it yet. Set by developers only; never on by itself.");

  private final String key;
  private final String defaultText;
  private final String meaning;

  Key(String key, String defaultText, String meaning) {
    this.key = key;
    this.defaultText = defaultText;
    this.meaning = meaning;
  }

  /// The name as it stands in a file.
  public String key() {
    return key;
  }

  /// The default as people read it; the value where it is one.
  public String defaultText() {
    return defaultText;
  }

  /// What it is, who sets it, and why it cannot be guessed.
  public String meaning() {
    return meaning;
  }

  /// The value, where one is set.
  Optional<String> in(Config config) {
    return config.getOptionalValue(key, String.class).map(String::strip).filter(s -> !s.isEmpty());
  }

  /// The value as a whole number, the default where none is set.
  int number(Config config) {
    String text = in(config).orElse(defaultText);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refused("is not a whole number: " + text);
    }
  }

  /// The value as true or false, the default where none is set.
  boolean flag(Config config) {
    String text = in(config).orElse(defaultText);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused("is neither true nor false: " + text);
    };
  }

  /// The refusal to start with what this key says.
  IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(key + " " + why);
  }
}
