package dev.parley.engine.peer;

import dev.parley.protocol.ice.IceCandidate;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.ice.IceEffects;
import dev.parley.protocol.ice.IceEvent;
import dev.parley.protocol.ice.IceLite;
import dev.parley.protocol.ice.IceRefused;
import dev.parley.protocol.ice.IceVerdict;
import dev.parley.protocol.sdp.Agreement;
import dev.parley.protocol.sdp.IceParameters;
import dev.parley.protocol.sdp.RemoteTransport;
import dev.parley.protocol.sdp.TrickleFragment;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The ICE end of one peer: its agent, its places in the directory and in the table of paths, and
/// the way out. Confined to the peer's loop.
final class PeerIce implements IceEffects {
  /// Whom it tells.
  interface Hearer {
    /// A path is the client's: DTLS may begin.
    void verified();

    void quiet();

    void heard();

    void consentLost();
  }

  private final PeerKit kit;
  private final Peer peer;
  private final Hearer hearer;
  private final IceLite agent;
  private final Set<String> entered = new HashSet<>();
  private final Set<FiveTuple> paths = new HashSet<>();
  private IceCredentials unclaimed;
  private boolean offeredRestart;

  PeerIce(PeerKit kit, Peer peer, Hearer hearer) {
    this.kit = kit;
    this.peer = peer;
    this.hearer = hearer;
    this.unclaimed = generate();
    this.agent = new IceLite(kit.ice(), unclaimed, kit.limits(), this);
  }

  /// Credentials of a new generation for descriptions; the first are those the agent began with.
  IceParameters fresh() {
    IceCredentials made = unclaimed == null ? generate() : unclaimed;
    unclaimed = null;
    return new IceParameters(made.ufrag(), made.pwd(), List.of(), true);
  }

  private IceCredentials generate() {
    IceCredentials made = IceCredentials.generate(kit.random());
    while (!kit.directory().put(made.ufrag(), peer)) {
      made = IceCredentials.generate(kit.random());
    }
    entered.add(made.ufrag());
    return made;
  }

  /// The server's offer is out: its credentials are good at once.
  void offered(IceParameters local) {
    IceCredentials offered = credentials(local);
    if (!offered.equals(agent.local())) {
      offeredRestart = true;
      agent.restart(offered);
    }
  }

  /// The server's offer was dropped for one of the client's.
  void dropped() {
    if (offeredRestart) {
      offeredRestart = false;
      agent.rollBack();
    }
  }

  /// Both ends' credentials are known (RFC 8839, section 4.4).
  void agreed(Agreement agreement) {
    offeredRestart = false;
    IceCredentials local = credentials(agreement.local());
    if (agreement.restarted() && !local.equals(agent.local())) {
      agent.restart(local);
    }
    RemoteTransport far = agreement.remote();
    if (far != null && !agent.restartedBy(credentials(far.ice()))) {
      agent.remote(credentials(far.ice()));
      far.candidates().forEach(this::candidate);
    }
  }

  private static IceCredentials credentials(IceParameters parameters) {
    return new IceCredentials(parameters.ufrag(), parameters.password());
  }

  private void candidate(String text) {
    try {
      agent.candidate(IceCandidate.parse(text));
    } catch (IceRefused unusable) {
      // Only its priority is lost (RFC 8839, section 5.1: to be ignored).
    }
  }

  /// Whether these are the client's credentials already, or none are known yet.
  boolean standing(IceCredentials credentials) {
    return !agent.restartedBy(credentials);
  }

  /// Begins a new generation outside of descriptions.
  ///
  /// @param remote the client's, or null where it keeps its own
  void restart(IceCredentials remote) {
    IceCredentials known = remote == null ? agent.remote() : remote;
    agent.restart(generate());
    if (known != null) {
      agent.remote(known);
    }
  }

  /// The server's end as it is now, for a client outside of descriptions (RFC 8840, section 9).
  String fragment(String mid) {
    List<String> candidates = kit.candidates().get().stream().map(IceCandidate::value).toList();
    TrickleFragment.Part part = new TrickleFragment.Part(mid, candidates, true);
    IceCredentials local = agent.local();
    return new TrickleFragment(local.ufrag(), local.pwd(), true, List.of(part), false).write();
  }

  /// Whether media and DTLS may be taken from a path.
  boolean verified(FiveTuple path) {
    return agent.verified(path);
  }

  boolean reachable() {
    return agent.path() != null;
  }

  IceVerdict receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    return agent.receive(octets, at, length, path, now);
  }

  void closed(FiveTuple path, long now) {
    agent.closed(path, now);
  }

  void tick(long now) {
    agent.tick(now);
  }

  long deadline() {
    return agent.deadline();
  }

  /// Sends one message to where the client is; nothing where it is nowhere. Hot.
  ///
  /// @param octets with two octets of room before `at`
  void send(byte[] octets, int at, int length) {
    FiveTuple path = agent.path();
    if (path != null) {
      transmit(octets, at, length, path);
    }
  }

  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    if (path.transport().stream()) {
      Octets.put16(octets, at - Scratch.AT, length);
      kit.out().transmit(octets, at - Scratch.AT, length + Scratch.AT, path);
    } else {
      kit.out().transmit(octets, at, length, path);
    }
  }

  @Override
  public void happened(IceEvent event) {
    switch (event) {
      case IceEvent.Verified(FiveTuple path) -> {
        paths.add(path);
        kit.notes().routed(path, peer);
        hearer.verified();
      }
      case IceEvent.Forgotten(FiveTuple path) -> forget(path);
      case IceEvent.Retired(String ufrag) -> {
        if (entered.remove(ufrag)) {
          kit.directory().remove(ufrag);
        }
      }
      case IceEvent.Quiet _ -> hearer.quiet();
      case IceEvent.Heard _ -> hearer.heard();
      case IceEvent.ConsentLost _ -> hearer.consentLost();
      case IceEvent.Selected _, IceEvent.Restarted _ -> {}
    }
  }

  private void forget(FiveTuple path) {
    if (paths.remove(path)) {
      kit.notes().unrouted(path, peer);
    }
  }

  /// Leaves the directory and the table of paths.
  void release() {
    List.copyOf(paths).forEach(this::forget);
    entered.forEach(kit.directory()::remove);
    entered.clear();
  }
}
