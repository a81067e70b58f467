package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import dev.parley.engine.peer.Publication;
import dev.parley.engine.peer.RtpSink;
import dev.parley.lab.CountedTally;
import dev.parley.lab.VirtualClock;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.TrackKind;
import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Direction;
import dev.parley.protocol.sdp.ExtensionMap;
import dev.parley.protocol.sdp.Section;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A loop's rooms with peers without clients, in virtual time.
final class RoomStage {
  static final String ROOM = "room";
  static final int VP8 = 96;
  static final int H264 = 108;
  static final int OPUS = 111;
  static final int RED = 63;
  static final PeerPolicy ALL = new PeerPolicy(true, true, true, PeerLimits.defaults());
  private static final Codec VIDEO = new Codec(VP8, "VP8", 90_000, 1, "", List.of());
  private static final Codec OTHER = new Codec(H264, "H264", 90_000, 1, "", List.of());
  private static final Codec RTX = new Codec(97, "rtx", 90_000, 1, "apt=96", List.of());
  private static final Codec AUDIO = new Codec(OPUS, "opus", 48_000, 2, "", List.of());
  private static final Codec REDUNDANT = new Codec(RED, "red", 48_000, 2, "111/111", List.of());

  final CountedTally tally;
  final List<SfuEvent> told = new ArrayList<>();
  final Map<String, FakePeer> peers = new HashMap<>();
  final VirtualClock clock = new VirtualClock();
  final SfuEngine engine;
  final Paths paths = new Paths((octets, at, length) -> null);
  final SfuKit kit;
  final Rooms rooms;

  RoomStage() {
    this(SfuSettings.defaults());
  }

  RoomStage(SfuSettings settings) {
    this(settings, new CountedTally());
  }

  RoomStage(SfuSettings settings, Tally counter) {
    this(settings, counter, 7);
  }

  /// @param seed of the names it gives
  RoomStage(SfuSettings settings, Tally counter, int seed) {
    tally = counter instanceof CountedTally counted ? counted : null;
    kit = new SfuKit(settings, counter, told::add, new SplittableRandom(seed), () -> 0);
    rooms = new Rooms(kit, new Fakes());
    engine = new SfuEngine(kit, rooms, paths);
  }

  private final class Fakes implements PeerEnd.Maker {
    @Override
    public PeerEnd make(Member member, PeerPolicy policy, long now) {
      FakePeer peer = new FakePeer(member);
      peers.put(member.id(), peer);
      paths.routed(path(member.id()), member);
      return peer;
    }

    @Override
    public void gone(Member member) {
      paths.unrouted(path(member.id()), member);
    }
  }

  static FiveTuple path(String peer) {
    TransportAddress local = TransportAddress.ipv4(0x7f000001, 7882);
    TransportAddress remote = TransportAddress.ipv4(peer.hashCode(), 5);
    return new FiveTuple(Transport.UDP, local, remote);
  }

  long now() {
    return clock.now();
  }

  void order(SfuCommand command) {
    engine.command(command, now());
    engine.drained(now());
  }

  /// A peer of the participant of the same name.
  FakePeer open(String peer) {
    return open(peer, peer, ALL);
  }

  FakePeer open(String peer, String participant, PeerPolicy policy) {
    order(new SfuCommand.OpenPeer(ROOM, peer, participant, policy));
    return peers.get(peer);
  }

  void close(String peer) {
    order(new SfuCommand.ClosePeer(ROOM, peer));
  }

  /// Lets time pass, waking the engine when it wants to be.
  void pass(Duration time) {
    long until = now() + time.toNanos();
    while (engine.deadline() != Engine.NEVER && engine.deadline() - until <= 0) {
      clock.pass(Duration.ofNanos(Math.max(0, engine.deadline() - now())));
      engine.tick(now());
    }
    clock.pass(Duration.ofNanos(until - now()));
  }

  List<SfuEvent> told() {
    List<SfuEvent> since = List.copyOf(told);
    told.clear();
    return since;
  }

  /// A video track of two codecs, in a section of its own.
  static Publication video(String mid, String... rids) {
    return publication(mid, TrackKind.VIDEO, "camera", List.of(VIDEO, RTX, OTHER), List.of(rids));
  }

  /// A track in codecs that have layers, with dependency descriptors.
  static Publication layered(String mid, String source, String... rids) {
    List<Codec> codecs =
        List.of(
            VIDEO,
            new Codec(LayeredEncoder.VP9, "VP9", 90_000, 1, "", List.of()),
            new Codec(LayeredEncoder.AV1, "AV1", 90_000, 1, "", List.of()));
    return publication(mid, TrackKind.VIDEO, source, codecs, List.of(rids));
  }

  static Publication audio(String mid) {
    List<Codec> codecs = List.of(AUDIO, REDUNDANT);
    return publication(mid, TrackKind.AUDIO, "microphone", codecs, List.of());
  }

  private static Publication publication(
      String mid, TrackKind kind, String source, List<Codec> codecs, List<String> rids) {
    String media = kind == TrackKind.VIDEO ? "video" : "audio";
    String level = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    Section section =
        new Section(
            0,
            media,
            mid,
            "UDP/TLS/RTP/SAVPF",
            List.of(),
            false,
            null,
            Direction.SENDRECV,
            codecs,
            List.of(
                new ExtensionMap(1, level),
                new ExtensionMap(WirePacket.DESCRIPTOR, RtpExtension.DEPENDENCY_DESCRIPTOR.uri())),
            rids,
            List.of(),
            List.of(),
            false,
            null);
    return new Publication(mid, kind, source, false, section);
  }

  /// Does what happens inside of a peer's input, and settles as the engine does after it.
  void inside(Runnable input) {
    kit.now(now());
    input.run();
    kit.settle();
  }

  /// A published stream: packets go in here.
  final class Stream {
    final FakePeer peer;
    final Publication publication;
    final RtpSink sink;
    final Codec codec;
    int type;
    int sequence = 65_500;
    int timestamp = 5_000;
    int picture = 100;
    int level = -1;

    Stream(FakePeer peer, Publication publication, String rid, int ssrc) {
      this.peer = peer;
      this.publication = publication;
      codec = publication.section().codecs().getFirst();
      type = codec.payloadType();
      kit.now(now());
      sink = peer.side.stream(publication, rid, ssrc, codec);
      kit.settle();
    }

    /// A packet with payload of ten octets, the last being the number's.
    void packet(boolean keyFrame) {
      byte[] octets = sink.octets();
      int at = sink.at();
      RtpPacket.putHeader(octets, at, true, type, sequence & 0xffff, timestamp, 1);
      int header = RtpPacket.FIXED_HEADER;
      if (level >= 0) {
        RtpPacket.putExtension(octets, at, true);
        byte[] extension = {(byte) 0xbe, (byte) 0xde, 0, 1, 0x10, (byte) (0x80 | level), 0, 0};
        System.arraycopy(extension, 0, octets, at + header, extension.length);
        header += extension.length;
      }
      header += payload(octets, at + header, keyFrame);
      sink.received(header, false, now());
      engine.drained(now());
      sequence++;
      picture++;
      timestamp += codec.clock() / 30;
    }

    private int payload(byte[] octets, int at, boolean keyFrame) {
      int word = picture & 0x7fff | 0x8000;
      byte inter = (byte) (keyFrame ? 0 : 1);
      byte[] payload = {
        (byte) 0x90, (byte) 0x80, (byte) (word >> 8), (byte) word, inter, 0, 0, 0, 0, 0
      };
      if (type == H264) {
        payload[0] = (byte) (keyFrame ? 0x67 : 0x41);
      }
      payload[9] = (byte) sequence;
      System.arraycopy(payload, 0, octets, at, 10);
      return 10;
    }

    /// Padding alone.
    void padding() {
      byte[] octets = sink.octets();
      int at = sink.at();
      RtpPacket.putHeader(octets, at, false, type, sequence++ & 0xffff, timestamp, 1);
      RtpPacket.putPadding(octets, at, true);
      octets[at + 19] = 8;
      sink.received(20, false, now());
      engine.drained(now());
    }

    /// A packet of any payload.
    void red(byte[] payload) {
      byte[] octets = sink.octets();
      int at = sink.at();
      RtpPacket.putHeader(octets, at, false, type, sequence++ & 0xffff, timestamp, 1);
      System.arraycopy(payload, 0, octets, at + RtpPacket.FIXED_HEADER, payload.length);
      sink.received(RtpPacket.FIXED_HEADER + payload.length, false, now());
      engine.drained(now());
    }

    void lose() {
      sequence++;
      picture++;
      timestamp += codec.clock() / 30;
    }
  }

  Stream publish(FakePeer peer, Publication publication) {
    inside(() -> peer.side.published(publication));
    return new Stream(peer, publication, null, 1);
  }
}
