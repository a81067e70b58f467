package dev.parley.engine.peer;

import dev.parley.engine.Engine;
import dev.parley.engine.congestion.Bounds;
import dev.parley.lab.CountedTally;
import dev.parley.lab.PeerClient;
import dev.parley.lab.SfuNetwork;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuRefusal;
import dev.parley.media.SourceView;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.ice.HostCandidates;
import dev.parley.protocol.ice.IceDirectory;
import dev.parley.protocol.ice.IceKit;
import dev.parley.protocol.ice.IceLimits;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.sctp.SctpKit;
import dev.parley.protocol.sdp.Capabilities;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.HeaderExtension;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.Source;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;

/// One peer, its client and a network between them; what the peer tells is kept.
final class PeerScenario {
  static final TransportAddress SERVER = TransportAddress.ipv4(0xc0000209, 7882);
  static final DtlsConnection.Toolbox TOOLS = new DtlsConnection.Toolbox(new SecureRandom());
  static final DtlsIdentity IDENTITY =
      DtlsIdentity.selfSigned(
          new SecureRandom(),
          Instant.now().minus(Duration.ofDays(1)),
          Instant.now().plus(Duration.ofDays(30)));
  private static final Set<RtpExtension> OWN =
      EnumSet.of(RtpExtension.MID, RtpExtension.TRANSPORT_WIDE_CC, RtpExtension.ABS_SEND_TIME);
  static final PeerPolicy ALL = new PeerPolicy(true, true, true, PeerLimits.defaults());

  /// What a peer told, in order.
  sealed interface Told {
    record Described(long number, SdpType type) implements Told {}

    record Refused(long number, SfuRefusal reason) implements Told {}

    record Changed(PeerState state, String reason) implements Told {}

    record Published(String mid, String source, boolean muted) implements Told {}

    record Unpublished(String mid) implements Told {}

    record Needed(int audio, int video) implements Told {}

    record Streaming(String mid, String rid, int ssrc, String codec) implements Told {}

    record Sending(String id) implements Told {}

    record Stopped(String id) implements Told {}

    record Restarted(long number) implements Told {}
  }

  /// A sink that keeps what comes.
  static final class Kept implements RtpSink {
    final byte[] octets = new byte[2000];
    final List<byte[]> packets = new ArrayList<>();
    final TreeSet<Integer> sequences = new TreeSet<>();
    int repaired;
    int ended;
    int reports;
    int givenUp;
    long trip = -1;

    @Override
    public byte[] octets() {
      return octets;
    }

    @Override
    public int at() {
      return 7;
    }

    @Override
    public int room() {
      return 1500;
    }

    @Override
    public void received(int length, boolean again, long now) {
      repaired += again ? 1 : 0;
      packets.add(Arrays.copyOfRange(octets, 7, 7 + length));
      sequences.add(Octets.u16(octets, 9));
    }

    @Override
    public boolean missing(int sequence) {
      return !sequences.contains(sequence) && sequence < sequences.last();
    }

    @Override
    public void senderReport(long ntp, int rtpTimestamp, long now) {
      reports++;
    }

    @Override
    public void lossGivenUp(long now) {
      givenUp++;
    }

    @Override
    public void roundTrip(long nanoseconds) {
      trip = nanoseconds;
    }

    @Override
    public void ended() {
      ended++;
    }
  }

  /// A subscription that keeps what is asked of it.
  static final class Asked implements SenderSide {
    final List<Integer> nacks = new ArrayList<>();
    final List<Long> dropped = new ArrayList<>();
    final List<Integer> missing = new ArrayList<>();
    int keyFrames;
    int blocks;
    int reports;
    int ssrc;

    @Override
    public void nack(int sequence, int following, long now) {
      nacks.add(sequence);
    }

    @Override
    public void missing(int sequence, long leftAt, long now) {
      missing.add(sequence);
    }

    @Override
    public void keyFrameWanted(long now) {
      keyFrames++;
    }

    @Override
    public void reported(int fractionLost, int highest, int jitter, long roundTrip, long now) {
      blocks++;
    }

    @Override
    public void dropped(long now) {
      dropped.add(now);
    }

    @Override
    public boolean report(RtcpWriter into, long wall, long now) {
      reports++;
      return into.senderReport(ssrc, 1, 2, 3, 4);
    }
  }

  final SfuNetwork network;
  final CountedTally tally = new CountedTally();
  final IceDirectory<Peer> directory = new IceDirectory<>();
  final Map<FiveTuple, Peer> routes = new HashMap<>();
  final List<Told> told = new ArrayList<>();
  final Map<Long, String> answers = new HashMap<>();
  final List<String> offers = new ArrayList<>();
  final Map<Integer, Kept> sinks = new HashMap<>();
  final Map<String, Publication> publications = new HashMap<>();
  final Map<String, Sender> senders = new HashMap<>();
  final List<Outgoing> held = new ArrayList<>();
  final List<String> refusals = new ArrayList<>();
  final List<Long> estimates = new ArrayList<>();
  final KeptData data = new KeptData();
  String fragment;
  int stirred;
  boolean wantsStreams = true;

  /// Where all streams go, instead of each into one that keeps its packets.
  RtpSink sink;

  /// Nothing is carried to the client.
  boolean quiet;

  Runnable onStream = () -> {};

  /// Sees all that leaves, and where in the octets it begins.
  ObjIntConsumer<byte[]> onDeparture = (_, _) -> {};

  final PeerKit kit;
  final Peer peer;
  final PeerClient client;
  long number;

  PeerScenario() {
    this(ALL, 1);
  }

  PeerScenario(PeerPolicy policy, long seed) {
    network = new SfuNetwork(seed);
    kit =
        new PeerKit(
            new IceKit(new Random(seed)),
            IceLimits.defaults(),
            directory,
            TOOLS,
            () -> IDENTITY,
            () -> HostCandidates.of(List.of(SERVER), List.of(SERVER)),
            Capabilities.standard(extensions(), true),
            new SctpKit(new Random(seed + 2), new byte[32]),
            new Random(seed + 1),
            () -> network.now() / 2,
            network::soon,
            this::transmit,
            new Notes(),
            tally,
            new Scratch(),
            Bounds.DEFAULT.least());
    peer = new Peer("p1", kit, policy, new Side(), network.now());
    network.engine(new Host());
    client = new PeerClient(network, from(1), seed);
  }

  static List<HeaderExtension> extensions() {
    List<HeaderExtension> all = new ArrayList<>();
    for (RtpExtension extension : RtpExtension.values()) {
      boolean offered = extension.treatment() == RtpExtension.Treatment.FORWARD;
      all.add(new HeaderExtension(extension.uri(), true, true, offered || OWN.contains(extension)));
    }
    return all;
  }

  /// A client's path by its last octet.
  static FiveTuple from(int host) {
    return new FiveTuple(Transport.UDP, SERVER, TransportAddress.ipv4(0xcb007100 | host, 5000));
  }

  static Outgoing video(String id, int ssrc) {
    return new Outgoing(id, Kind.VIDEO, "s", "t" + id, "c", ssrc, ssrc + 1, List.of());
  }

  static Outgoing audio(String id, int ssrc) {
    return new Outgoing(id, Kind.AUDIO, "s", "t" + id, "c", ssrc, Source.NONE, List.of());
  }

  /// The client offers, the peer answers, the client takes that.
  PeerScenario offer(SourceView... sources) {
    return exchange(client.offer(), sources);
  }

  PeerScenario exchange(String offer, SourceView... sources) {
    long mine = ++number;
    peer.describe(mine, SdpType.OFFER, offer, List.of(sources), network.now());
    String answer = answers.get(mine);
    if (answer != null) {
      client.answered(answer);
    }
    return this;
  }

  /// The client answers the last offer of the server's.
  PeerScenario answer() {
    String text = client.answer(offers.getLast());
    peer.describe(offers.size(), SdpType.ANSWER, text, List.of(), network.now());
    return this;
  }

  PeerScenario connect() {
    network.until("connected", () -> client.connected() && peer.state() == PeerState.CONNECTED);
    return this;
  }

  private void transmit(byte[] octets, int at, int length, FiveTuple path) {
    onDeparture.accept(octets, at);
    if (!quiet) {
      network.transmit(octets, at, length, path);
    }
  }

  void pass(long millis) {
    network.pass(Duration.ofMillis(millis));
  }

  List<Told> told(Class<? extends Told> kind) {
    return told.stream().filter(kind::isInstance).toList();
  }

  String closedFor() {
    return told.getLast() instanceof Told.Changed(PeerState state, String reason)
            && state == PeerState.CLOSED
        ? reason
        : null;
  }

  private final class Notes implements PeerNotes {
    @Override
    public void routed(FiveTuple path, Peer of) {
      routes.put(path, of);
    }

    @Override
    public void unrouted(FiveTuple path, Peer of) {
      routes.remove(path, of);
    }

    @Override
    public void stirred(Peer of) {
      stirred++;
    }
  }

  /// Hands datagrams on as a router's engine would.
  private final class Host implements Engine {
    @Override
    public void receive(byte[] octets, int from, int whole, FiveTuple path, long now) {
      int before = path.transport().stream() ? PacketOut.LENGTH : 0;
      int at = from + before;
      int length = whole - before;
      Peer of = (octets[at] & 0xff) < 4 ? directory.find(octets, at, length) : null;
      of = of == null ? routes.get(path) : of;
      if (of != null) {
        of.receive(octets, at, length, path, now);
      }
    }

    @Override
    public void tick(long now) {
      peer.tick(now);
    }

    @Override
    public long deadline() {
      return peer.deadline();
    }
  }

  private final class Side implements PeerSide {
    @Override
    public DataSide data() {
      return data;
    }

    @Override
    public void needed(int audio, int video) {
      told.add(new Told.Needed(audio, video));
    }

    @Override
    public List<Outgoing> hold(List<Kind> kinds) {
      for (Kind kind : kinds) {
        int ssrc = 10 * (held.size() + 1);
        String id = "held" + held.size();
        held.add(kind == Kind.VIDEO ? video(id, ssrc) : audio(id, ssrc));
      }
      return held;
    }

    @Override
    public void described(long of, SdpType type, String sdp) {
      told.add(new Told.Described(of, type));
      if (type == SdpType.OFFER) {
        offers.add(sdp);
      } else {
        answers.put(of, sdp);
      }
    }

    @Override
    public void refused(long of, SfuRefusal reason, String detail) {
      told.add(new Told.Refused(of, reason));
      refusals.add(detail);
    }

    @Override
    public void iceRestarted(long of, String text) {
      told.add(new Told.Restarted(of));
      fragment = text;
    }

    @Override
    public void changed(PeerState state, String reason) {
      told.add(new Told.Changed(state, reason));
    }

    @Override
    public void published(Publication publication) {
      publications.put(publication.mid(), publication);
      told.add(new Told.Published(publication.mid(), publication.source(), publication.muted()));
    }

    @Override
    public void unpublished(String mid) {
      told.add(new Told.Unpublished(mid));
    }

    @Override
    public RtpSink stream(Publication publication, String rid, int ssrc, Codec codec) {
      told.add(new Told.Streaming(publication.mid(), rid, ssrc, codec.name()));
      onStream.run();
      if (!wantsStreams || sink != null) {
        return sink;
      }
      Kept kept = new Kept();
      sinks.put(ssrc, kept);
      return kept;
    }

    @Override
    public void sending(Sender sender) {
      senders.put(sender.id(), sender);
      told.add(new Told.Sending(sender.id()));
    }

    @Override
    public void estimated(long bitsPerSecond) {
      estimates.add(bitsPerSecond);
    }

    @Override
    public void stopped(Sender sender) {
      senders.remove(sender.id());
      told.add(new Told.Stopped(sender.id()));
    }
  }
}
