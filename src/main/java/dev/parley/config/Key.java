package dev.parley.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
  TURN_TLS_PORT(
      "parley.turn.tls.port",
      "5349",
      "TCP port of TURN over TLS and UDP port of TURN over DTLS. Set to 443 where clients sit"
          + " behind firewalls that let nothing else out."),
  TURN_TLS_CERT(
      "parley.turn.tls.cert",
      "none: neither TLS nor DTLS",
      "PEM file with the certificate chain of the TURN server. Set by whoever has a certificate for"
          + " the name clients use; it is read again when the file changes."),
  TURN_TLS_KEY(
      "parley.turn.tls.key",
      "none",
      "PEM file with the private key (PKCS #8) of that certificate; goes with it."),
  TURN_RELAY_PORTS(
      "parley.turn.relay.ports",
      "49152-65535",
      "UDP and TCP ports relayed transport addresses are made of. Set where the firewall opens"
          + " another range, or where other programs of the host need some of these."),
  TURN_REALM(
      "parley.turn.realm",
      "parley",
      "Realm of clients that no tenant claims. Set to the company's domain by whoever has TURN"
          + " users made elsewhere: the realm is part of their keys."),
  TURN_SECRET(
      "parley.turn.secret",
      "derived from the master secret",
      "Shared secrets of time-limited TURN credentials, comma-separated, at least 16 octets each;"
          + " new ones are made with the first, all are taken. Set where another application mints"
          + " credentials, and while a secret is changed."),
  TURN_TTL(
      "parley.turn.ttl",
      "43200",
      "Seconds a time-limited TURN credential lasts, a login's twelve hours: a meeting keeps its"
          + " relay all day, a stolen credential is worthless tomorrow. Lowered by whoever fears"
          + " theft more than interrupted calls."),
  TURN_PEERS_ALLOW(
      "parley.turn.peers.allow",
      "none",
      "Blocks of addresses (CIDR, comma-separated) that may be peers although they are private or"
          + " denied. Set where those who call sit in a company network: only its administrator"
          + " knows what else is in there."),
  TURN_PEERS_DENY(
      "parley.turn.peers.deny",
      "none besides every special-purpose block of IANA",
      "Blocks of addresses that may not be peers. Set where public addresses of one's own must not"
          + " be reached from inside."),
  TURN_QUOTA_USER(
      "parley.turn.quota.user",
      "50",
      "What one TURN user may use at a time, `allocations[/ports[/octets per second]]`, 0 for no"
          + " limit. Raised for a user that is a server, or behind many participants of one name."),
  TURN_QUOTA_REALM(
      "parley.turn.quota.realm",
      "0",
      "What all users of one realm may use at a time, likewise. Set where tenants share a node and"
          + " one must not take it whole."),
  TURN_QUOTA_NODE(
      "parley.turn.quota.node",
      "0",
      "What all realms of this node may use at a time, likewise. Set where the machine's network is"
          + " paid for or shared."),
  TURN_BANDWIDTH(
      "parley.turn.bandwidth",
      "0",
      "Octets a second one allocation may relay each way, reserved from the quotas; 0 for no limit."
          + " Set together with quotas of octets per second."),
  TURN_PROXIES(
      "parley.turn.proxies",
      "none",
      "Blocks of addresses whose TCP connections begin with a PROXY protocol header (version 2)."
          + " Set behind a load balancer that sends one; trusted blindly, so never by itself."),
  TURN_TENANTS(
      "parley.turn.tenants",
      "none",
      "More realms, `realm=place[,realm=place]`; a place is a local address or a host name of it,"
          + " several are separated by a vertical bar. Set by whoever serves several companies,"
          + " each at an address or name of its own."),
  TURN_OAUTH_KEYS(
      "parley.turn.oauth.keys",
      "none",
      "Keys shared with authorization servers (RFC 7635), `kid:algorithm:base64`, comma-separated;"
          + " algorithms are A256GCM and A128GCM. Set where tokens of such a server open TURN."),
  TURN_OAUTH_SERVER(
      "parley.turn.oauth.server",
      "none",
      "Name of the authorization server that clients without a token are told; goes with its"
          + " keys."),
  TURN_ALTERNATES(
      "parley.turn.alternates",
      "none",
      "Transport addresses of other TURN servers, comma-separated, offered to newcomers while this"
          + " node drains. Set where there is more than one node."),
  TURN_ALTERNATE_DOMAIN(
      "parley.turn.alternate.domain",
      "none",
      "The name in those servers' certificates; goes with them where clients use TLS."),
  TURN_ALTERNATE_PORT(
      "parley.turn.alternate.port",
      "3479",
      "Second UDP port of STUN, from which a client learns how its NAT behaves (RFC 5780), 0"
          + " for none. Set where another program has that port."),
  MEDIA_PORT(
      "parley.media.port",
      "7882",
      "UDP and TCP port of the media of the first event loop; loop n has this port + n. Set where"
          + " the firewall opens other ports, or another program has these."),
  MEDIA_LOOPS(
      "parley.media.loops",
      "cores",
      "Event loops, one thread each. Set where the machine is shared with something else."),
  MEDIA_SPREAD(
      "parley.media.spread",
      "64",
      "PeerConnections of one room on one event loop before others take more of them: below that,"
          + " one core carries a room without the cost of passing tracks on, and an ordinary"
          + " meeting stays on one. Lowered where few large rooms are to use all cores early."),
  MEDIA_LAST_N(
      "parley.media.last-n",
      "25",
      "Cameras at a time to a participant whose client does not say which it shows: of those who"
          + " spoke last; 0 for all. Lowered where such clients are weak, or many in large rooms."),
  MEDIA_AUDIO_N(
      "parley.media.audio-n",
      "8",
      "Microphones of one room that are heard at a time: the loudest; 0 for all. Raised where a"
          + " choir sings."),
  MEDIA_LEAST_BITRATE(
      "parley.media.least-bitrate",
      "50000",
      "Bits a second that the way to every client is taken to carry, whatever its feedback says:"
          + " nobody gets smaller pictures or none for less. Raised where all clients are on one"
          + " good network."),
  MEDIA_LIMIT_PARTICIPANT(
      "parley.media.limit.participant",
      "8/48/12000000/392",
      "What one participant may use at a time: tracks published, streams sent (layers and"
          + " retransmissions are streams too), bits a second sent (0 for no limit), tracks"
          + " received. Raised for gateways that publish for many."),
  MEDIA_LIMIT_ROOM(
      "parley.media.limit.room",
      "2000/1000",
      "What one room may have at a time: PeerConnections, tracks. Lowered where one meeting must"
          + " not take a shared node whole."),
  MEDIA_LIMIT_DATA(
      "parley.media.limit.data",
      "64/12500000/2000/62500000",
      "What data channels may carry at a time: channels of one participant, octets and messages a"
          + " second from one, octets a second to one room from each event loop; whoever sends more"
          + " waits. Raised where applications move large files, lowered where the line is"
          + " narrow."),
  ORIGINS(
      "parley.origins",
      "none besides the server's own",
      "Web origins whose pages may connect, comma-separated (`https://app.example.org`), `*` for"
          + " all. Set by whoever embeds Parley in a page served from elsewhere."),
  ROOMS_AUTO_CREATE(
      "parley.rooms.auto-create",
      "true",
      "Whether a token with `roomJoin` opens a room that does not exist; one with `roomCreate` too"
          + " does in any case. Turned off where rooms are made by administrators or by the API"
          + " only."),
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
  WEBHOOK_URLS(
      "parley.webhook.urls",
      "none",
      "URLs that are told of rooms, participants and tracks (webhooks in LiveKit's format),"
          + " comma-separated, http or https. Set by whoever has an application that wants to"
          + " know."),
  WEBHOOK_KEY(
      "parley.webhook.key",
      "the only one of `parley.keys`",
      "Id of the API key that signs those requests. Set where there are several keys: only you know"
          + " which one the receiver has."),
  WEBHOOK_PATIENCE(
      "parley.webhook.patience",
      "24",
      "Hours an event is tried before it becomes a dead letter, and with it how long its room's"
          + " later events may wait. Lowered where a late event is worth nothing."),
  WEBHOOK_KEEP(
      "parley.webhook.keep",
      "72",
      "Hours an event is kept in the database after everybody has it. Raised where its course is"
          + " looked into later."),
  DEV(
      "parley.dev",
      "false",
      "Whether TURN relays to loopback addresses, as calls on one machine need. Set by developers"
          + " only; never on by itself.");

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

  /// The value, the default where none is set.
  String text(Config config) {
    return in(config).orElse(defaultText);
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

  /// The parts of a comma-separated value, none where it is not set.
  List<String> list(Config config) {
    return in(config).stream()
        .flatMap(text -> Stream.of(text.split(",")))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
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

  /// Goes on where a number is a port, or 0.
  void port(int port) {
    if (port < 0 || port > 65535) {
      throw refused("is not a port: " + port);
    }
  }

  /// The refusal to start with what this key says.
  IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(key + " " + why);
  }
}
