package dev.parley.boot;

import dev.parley.config.ListenSettings;
import dev.parley.config.LiveTurnSettings;
import dev.parley.config.MediaSettings;
import dev.parley.config.SignalSettings;
import dev.parley.identity.IdentityRefused;
import dev.parley.identity.TurnCredentials;
import dev.parley.identity.TurnRealms;
import dev.parley.media.DataLimits;
import dev.parley.media.PeerLimits;
import dev.parley.signal.IceServer;
import dev.parley.signal.IceServers;
import dev.parley.signal.Limits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Gives components what only boot can make, since it alone sees settings and both halves.
@ApplicationScoped
class Wiring {
  @Produces
  @Singleton
  Limits limits(SignalSettings settings, MediaSettings media) {
    return Limits.DEFAULTS
        .resume(settings.resume())
        .heartbeat(settings.heartbeat())
        .messagesPerSecond(settings.rate())
        .peer(
            new PeerLimits(
                media.tracks(),
                media.streams(),
                media.bitrate(),
                media.subscriptions(),
                new DataLimits(
                    media.data().channels(), media.data().octets(), media.data().messages())));
  }

  /// Every newcomer gets a TURN credential of its own, fresh at each join.
  @Produces
  @Singleton
  IceServers iceServers(
      ListenSettings listen,
      LiveTurnSettings turn,
      TurnRealms realms,
      TurnCredentials credentials) {
    return (host, identity) -> {
      var uris = new ServerUris(listen, turn.now());
      List<String> stun = uris.stun(host);
      if (stun.isEmpty()) {
        return List.of();
      }
      var servers = new ArrayList<>(List.of(new IceServer(stun, null, null)));
      try {
        TurnCredentials.Issued issued = credentials.issue(realms.of(host), identity, null);
        servers.add(new IceServer(uris.turn(host), issued.username(), issued.password()));
      } catch (IdentityRefused e) {
        // A name that fits into no USERNAME has no relay; the call may succeed without.
      }
      return List.copyOf(servers);
    };
  }
}
