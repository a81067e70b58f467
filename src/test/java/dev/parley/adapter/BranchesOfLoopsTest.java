package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.sfu.SfuService;
import dev.parley.engine.cascade.BranchEngine;
import dev.parley.engine.cascade.Cascade;
import dev.parley.engine.sfu.SfuEffect;
import dev.parley.engine.sfu.SfuEngine;
import dev.parley.engine.sfu.SfuSettings;
import dev.parley.engine.sfu.SfuTools;
import dev.parley.lab.PeerClient;
import dev.parley.lab.PeerSdp;
import dev.parley.lab.SfuNetwork;
import dev.parley.media.Counter;
import dev.parley.media.MediaEvent;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.ice.HostCandidates;
import dev.parley.protocol.ice.IceLimits;
import dev.parley.protocol.sdp.Direction;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Engines on two real loops, each with a branch of one room: what is published on one is offered
/// on the other, and gone with its publisher.
class BranchesOfLoopsTest {
  private static final String ROOM = "room";
  private static final PeerPolicy ALL = new PeerPolicy(true, true, true, PeerLimits.defaults());

  private final SecureRandom random = new SecureRandom();

  private Service<SfuEffect> service() throws Exception {
    DtlsConnection.Toolbox dtls = new DtlsConnection.Toolbox(random);
    Instant now = Instant.now();
    DtlsIdentity identity =
        DtlsIdentity.selfSigned(
            random, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    return SfuService.of(
        List.of(
            new Listener("media", Transport.UDP, loopback, 0, false),
            new Listener("media", Transport.TCP, loopback, 0, false)),
        (place, effects, tally) -> {
          Cascade cascade = new Cascade(place.index(), place.crossing(), tally);
          SfuTools tools =
              new SfuTools(
                  IceLimits.defaults(),
                  dtls,
                  () -> identity,
                  () ->
                      HostCandidates.of(
                          place.listening(Transport.UDP), place.listening(Transport.TCP)),
                  random,
                  () -> 0,
                  place::soon);
          SfuEngine engine = new SfuEngine(effects, tally, SfuSettings.defaults(), tools, cascade);
          return new BranchEngine(engine, cascade);
        });
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void whatIsPublishedOnOneLoopIsOfferedOnTheOther(Preference io) throws Exception {
    try (Running running = Running.start(AdapterSettings.defaults().loops(2).io(io), service())) {
      for (int loop = 0; loop < 2; loop++) {
        post(running, loop, new SfuCommand.Spread(ROOM, loop, List.of(0, 1), 0));
      }
      post(running, 0, new SfuCommand.OpenPeer(ROOM, "ann", "ann", ALL));
      post(running, 1, new SfuCommand.OpenPeer(ROOM, "bob", "bob", ALL));
      post(running, 0, new SfuCommand.Describe(ROOM, "ann", 1, SdpType.OFFER, offer(), List.of()));
      Running.until("a track", () -> first(running, SfuEvent.TrackUp.class).isPresent());
      String track = first(running, SfuEvent.TrackUp.class).orElseThrow().track().id();
      Running.until("an offer", () -> offered(running, "bob", track));
      post(running, 0, new SfuCommand.ClosePeer(ROOM, "ann"));
      Running.until("its end", () -> first(running, SfuEvent.TrackDown.class).isPresent());
      assertEquals(0, running.count(Counter.ENGINE_FAILURES));
    }
  }

  private static void post(Running running, int loop, SfuCommand command) {
    assertTrue(running.adapter.post(loop, command));
  }

  private static String offer() {
    TransportAddress nowhere = TransportAddress.ipv4(0x7f000001, 9);
    FiveTuple path = new FiveTuple(Transport.UDP, nowhere, nowhere);
    PeerClient client = new PeerClient(new SfuNetwork(1), path, 1);
    PeerSdp.Place audio = client.sdp().add("audio", Direction.SENDONLY);
    audio.ssrc = 1_000;
    return client.offer();
  }

  private static boolean offered(Running running, String peer, String track) {
    return running.events.stream()
        .anyMatch(
            event ->
                event instanceof SfuEvent.Described it
                    && it.peer().equals(peer)
                    && it.type() == SdpType.OFFER
                    && it.sdp().contains(track));
  }

  private static <E extends MediaEvent> Optional<E> first(Running running, Class<E> kind) {
    return running.events.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
