package dev.parley.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/// How the TURN server listens and whom it serves; read at the start and again at a reload.
///
/// @param tlsPort TCP port of TLS and UDP port of DTLS, 0: any free one
/// @param certificate PEM chain and key; empty: neither TLS nor DTLS
/// @param relayPorts what relayed transport addresses are made of
/// @param realm realm of clients that no tenant claims
/// @param secrets shared secrets of time-limited credentials, the first makes new ones; empty: the
///   one derived from the master secret, see [#secrets(Secrets, String)]
/// @param ttl how long a time-limited credential lasts where nobody asks for less
/// @param peers who may be a peer
/// @param quotas how much may be used at a time
/// @param proxies CIDR blocks of trusted senders of PROXY protocol v2
/// @param tenants more realms
/// @param oauth the authorization server whose tokens are taken
/// @param alternates where newcomers are sent while this node drains
/// @param alternatePort second STUN port of RFC 5780, 0: none
public record TurnSettings(
    int tlsPort,
    Optional<Certificate> certificate,
    Ports relayPorts,
    String realm,
    List<String> secrets,
    Duration ttl,
    Peers peers,
    Quotas quotas,
    List<String> proxies,
    List<Tenant> tenants,
    OAuth oauth,
    Alternates alternates,
    int alternatePort) {
  /// Whoever has one username and password may try out secrets offline: 128 bits at least, though
  /// fewer than of keys for tokens, since secrets of other products must be taken over.
  public static final int SECRET_OCTETS = 16;

  /// The longest credential: a week. Whoever wants longer wants a TURN user.
  public static final Duration LONGEST = Duration.ofDays(7);

  private static final Duration SHORTEST = Duration.ofMinutes(1);

  public TurnSettings {
    secrets = List.copyOf(secrets);
    proxies = List.copyOf(proxies);
    tenants = List.copyOf(tenants);
    Key.TURN_TLS_PORT.port(tlsPort);
    Key.TURN_ALTERNATE_PORT.port(alternatePort);
    TurnText.realm(Key.TURN_REALM, realm);
    for (String secret : secrets) {
      if (secret.getBytes(StandardCharsets.UTF_8).length < SECRET_OCTETS) {
        throw Key.TURN_SECRET.refused("has a secret shorter than " + SECRET_OCTETS + " octets");
      }
    }
    if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
      throw Key.TURN_TTL.refused("must be 60 to " + LONGEST.toSeconds() + " seconds");
    }
    Set<String> names = new HashSet<>(Set.of(realm));
    for (Tenant tenant : tenants) {
      if (!names.add(tenant.realm())) {
        throw Key.TURN_TENANTS.refused("names a realm twice: " + tenant.realm());
      }
    }
  }

  /// Reads the settings.
  public static TurnSettings read(Config config) {
    return new TurnSettings(
        Key.TURN_TLS_PORT.number(config),
        TurnText.certificate(config),
        TurnText.ports(Key.TURN_RELAY_PORTS, config),
        Key.TURN_REALM.in(config).orElse(Key.TURN_REALM.defaultText()),
        Key.TURN_SECRET.list(config),
        Duration.ofSeconds(Key.TURN_TTL.number(config)),
        new Peers(
            TurnText.blocks(Key.TURN_PEERS_ALLOW, config),
            TurnText.blocks(Key.TURN_PEERS_DENY, config)),
        new Quotas(
            TurnText.quota(Key.TURN_QUOTA_USER, config),
            TurnText.quota(Key.TURN_QUOTA_REALM, config),
            TurnText.quota(Key.TURN_QUOTA_NODE, config),
            TurnText.amount(Key.TURN_BANDWIDTH, Key.TURN_BANDWIDTH.text(config))),
        TurnText.blocks(Key.TURN_PROXIES, config),
        TurnText.tenants(config),
        new OAuth(TurnText.oauthKeys(config), Key.TURN_OAUTH_SERVER.in(config)),
        new Alternates(
            TurnText.transportAddresses(Key.TURN_ALTERNATES, config),
            Key.TURN_ALTERNATE_DOMAIN.in(config)),
        Key.TURN_ALTERNATE_PORT.number(config));
  }

  /// The shared secrets of a realm as they hold: for the first realm those of the settings, else
  /// the derived one, which every node with the same master secret has. A tenant has one made of
  /// each of these, base64url(HMAC-SHA256(secret, "realm:" + name)), so that tenants can be told
  /// theirs and open no relay of another. The first makes new credentials.
  public List<String> secrets(Secrets installation, String of) {
    List<String> shared =
        secrets.isEmpty() ? List.of(installation.deriveText("turn-secret")) : secrets;
    return of.equals(realm)
        ? shared
        : shared.stream().map(secret -> Secrets.deriveText(secret, "realm:" + of)).toList();
  }

  /// These settings with everything that sockets were bound by as another one has it.
  TurnSettings boundAs(TurnSettings bound) {
    return new TurnSettings(
        bound.tlsPort,
        bound.certificate,
        bound.relayPorts,
        realm,
        secrets,
        ttl,
        peers,
        quotas,
        bound.proxies,
        tenants,
        oauth,
        alternates,
        bound.alternatePort);
  }

  /// PEM files of a certificate chain and its private key.
  public record Certificate(Path chain, Path key) {}

  /// A range of ports, both ends included.
  public record Ports(int first, int last) {
    public Ports {
      // Below 1024 only root binds, and another service is likely to be expected there.
      if (first < 1024 || last > 65535 || first > last) {
        throw Key.TURN_RELAY_PORTS.refused("is not a range within 1024-65535");
      }
    }
  }

  /// Who may be a peer.
  ///
  /// @param allow CIDR blocks that may although they are special-purpose or denied
  /// @param deny CIDR blocks that may not besides every special-purpose one
  public record Peers(List<String> allow, List<String> deny) {
    public Peers {
      allow = List.copyOf(allow);
      deny = List.copyOf(deny);
    }
  }

  /// How much may be used at a time; 0 is no limit.
  ///
  /// @param ports relay ports
  /// @param bandwidth octets a second each way
  public record Quota(int allocations, int ports, long bandwidth) {}

  /// All quotas.
  ///
  /// @param bandwidth octets a second one allocation may relay each way, 0: no limit
  public record Quotas(Quota user, Quota realm, Quota node, long bandwidth) {
    public Quotas {
      if (bandwidth == 0
          && (user.bandwidth() > 0 || realm.bandwidth() > 0 || node.bandwidth() > 0)) {
        throw Key.TURN_BANDWIDTH.refused("must be set where a quota limits octets per second");
      }
    }
  }

  /// A realm besides the first.
  ///
  /// @param places literals of local addresses, by which TURN clients are told apart, and names
  ///   that lead there, by which those who join are
  public record Tenant(String realm, List<String> places) {
    public Tenant {
      TurnText.realm(Key.TURN_TENANTS, realm);
      places = List.copyOf(places);
      if (places.isEmpty()) {
        throw Key.TURN_TENANTS.refused("has a realm without a place: " + realm);
      }
    }
  }

  /// A key shared with an authorization server (RFC 7635, section 4.1).
  ///
  /// @param algorithm `A256GCM` or `A128GCM`
  /// @param key in base64
  public record OAuthKey(String kid, String algorithm, String key) {
    /// Nothing secret.
    @Override
    public String toString() {
      return "OAuthKey[" + kid + "]";
    }
  }

  /// The authorization server whose tokens are taken; without keys none is.
  public record OAuth(List<OAuthKey> keys, Optional<String> server) {
    public OAuth {
      keys = List.copyOf(keys);
    }
  }

  /// Where newcomers are sent while this node drains.
  ///
  /// @param addresses `192.0.2.1:3478` or `[2001:db8::1]:3478`
  public record Alternates(List<String> addresses, Optional<String> domain) {
    public Alternates {
      addresses = List.copyOf(addresses);
    }
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "TurnSettings[" + realm + "]";
  }
}
