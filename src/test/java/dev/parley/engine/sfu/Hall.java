package dev.parley.engine.sfu;

import dev.parley.engine.Effects;
import dev.parley.lab.CountedTally;
import dev.parley.lab.PeerClient;
import dev.parley.lab.PeerSdp;
import dev.parley.lab.SfuNetwork;
import dev.parley.media.MediaEvent;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.ice.HostCandidates;
import dev.parley.protocol.ice.IceLimits;
import dev.parley.protocol.rtcp.RtcpVisitor;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Direction;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A whole SFU with clients in virtual time: real ICE, DTLS, SRTP and SDP at both ends.
final class Hall implements Effects<SfuEffect> {
  static final PeerPolicy ALL = new PeerPolicy(true, true, true, PeerLimits.defaults());
  static final PeerPolicy VIEWER = new PeerPolicy(false, true, true, false, PeerLimits.defaults());
  private static final DtlsConnection.Toolbox TOOLS =
      new DtlsConnection.Toolbox(new SecureRandom());
  private static final DtlsIdentity IDENTITY =
      DtlsIdentity.selfSigned(
          new SecureRandom(),
          Instant.now().minus(Duration.ofDays(1)),
          Instant.now().plus(Duration.ofDays(30)));

  private static final Pattern MSID = Pattern.compile("a=msid:(\\S+) ");
  private static final Pattern SSRC = Pattern.compile("a=ssrc:([0-9]+) ");
  private static final Pattern FID = Pattern.compile("ssrc-group:FID ([0-9]+) ([0-9]+)");

  final SfuNetwork network = new SfuNetwork(11);
  final CountedTally tally = new CountedTally();
  final List<SfuEvent> told = new ArrayList<>();
  final List<SfuEffect> ordered = new ArrayList<>();
  final Map<String, Guest> guests = new LinkedHashMap<>();
  final Floors engine;

  /// Of those who join from now on.
  Transport transport = Transport.UDP;

  /// Sees who joins before their first word.
  Consumer<Guest> onJoin = _ -> {};

  /// Sees what is told, after the hall itself.
  Consumer<SfuEvent> onEvent = _ -> {};

  Hall() {
    this(1);
  }

  /// Its engine has so many loops, each of which takes a peer in turn.
  Hall(int loops) {
    Random random = new Random(5);
    engine =
        new Floors(
            loops,
            network,
            tally,
            (server, branches) ->
                new SfuEngine(
                    this,
                    tally,
                    SfuSettings.defaults(),
                    new SfuTools(
                        IceLimits.defaults(),
                        TOOLS,
                        () -> IDENTITY,
                        () -> HostCandidates.of(List.of(server), List.of(server)),
                        random,
                        network::now,
                        network::soon),
                    branches));
    network.engine(engine);
  }

  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    network.transmit(octets, at, length, path);
  }

  @Override
  public void effect(SfuEffect effect) {
    ordered.add(effect);
  }

  @Override
  public void tell(MediaEvent event) {
    SfuEvent fact = (SfuEvent) event;
    told.add(fact);
    engine.told(fact);
    switch (fact) {
      case SfuEvent.Described it -> network.soon(() -> guests.get(it.peer()).described(it));
      case SfuEvent.PeerChanged it -> guests.get(it.peer()).state = it.state();
      default -> {}
    }
    onEvent.accept(fact);
  }

  void order(SfuCommand command) {
    engine.command(command, network.now());
    engine.drained(network.now());
  }

  /// One that is never offered anything and receives in one section of each kind, as by WHEP.
  Guest watch(String name) {
    Guest guest = new Guest(name, guests.size() + 1);
    guests.put(name, guest);
    order(new SfuCommand.OpenPeer("room", name, name, VIEWER));
    guest.client.sdp().add("audio", Direction.RECVONLY);
    guest.client.sdp().add("video", Direction.RECVONLY);
    guest.offer();
    return guest;
  }

  Guest join(String name) {
    return join(name, name, true);
  }

  /// A peer of a participant; one that publishes has audio and video.
  Guest join(String name, String participant, boolean publishes) {
    Guest guest = new Guest(name, guests.size() + 1);
    guests.put(name, guest);
    onJoin.accept(guest);
    engine.command(new SfuCommand.OpenPeer("room", name, participant, ALL), network.now());
    if (!publishes) {
      engine.drained(network.now());
    } else {
      // In the same turn, as signaling orders it.
      guest.publish();
      network.until(name + " connected", () -> guest.connected());
    }
    return guest;
  }

  void leave(String name) {
    order(new SfuCommand.ClosePeer("room", name));
  }

  /// Whether nothing is left, as soon as all loops know.
  boolean empty() {
    network.pass(Duration.ofMillis(10));
    return engine.isEmpty();
  }

  /// All who publish send so many frames of video and packets of audio.
  void talk(int frames) {
    for (int i = 0; i < frames; i++) {
      for (Guest guest : guests.values()) {
        if (guest.state == PeerState.CONNECTED && guest.publishing) {
          guest.frame();
        }
      }
      network.pass(Duration.ofMillis(20));
    }
  }

  /// A client and what it got: by SSRC, payloads by extended sequence number.
  final class Guest {
    final String name;
    final PeerClient client;
    final Map<Integer, TreeMap<Integer, Integer>> got = new HashMap<>();
    final Map<Integer, Integer> reports = new HashMap<>();
    final int ssrc;
    PeerState state = PeerState.CONNECTING;
    boolean publishing;
    boolean keyFrame = true;
    int keyFrames;
    int number;
    private final Map<Integer, byte[]> sent = new HashMap<>();
    private final Map<Integer, Integer> repaired = new HashMap<>();
    private final Map<Integer, String> publishers = new HashMap<>();
    private int repairs;
    private long offers;
    private boolean offering;

    Guest(String name, int order) {
      this.name = name;
      ssrc = order * 1_000;
      TransportAddress address = TransportAddress.ipv4(0xcb007100 | order, 5000);
      client =
          new PeerClient(network, new FiveTuple(transport, engine.server(name), address), order);
      client.listener(this::take);
      client.visitor(
          new RtcpVisitor() {
            @Override
            public void pli(int sender, int media) {
              keyFrame |= media == ssrc + 1;
            }

            @Override
            public void lost(int sender, int media, int sequence) {
              if (media == ssrc + 1 && sent.containsKey(sequence)) {
                repair(sequence);
              }
            }

            @Override
            public void senderReport(int from, long ntp, int timestamp, int packets, int octets) {
              reports.merge(from, 1, Integer::sum);
            }
          });
    }

    boolean connected() {
      return state == PeerState.CONNECTED && client.connected();
    }

    void publish() {
      publishing = true;
      PeerSdp.Place audio = client.sdp().add("audio", Direction.SENDONLY);
      audio.ssrc = ssrc;
      PeerSdp.Place video = client.sdp().add("video", Direction.SENDONLY);
      video.ssrc = ssrc + 1;
      video.repair = ssrc + 2;
      offer();
    }

    private void offer() {
      offering = true;
      describe(++offers, SdpType.OFFER, client.offer());
    }

    private void describe(long of, SdpType type, String sdp) {
      order(new SfuCommand.Describe("room", name, of, type, sdp, List.of()));
    }

    void described(SfuEvent.Described description) {
      if (description.type() == SdpType.ANSWER) {
        offering = false;
        learn(description.sdp());
        client.answered(description.sdp());
      } else if (!offering) {
        learn(description.sdp());
        // In a glare the server gives way and offers anew.
        describe(description.number(), SdpType.ANSWER, client.answer(description.sdp()));
      }
    }

    /// One packet of each; a key frame where one is asked for.
    void frame() {
      client.send(packet(PeerSdp.OPUS, ssrc, 960, new byte[] {1, 2, (byte) number}));
      byte inter = (byte) (keyFrame ? 0 : 1);
      keyFrames += keyFrame ? 1 : 0;
      keyFrame = false;
      byte[] frame = {(byte) 0x10, inter, 0, 0, (byte) number};
      sent.put(number, frame);
      client.send(packet(PeerSdp.VP8, ssrc + 1, 1_800, frame));
      number++;
    }

    /// Sends a lost packet of video again (RFC 4588).
    private void repair(int sequence) {
      byte[] frame = sent.get(sequence);
      byte[] plain = new byte[RtpPacket.FIXED_HEADER + 2 + frame.length];
      int timestamp = sequence * 1_800;
      RtpPacket.putHeader(plain, 0, true, PeerSdp.RTX, repairs++, timestamp, ssrc + 2);
      plain[12] = (byte) (sequence >> 8);
      plain[13] = (byte) sequence;
      System.arraycopy(frame, 0, plain, 14, frame.length);
      client.send(plain);
    }

    /// Which SSRC repairs which and whose it is, by the server's offer.
    private void learn(String sdp) {
      for (String section : sdp.split("\r\nm=")) {
        Matcher msid = MSID.matcher(section);
        Matcher source = SSRC.matcher(section);
        while (msid.find(0) && source.find()) {
          publishers.put((int) Long.parseLong(source.group(1)), msid.group(1));
        }
      }
      Matcher group = FID.matcher(sdp);
      while (group.find()) {
        int primary = (int) Long.parseLong(group.group(1));
        repaired.put((int) Long.parseLong(group.group(2)), primary);
      }
    }

    /// Asks for what it lacks of video, but for the very last.
    void askForLost() {
      for (int media : repaired.values()) {
        TreeMap<Integer, Integer> had = got.getOrDefault(media, new TreeMap<>());
        int[] lacks =
            had.isEmpty()
                ? new int[0]
                : IntStream.range(had.firstKey(), had.lastKey())
                    .filter(number -> !had.containsKey(number))
                    .toArray();
        if (lacks.length > 0) {
          client.control(writer -> writer.nack(1, media, lacks, 0, lacks.length));
        }
      }
    }

    /// How many packets of video it lacks.
    int lacks() {
      int lacks = 0;
      for (int media : repaired.values()) {
        TreeMap<Integer, Integer> had = got.getOrDefault(media, new TreeMap<>());
        lacks += had.isEmpty() ? 1 : had.lastKey() - had.firstKey() + 1 - had.size();
      }
      return lacks;
    }

    private byte[] packet(int type, int source, int ticks, byte[] payload) {
      byte[] plain = new byte[RtpPacket.FIXED_HEADER + payload.length];
      RtpPacket.putHeader(plain, 0, true, type, number, number * ticks, source);
      System.arraycopy(payload, 0, plain, RtpPacket.FIXED_HEADER, payload.length);
      return plain;
    }

    private void take(byte[] plain) {
      int source = RtpPacket.ssrc(plain, 0);
      Integer primary = repaired.get(source);
      int sequence = RtpPacket.sequence(plain, 0);
      if (primary != null && RtpPacket.payloadLength(plain, 0, plain.length) == 0) {
        return; // A probe of the server's.
      }
      if (primary != null) {
        int header = RtpPacket.headerLength(plain, 0, plain.length);
        sequence = (plain[header] & 0xff) << 8 | plain[header + 1] & 0xff;
        source = primary;
      }
      got.computeIfAbsent(source, _ -> new TreeMap<>())
          .put(sequence, plain[plain.length - 1] & 0xff);
    }

    /// How many packets came without a gap in each stream of a participant, smallest first.
    List<Integer> heard(String participant) {
      return got.entrySet().stream()
          .filter(each -> participant.equals(publishers.get(each.getKey())))
          .map(each -> each.getValue().keySet())
          .map(numbers -> contiguous(numbers) ? numbers.size() : -numbers.size())
          .sorted()
          .toList();
    }

    private static boolean contiguous(Set<Integer> numbers) {
      return numbers.stream().filter(number -> !numbers.contains(number + 1)).count() == 1;
    }

    /// How many streams brought so many packets at least.
    long streams(int packets) {
      return got.values().stream().filter(each -> each.size() >= packets).count();
    }
  }
}
