package dev.parley.boot;

import dev.parley.adapter.Listener;
import dev.parley.adapter.Service;
import dev.parley.adapter.sfu.SfuService;
import dev.parley.config.ListenSettings;
import dev.parley.config.MediaSettings;
import dev.parley.engine.cascade.BranchEngine;
import dev.parley.engine.cascade.Cascade;
import dev.parley.engine.sfu.SfuEffect;
import dev.parley.engine.sfu.SfuEngine;
import dev.parley.engine.sfu.SfuSettings;
import dev.parley.engine.sfu.SfuTools;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.ice.HostCandidates;
import dev.parley.protocol.ice.IceCandidate;
import dev.parley.protocol.ice.IceLimits;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What the settings make of the selective forwarding unit: where its media ports are, what clients
/// are told of them, and the service that does it.
///
/// @param addresses where TURN listens too
record SfuPlan(ListenSettings listen, LocalAddresses addresses) {
  private static final long SECOND = 1_000_000_000L;

  /// The service, on every loop.
  Service<SfuEffect> service(MediaSettings limits, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    DtlsConnection.Toolbox dtls = new DtlsConnection.Toolbox(random);
    DtlsKeys keys = new DtlsKeys(random, clock);
    return SfuService.of(
        listeners(),
        (place, effects, tally) -> {
          Cascade cascade = new Cascade(place.index(), place.crossing(), tally);
          SfuEngine engine =
              new SfuEngine(
                  effects,
                  tally,
                  SfuSettings.room(limits.roomPeers(), limits.roomTracks())
                      .shown(limits.lastN(), limits.audioN())
                      .carrying(limits.leastBitrate())
                      .data(limits.data().roomOctets()),
                  new SfuTools(
                      IceLimits.defaults(),
                      dtls,
                      keys,
                      () -> candidates(place),
                      random,
                      () -> nanoseconds(clock.instant()),
                      place::soon),
                  cascade);
          return new BranchEngine(engine, cascade);
        });
  }

  private List<Listener> listeners() {
    List<Listener> listeners = new ArrayList<>();
    for (InetAddress address : addresses.all()) {
      for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
        listeners.add(new Listener("media", transport, address, listen.mediaPort(), false));
      }
    }
    return listeners;
  }

  /// What clients of one loop are told.
  List<IceCandidate> candidates(SfuService.Place place) {
    return HostCandidates.of(
        told(place.listening(Transport.UDP)), told(place.listening(Transport.TCP)));
  }

  /// The bound addresses; where others are advertised, those with the ports of the bound ones. A
  /// client on another machine cannot use a loopback address and must not be made to try.
  private List<TransportAddress> told(List<TransportAddress> bound) {
    if (!listen.advertise().isEmpty()) {
      return bound.stream()
          .flatMap(
              local ->
                  listen.advertise().stream()
                      .map(address -> TransportAddress.of(address, local.port()))
                      .filter(address -> address.ipv4() == local.ipv4()))
          .distinct()
          .toList();
    }
    Predicate<TransportAddress> loopback =
        address -> address.socketAddress().getAddress().isLoopbackAddress();
    boolean wanted = listen.dev() || !listen.bind().isEmpty() || bound.stream().allMatch(loopback);
    return bound.stream().filter(address -> wanted || !loopback.test(address)).toList();
  }

  private static long nanoseconds(Instant instant) {
    return instant.getEpochSecond() * SECOND + instant.getNano();
  }
}
