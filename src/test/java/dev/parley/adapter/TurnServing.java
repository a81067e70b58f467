package dev.parley.adapter;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.relay.OwnMedia;
import dev.parley.adapter.relay.SharedQuotas;
import dev.parley.adapter.relay.TurnService;
import dev.parley.engine.turn.Alternates;
import dev.parley.engine.turn.TurnPlace;
import dev.parley.engine.turn.TurnServer;
import dev.parley.lab.TurnPolicies;
import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnRealm;
import dev.parley.protocol.stun.StunFraming;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// The real TURN engine on the loops of an adapter, on loopback, and media ports beside it.
final class TurnServing {
  static final TransportAddress LOOPBACK = TransportAddress.ipv4(0x7f000001, 0);

  private TurnServing() {}

  static Running start(Preference io, int loops, TurnPolicy policy, OwnMedia media, Service<?> more)
      throws Exception {
    SharedQuotas quotas = new SharedQuotas(policy);
    Service<?> turn =
        TurnService.of(
            List.of(Running.udp("127.0.0.1"), Running.tcp("127.0.0.1")),
            StunFraming::frameLength,
            loop -> place(loop, loops),
            (place, effects, tally) ->
                new TurnServer(
                    effects,
                    tally,
                    place,
                    policy,
                    quotas,
                    Alternates.NONE,
                    new SecureRandom(),
                    InstantSource.system(),
                    System.nanoTime()),
            List.of(),
            StreamLayer.NONE,
            media);
    return Running.start(Running.settings(io).loops(loops), turn, more);
  }

  static TurnPlace place(int loop, int loops) {
    return new TurnPlace(
        loop, loops, RelayTest.FIRST, RelayTest.LAST, List.of(LOOPBACK), List.of(), new byte[32]);
  }

  /// A media service beside it, which relays of this node are to meet: one port a loop.
  static Service<String> media(Service.EngineFactory<String> engines) {
    Listener listener =
        new Listener("media", Transport.UDP, InetAddress.getLoopbackAddress(), 0, false);
    return new Service<>("media", List.of(listener), Running::frame, engines, (effect, loop) -> {});
  }

  /// The media port of a loop: the last that stands there.
  static TransportAddress mediaPort(Running running, int loop) {
    return running.adapter.listeners().stream()
        .map(MediaEvent.ListenerUp.class::cast)
        .filter(one -> one.loop() == loop)
        .reduce((one, next) -> next)
        .map(one -> LOOPBACK.withPort(one.port()))
        .orElseThrow();
  }

  /// Has all loops take a media port for a peer, and waits until they do.
  static void follow(Running running, int loops, TransportAddress port) throws Exception {
    MediaCommand follow = new MediaCommand.FollowPolicy(policy(List.of(port.literal())));
    for (int loop = 0; loop < loops; loop++) {
      running.adapter.post(loop, follow);
    }
    Running.until("told", () -> running.count(Counter.MAILBOX_COMMANDS) == loops);
  }

  static TurnPolicy policy(List<String> media) {
    TurnRealm realm = TurnPolicies.realm(TurnUser.REALM, List.of(), TurnUser.SECRET);
    return TurnPolicies.of(List.of(realm), List.of(), List.of(), List.of(), media);
  }
}
