package dev.parley.boot;

import dev.parley.adapter.Intake;
import dev.parley.adapter.Listener;
import dev.parley.adapter.Service;
import dev.parley.adapter.relay.OwnMedia;
import dev.parley.adapter.relay.SharedQuotas;
import dev.parley.adapter.relay.TurnService;
import dev.parley.adapter.secure.Certificates;
import dev.parley.adapter.secure.SecureDatagrams;
import dev.parley.adapter.secure.SecureLimits;
import dev.parley.adapter.secure.SecureStreams;
import dev.parley.adapter.secure.Sources;
import dev.parley.config.ListenSettings;
import dev.parley.config.TurnSettings;
import dev.parley.engine.turn.TurnEffect;
import dev.parley.engine.turn.TurnPlace;
import dev.parley.engine.turn.TurnServer;
import dev.parley.media.TurnPolicy;
import dev.parley.protocol.stun.StunFraming;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What the settings make of STUN and TURN: where it listens, where its relays stand, and the
/// service that does it.
///
/// @param secret keys of nonces and tickets
/// @param media the media ports of this node, which are reached in memory once they stand
record TurnPlan(
    ListenSettings listen,
    TurnSettings turn,
    LocalAddresses addresses,
    NatDiscovery nat,
    byte[] secret,
    OwnMedia media) {
  static TurnPlan of(ListenSettings listen, TurnSettings turn, byte[] secret) {
    LocalAddresses addresses = LocalAddresses.of(listen);
    return new TurnPlan(
        listen,
        turn,
        addresses,
        NatDiscovery.of(addresses, listen.turnPort(), turn.alternatePort()),
        secret,
        new OwnMedia());
  }

  /// The service, on every loop.
  ///
  /// @param certificates for TLS and DTLS, or null for neither
  Service<TurnEffect> service(TurnPolicy policy, InstantSource wall, Certificates certificates) {
    SharedQuotas quotas = new SharedQuotas(policy);
    return TurnService.of(
        listeners(),
        StunFraming::frameLength,
        this::place,
        (place, effects, tally) ->
            new TurnServer(
                effects,
                tally,
                place,
                policy,
                quotas,
                nat.alternates(),
                new SecureRandom(),
                wall,
                System.nanoTime()),
        dtls(certificates),
        new SecureStreams(certificates, Sources.of(turn.proxies()), SecureLimits.defaults()),
        media);
  }

  /// What the world sees instead of local addresses, ports 0.
  List<TransportAddress> advertised() {
    return listen.advertise().stream().map(address -> TransportAddress.of(address, 0)).toList();
  }

  private List<Intake.Layer> dtls(Certificates certificates) {
    return certificates == null
        ? List.of()
        : List.of(new SecureDatagrams(certificates, SecureLimits.defaults()));
  }

  private TurnPlace place(int loop) {
    return new TurnPlace(
        loop,
        listen.loops(),
        turn.relayPorts().first(),
        turn.relayPorts().last(),
        addresses.transportAddresses(),
        advertised(),
        secret);
  }

  private List<Listener> listeners() {
    List<Listener> listeners = new ArrayList<>();
    for (InetAddress address : addresses.all()) {
      add(listeners, "stun", address, listen.turnPort());
      if (turn.certificate().isPresent()) {
        add(listeners, "turns", address, turn.tlsPort());
      }
    }
    for (InetAddress address : nat.second()) {
      listeners.add(new Listener("nat", Transport.UDP, address, nat.secondPort(), true));
    }
    return listeners;
  }

  private static void add(List<Listener> to, String name, InetAddress address, int port) {
    for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
      to.add(new Listener(name, transport, address, port, true));
    }
  }
}
