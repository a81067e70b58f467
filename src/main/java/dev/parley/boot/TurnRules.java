package dev.parley.boot;

import dev.parley.config.DatabaseSettings;
import dev.parley.config.ListenSettings;
import dev.parley.config.Secrets;
import dev.parley.config.TurnSettings;
import dev.parley.media.TurnOAuthKey;
import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnQuota;
import dev.parley.media.TurnRealm;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Makes the rules of the TURN server from the settings.
///
/// @param own addresses this machine has or is known by; its listeners there are never peers
record TurnRules(
    ListenSettings listen,
    DatabaseSettings database,
    Secrets secrets,
    Collection<InetAddress> own) {
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

  /// PostgreSQL's where the URL names none.
  private static final int DATABASE_PORT = 5432;

  /// The rules.
  ///
  /// @param accepting whether new allocations are made
  /// @param ports of listeners besides those the settings name: HTTP, or what the kernel chose
  /// @param media where own media is, bound or advertised
  TurnPolicy policy(
      TurnSettings settings,
      boolean accepting,
      Collection<Integer> ports,
      Collection<TransportAddress> media) {
    TurnSettings.Quotas quotas = settings.quotas();
    return new TurnPolicy(
        realms(settings),
        allowed(settings),
        settings.peers().deny(),
        guarded(settings, ports),
        media(media),
        quota(quotas.node()),
        quotas.bandwidth(),
        accepting,
        settings.alternates().addresses(),
        settings.alternates().domain().orElse(null));
  }

  private List<String> allowed(TurnSettings settings) {
    List<String> allow = settings.peers().allow();
    return listen.dev() ? Stream.concat(allow.stream(), LOOPBACK.stream()).toList() : allow;
  }

  /// Own media that clients are told of: that of the loopback is for machines of developers.
  private List<String> media(Collection<TransportAddress> media) {
    return media.stream()
        .filter(place -> listen.dev() || !place.socketAddress().getAddress().isLoopbackAddress())
        .map(TransportAddress::literal)
        .sorted()
        .toList();
  }

  private List<TurnRealm> realms(TurnSettings settings) {
    var realms = new ArrayList<TurnRealm>();
    realms.add(realm(settings, settings.realm(), List.of()));
    for (TurnSettings.Tenant tenant : settings.tenants()) {
      realms.add(realm(settings, tenant.realm(), tenant.places()));
    }
    return realms;
  }

  private TurnRealm realm(TurnSettings settings, String name, List<String> places) {
    TurnSettings.OAuth oauth = settings.oauth();
    return new TurnRealm(
        name,
        places,
        settings.secrets(secrets, name),
        oauth.keys().stream().map(TurnRules::key).toList(),
        oauth.keys().isEmpty() ? null : oauth.server().orElse(null),
        quota(settings.quotas().user()),
        quota(settings.quotas().realm()));
  }

  private static TurnOAuthKey key(TurnSettings.OAuthKey key) {
    return new TurnOAuthKey(
        key.kid(), Base64.getDecoder().decode(key.key()), key.algorithm(), 0, 0);
  }

  private static TurnQuota quota(TurnSettings.Quota quota) {
    return new TurnQuota(quota.allocations(), quota.ports(), quota.bandwidth());
  }

  /// Own listeners and the database, which no allow-list opens.
  private List<String> guarded(TurnSettings settings, Collection<Integer> more) {
    var ports = new TreeSet<>(more);
    ports.addAll(List.of(listen.turnPort(), settings.tlsPort(), settings.alternatePort()));
    ports.remove(0);
    var guarded = new ArrayList<String>();
    Stream.of(own, listen.bind(), listen.advertise())
        .flatMap(Collection::stream)
        .filter(address -> !address.isAnyLocalAddress())
        .distinct()
        .forEach(
            address ->
                ports.forEach(port -> guarded.add(TransportAddress.of(address, port).literal())));
    guarded.addAll(databasePlaces());
    return guarded;
  }

  /// Where the database listens; none where it is a file. A name is looked up now: engines know
  /// none.
  private List<String> databasePlaces() {
    String url = database.url().substring("jdbc:".length());
    if (url.startsWith("h2:") || !url.contains("//")) {
      return List.of();
    }
    var places = new ArrayList<String>();
    String hosts = url.substring(url.indexOf("//") + 2).split("[/?;]", 2)[0];
    for (String host : hosts.split(",")) {
      try {
        URI parsed = URI.create("db://" + host);
        int port = parsed.getPort() < 0 ? DATABASE_PORT : parsed.getPort();
        if (parsed.getHost() != null) {
          for (InetAddress address : InetAddress.getAllByName(parsed.getHost())) {
            places.add(TransportAddress.of(address, port).literal());
          }
        }
      } catch (IllegalArgumentException | UnknownHostException e) {
        // The data source says so better when it connects.
      }
    }
    return places;
  }
}
