package dev.parley.engine.sfu;

import dev.parley.engine.Effects;
import dev.parley.engine.Tally;
import dev.parley.engine.peer.DataEnd;
import dev.parley.engine.peer.Peer;
import dev.parley.engine.peer.PeerKit;
import dev.parley.engine.peer.PeerNotes;
import dev.parley.engine.peer.PeerReadings;
import dev.parley.engine.peer.Scratch;
import dev.parley.media.Counter;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SdpType;
import dev.parley.media.SourceView;
import dev.parley.protocol.ice.IceDirectory;
import dev.parley.protocol.ice.IceKit;
import dev.parley.protocol.sctp.SctpKit;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.wire.FiveTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The [Peer]s of one loop behind what rooms see of them. Confined to that loop.
final class LivePeers implements PeerEnd.Maker, PeerNotes {
  private final SfuKit kit;
  private final Effects<SfuEffect> effects;
  private final PeerKit peerKit;
  private final Paths paths = new Paths(this::find);
  private final IceDirectory<Peer> directory = new IceDirectory<>();
  private final Map<String, Member> members = new HashMap<>();
  private final Map<Member, List<FiveTuple>> routes = new IdentityHashMap<>();

  LivePeers(SfuKit kit, Effects<SfuEffect> effects, SfuTools tools, Tally tally) {
    this.kit = kit;
    this.effects = effects;
    peerKit =
        new PeerKit(
            new IceKit(tools.random()),
            tools.limits(),
            directory,
            tools.dtls(),
            tools.identity(),
            tools.candidates(),
            Passed.capabilities(),
            sctp(tools.random()),
            tools.random(),
            tools.wall(),
            task -> tools.soon().accept(() -> run(task)),
            effects::transmit,
            this,
            tally,
            new Scratch(),
            kit.settings().leastBitrate());
  }

  private static SctpKit sctp(RandomGenerator random) {
    byte[] cookieKey = new byte[32];
    random.nextBytes(cookieKey);
    return new SctpKit(random, cookieKey);
  }

  Paths paths() {
    return paths;
  }

  /// Whom a check is for by its user name fragment, or null.
  private Member find(byte[] octets, int at, int length) {
    Peer peer = directory.find(octets, at, length);
    return peer == null ? null : members.get(peer.id());
  }

  /// What a handshake has to do on the loop; a bug there costs the handshake.
  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException bug) {
      kit.count(Counter.ENGINE_FAILURES);
    }
    kit.settle();
  }

  @Override
  public PeerEnd make(Member member, PeerPolicy policy, long now) {
    members.put(member.id(), member);
    Peer peer = new Peer(member.id(), peerKit, policy, member, now);
    return new Live(peer, peer.readings());
  }

  @Override
  public void gone(Member member) {
    members.remove(member.id(), member);
    List<FiveTuple> left = routes.remove(member);
    if (left != null) {
      left.forEach(path -> unroute(path, member));
    }
  }

  @Override
  public void routed(FiveTuple path, Peer peer) {
    Member member = members.get(peer.id());
    if (member != null) {
      paths.routed(path, member);
      routes.computeIfAbsent(member, _ -> new ArrayList<>()).add(path);
    }
  }

  @Override
  public void unrouted(FiveTuple path, Peer peer) {
    Member member = members.get(peer.id());
    List<FiveTuple> held = member == null ? null : routes.get(member);
    if (held != null && held.remove(path)) {
      unroute(path, member);
    }
  }

  private void unroute(FiveTuple path, Member member) {
    if (paths.unrouted(path, member) && path.transport().stream()) {
      effects.effect(new SfuEffect.CloseStream(path));
    }
  }

  @Override
  public void stirred(Peer peer) {
    Member member = members.get(peer.id());
    if (member != null) {
      member.touch();
    }
  }

  private record Live(Peer peer, PeerReadings readings) implements PeerEnd {
    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      peer.receive(octets, at, length, path, now);
    }

    @Override
    public void closed(FiveTuple path, long now) {
      peer.closed(path, now);
    }

    @Override
    public void describe(
        long number, SdpType type, String sdp, List<SourceView> sources, long now) {
      peer.describe(number, type, sdp, sources, now);
    }

    @Override
    public void restartIce(long number, String ufrag, String password, long now) {
      peer.restartIce(number, ufrag, password, now);
    }

    @Override
    public void offerIceRestart(long now) {
      peer.offerIceRestart(now);
    }

    @Override
    public void want(List<Outgoing> tracks, long now) {
      peer.want(tracks, now);
    }

    @Override
    public void policy(PeerPolicy policy, long now) {
      peer.policy(policy, now);
    }

    @Override
    public void unpublish(String mid, long now) {
      peer.unpublish(mid, now);
    }

    @Override
    public DataEnd data() {
      return peer.data();
    }

    @Override
    public void requestKeyFrame(Layer layer, long now) {
      peer.requestKeyFrame(layer.ssrc(), now);
    }

    @Override
    public long estimate() {
      return readings.estimate();
    }

    @Override
    public long lasting() {
      return readings.lasting();
    }

    @Override
    public void useful(long bitsPerSecond, long now) {
      peer.useful(bitsPerSecond, now);
    }

    @Override
    public void tick(long now) {
      peer.tick(now);
    }

    @Override
    public long deadline() {
      return peer.deadline();
    }

    @Override
    public void close(String reason, long now) {
      peer.close(reason, now);
    }
  }
}
