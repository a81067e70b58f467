package dev.parley.identity;

import dev.parley.config.LiveTurnSettings;
import dev.parley.config.TurnSettings;
import dev.parley.identity.IdentityRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The realms of the TURN server: the one of the settings and one for each tenant.
@ApplicationScoped
public class TurnRealms {
  private final LiveTurnSettings settings;

  /// For the container's proxy.
  TurnRealms() {
    this(null);
  }

  @Inject
  public TurnRealms(LiveTurnSettings settings) {
    this.settings = settings;
  }

  /// All of them, the one of clients that no tenant claims first.
  public List<String> all() {
    TurnSettings now = settings.now();
    return Stream.concat(
            Stream.of(now.realm()), now.tenants().stream().map(TurnSettings.Tenant::realm))
        .toList();
  }

  /// The realm of clients that reach the server by a name or address.
  ///
  /// @param host name, IPv4 literal, IPv6 literal in brackets, or null
  public String of(String host) {
    TurnSettings now = settings.now();
    String place = place(host);
    return now.tenants().stream()
        .filter(tenant -> tenant.places().contains(place))
        .map(TurnSettings.Tenant::realm)
        .findFirst()
        .orElse(now.realm());
  }

  /// A realm as somebody named it; the first where nobody did.
  String require(String realm) throws IdentityRefused {
    if (realm == null) {
      return settings.now().realm();
    }
    if (!all().contains(realm)) {
      throw new IdentityRefused(Reason.TURN_INVALID, "there is no such realm");
    }
    return realm;
  }

  /// A host as the settings spell places.
  private static String place(String host) {
    if (host == null) {
      return "";
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      return InetAddress.ofLiteral(bare).getHostAddress();
    } catch (IllegalArgumentException e) {
      return bare.toLowerCase(Locale.ROOT);
    }
  }
}
