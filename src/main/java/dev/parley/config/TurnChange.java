package dev.parley.config;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// One TURN setting as a reload compares it: a row each.
enum TurnChange {
  TLS_PORT(Key.TURN_TLS_PORT, true, TurnSettings::tlsPort),
  CERTIFICATE(Key.TURN_TLS_CERT, true, TurnSettings::certificate),
  RELAY_PORTS(Key.TURN_RELAY_PORTS, true, TurnSettings::relayPorts),
  PROXIES(Key.TURN_PROXIES, true, TurnSettings::proxies),
  ALTERNATE_PORT(Key.TURN_ALTERNATE_PORT, true, TurnSettings::alternatePort),
  REALM(Key.TURN_REALM, false, TurnSettings::realm),
  SECRET(Key.TURN_SECRET, false, TurnSettings::secrets),
  TTL(Key.TURN_TTL, false, TurnSettings::ttl),
  ALLOW(Key.TURN_PEERS_ALLOW, false, s -> s.peers().allow()),
  DENY(Key.TURN_PEERS_DENY, false, s -> s.peers().deny()),
  QUOTA_USER(Key.TURN_QUOTA_USER, false, s -> s.quotas().user()),
  QUOTA_REALM(Key.TURN_QUOTA_REALM, false, s -> s.quotas().realm()),
  QUOTA_NODE(Key.TURN_QUOTA_NODE, false, s -> s.quotas().node()),
  BANDWIDTH(Key.TURN_BANDWIDTH, false, s -> s.quotas().bandwidth()),
  TENANTS(Key.TURN_TENANTS, false, TurnSettings::tenants),
  OAUTH_KEYS(Key.TURN_OAUTH_KEYS, false, s -> s.oauth().keys()),
  OAUTH_SERVER(Key.TURN_OAUTH_SERVER, false, s -> s.oauth().server()),
  ALTERNATES(Key.TURN_ALTERNATES, false, s -> s.alternates().addresses()),
  ALTERNATE_DOMAIN(Key.TURN_ALTERNATE_DOMAIN, false, s -> s.alternates().domain());

  private final Key key;
  private final boolean restart;
  private final Function<TurnSettings, Object> value;

  TurnChange(Key key, boolean restart, Function<TurnSettings, Object> value) {
    this.key = key;
    this.restart = restart;
    this.value = value;
  }

  Key key() {
    return key;
  }

  /// Whether sockets were bound by it, so that it holds only after a restart.
  boolean restart() {
    return restart;
  }

  /// What differs.
  static List<TurnChange> between(TurnSettings before, TurnSettings after) {
    return Stream.of(values())
        .filter(row -> !Objects.equals(row.value.apply(before), row.value.apply(after)))
        .toList();
  }
}
