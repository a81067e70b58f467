package dev.parley.lab;

import dev.parley.engine.Engine;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsEffects;
import dev.parley.protocol.dtls.DtlsEnd;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.dtls.DtlsPeerRules;
import dev.parley.protocol.dtls.Fingerprint;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.rtcp.RtcpReader;
import dev.parley.protocol.rtcp.RtcpVisitor;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.MediaSection;
import dev.parley.protocol.sdp.SessionDescription;
import dev.parley.protocol.srtp.SrtpKeys;
import dev.parley.protocol.srtp.SrtpProfile;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.protocol.srtp.SrtpSender;
import dev.parley.wire.FiveTuple;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// A client's whole end of a PeerConnection, small and in virtual time: a full ICE agent, DTLS,
/// SRTP and descriptions written by hand.
///
/// It does what it is told and nothing by itself, but for ICE checks every 2.5 s and the answers of
/// ICE and DTLS. What it receives is kept for the test to look at, or handed to a listener.
public final class PeerClient implements SfuNetwork.Client, DtlsEffects {
  private static final DtlsConnection.Toolbox TOOLS =
      new DtlsConnection.Toolbox(new SecureRandom());
  private static final long CHECK_EVERY = Duration.ofMillis(2500).toNanos();
  private static final List<Integer> PROFILES =
      Arrays.stream(SrtpProfile.values()).map(SrtpProfile::code).toList();

  private final SfuNetwork network;
  private final PeerSdp sdp = new PeerSdp();
  private final Random random;
  private final List<byte[]> packets = new ArrayList<>();
  private final RtcpWriter writer = new RtcpWriter();
  private DtlsIdentity identity = identity();
  private String shown = identity.fingerprint().text();
  private IceCredentials own;
  private IceCredentials server;
  private IceClient ice;
  private FiveTuple path;
  private boolean nominates = true;
  private boolean active = true;
  private boolean handshakes = true;
  private boolean hasty;
  private DtlsConnection dtls;
  private List<Fingerprint> expected = List.of();
  private SrtpSender sender;
  private SrtpReceiver receiver;
  private long nextCheck = Engine.NEVER;
  private Consumer<byte[]> listener = packets::add;
  private RtcpVisitor visitor = new RtcpVisitor() {};
  private Consumer<byte[]> raw = _ -> {};
  private Consumer<byte[]> within = _ -> {};
  private Consumer<byte[]> controls = _ -> {};

  /// @param path its first, as the server sees it
  public PeerClient(SfuNetwork network, FiveTuple path, long seed) {
    this.network = network;
    this.random = new Random(seed);
    this.path = path;
    this.own = IceCredentials.generate(random);
    network.attach(path, this);
  }

  private static DtlsIdentity identity() {
    Instant now = Instant.now();
    return DtlsIdentity.selfSigned(
        new SecureRandom(), now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
  }

  /// The sections, to be changed before the next offer.
  public PeerSdp sdp() {
    return sdp;
  }

  /// Whether it opens the DTLS association.
  public void active(boolean opens) {
    active = opens;
  }

  /// Whether it says anything in DTLS at all.
  public void handshakes(boolean does) {
    handshakes = does;
  }

  /// Whether it opens the DTLS association with its first check, which is not answered by then.
  public void hasty(boolean is) {
    hasty = is;
  }

  /// Says another fingerprint than that of its certificate.
  public void lie(String fingerprint) {
    shown = fingerprint;
  }

  /// Takes RTP packets, in the clear, instead of keeping them.
  public void listener(Consumer<byte[]> takes) {
    listener = takes;
  }

  /// Is told what RTCP comes.
  public void visitor(RtcpVisitor told) {
    visitor = told;
  }

  /// Sees every datagram that comes, before anything else.
  public void raw(Consumer<byte[]> sees) {
    raw = sees;
  }

  /// Sees every control packet that comes, in the clear.
  public void controls(Consumer<byte[]> sees) {
    controls = sees;
  }

  /// An offer of what it has; `setup` is actpass.
  public String offer() {
    return sdp.text(transport("actpass"));
  }

  /// An offer with new ICE credentials.
  public String offerRestart() {
    own = IceCredentials.generate(random);
    return offer();
  }

  /// Takes the server's answer: checks begin.
  public void answered(String answer) {
    SessionDescription description = PeerSdp.parse(answer);
    take(description);
  }

  /// Answers the server's offer: checks begin.
  public String answer(String offer) {
    SessionDescription description = PeerSdp.parse(offer);
    if (ice != null && !PeerSdp.credentials(description).equals(server)) {
      own = IceCredentials.generate(random);
    }
    sdp.learn(description);
    take(description);
    return sdp.text(transport(active ? "active" : "passive"));
  }

  private void take(SessionDescription description) {
    for (MediaSection section : description.sections()) {
      if (!section.stopped()) {
        server = PeerSdp.credentials(description);
        expected =
            description.fingerprints(section).stream()
                .map(one -> Fingerprint.parse(one.value()).orElseThrow())
                .toList();
        break;
      }
    }
    generation(server);
    if (dtls != null) {
      dtls.expect(expected);
    }
  }

  private void generation(IceCredentials theirs) {
    if (ice == null) {
      ice = new IceClient(own, theirs, random.nextLong());
    } else {
      ice.restart(own, theirs);
    }
    check();
  }

  /// New credentials for the server's, outside of descriptions.
  public IceCredentials renewed() {
    own = IceCredentials.generate(random);
    return own;
  }

  /// Goes on with the server's new credentials.
  public void restarted(IceCredentials theirs) {
    server = theirs;
    generation(theirs);
  }

  private String transport(String setup) {
    return "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\na=ice-options:trickle\r\n"
            .formatted(own.ufrag(), own.pwd())
        + "a=fingerprint:%s\r\na=setup:%s\r\n".formatted(shown, setup);
  }

  /// Sends a check now.
  public void check() {
    nextCheck = network.now() + CHECK_EVERY;
    network.send(ice.check(nominates), path);
    if (hasty) {
      open();
    }
  }

  private void open() {
    if (handshakes && active && dtls == null) {
      dtls = DtlsConnection.webrtcClient(TOOLS, rules(), this, this::progressed);
    }
  }

  /// Whether its checks nominate.
  public void nominates(boolean does) {
    nominates = does;
  }

  /// Is silent from now on.
  public void vanish() {
    nextCheck = Engine.NEVER;
    ice.consents(false);
  }

  /// Goes on from another address.
  public void move(FiveTuple other) {
    network.detach(path);
    path = other;
    network.attach(path, this);
    if (ice != null) {
      check();
    }
  }

  public FiveTuple path() {
    return path;
  }

  public IceClient ice() {
    return ice;
  }

  @Override
  public void tick(long now) {
    check();
  }

  @Override
  public long deadline() {
    return nextCheck;
  }

  @Override
  public void receive(byte[] datagram, FiveTuple on, long now) {
    raw.accept(datagram);
    int first = datagram[0] & 0xff;
    if (first < 4) {
      byte[] answer = ice.receive(datagram, on);
      if (answer != null) {
        network.send(answer, on);
      } else if (ice.succeeded() > 0) {
        open();
      }
    } else if (first < 64) {
      handshake(datagram);
    } else if (receiver != null && RtpPacket.looksLikeRtcp(datagram, 0)) {
      control(datagram);
    } else if (receiver != null) {
      media(datagram);
    }
  }

  private void handshake(byte[] datagram) {
    if (!handshakes) {
      return;
    }
    if (dtls == null) {
      dtls = DtlsConnection.webrtcServer(TOOLS, rules(), this, this::progressed);
    }
    dtls.receive(datagram, 0, datagram.length);
  }

  private DtlsPeerRules rules() {
    return new DtlsPeerRules(identity, expected, PROFILES, Duration.ofSeconds(50));
  }

  private void progressed() {
    network.soon(() -> dtls.advance());
  }

  private void media(byte[] datagram) {
    byte[] plain = new byte[datagram.length];
    int header = RtpPacket.headerLength(datagram, 0, datagram.length);
    int length = receiver.unprotect(datagram, 0, datagram.length, header, plain, 0);
    if (length < 0) {
      throw new AssertionError("the server's SRTP: " + length);
    }
    listener.accept(Arrays.copyOf(plain, length));
  }

  private void control(byte[] datagram) {
    byte[] plain = new byte[datagram.length];
    int length = receiver.unprotectRtcp(datagram, 0, datagram.length, plain, 0);
    if (length < 0) {
      throw new AssertionError("the server's SRTCP: " + length);
    }
    controls.accept(Arrays.copyOf(plain, length));
    RtcpReader.read(plain, 0, length, visitor);
  }

  @Override
  public void record(byte[] octets, int at, int length) {
    network.send(Arrays.copyOfRange(octets, at, at + length), path);
  }

  @Override
  public void established() {
    SrtpProfile profile = SrtpProfile.of(dtls.srtpProfile());
    SrtpKeys keys =
        SrtpKeys.of(
            profile,
            dtls.exportSrtpKeys(profile.exporterLength()),
            active ? SrtpKeys.Role.CLIENT : SrtpKeys.Role.SERVER);
    sender = keys.sender();
    receiver = keys.receiver(512);
  }

  @Override
  public void data(byte[] octets, int at, int length) {
    within.accept(Arrays.copyOfRange(octets, at, at + length));
  }

  /// Takes messages within DTLS.
  public void within(Consumer<byte[]> takes) {
    within = takes;
  }

  /// Sends a message within DTLS.
  public void within(byte[] octets, int at, int length) {
    dtls.send(octets, at, length);
  }

  public boolean connected() {
    return sender != null;
  }

  /// Why its DTLS connection has ended, or null.
  public DtlsEnd end() {
    return dtls == null ? null : dtls.end();
  }

  /// Says close_notify.
  public void close() {
    dtls.close();
    nextCheck = Engine.NEVER;
  }

  /// RTP packets that came, in the clear.
  public List<byte[]> packets() {
    return packets;
  }

  /// A plain RTP packet as it would go out, protected.
  public byte[] protect(byte[] plain) {
    byte[] out = new byte[plain.length + sender.profile().rtpOverhead()];
    int header = RtpPacket.headerLength(plain, 0, plain.length);
    sender.stream(RtpPacket.ssrc(plain, 0))
        .protect(plain, 0, header, plain, header, plain.length - header, out, 0);
    return out;
  }

  /// Sends a plain RTP packet, protected.
  public void send(byte[] plain) {
    network.send(protect(plain), path);
  }

  /// Sends a compound control packet, protected.
  public void control(Consumer<RtcpWriter> writes) {
    byte[] plain = new byte[1400];
    writes.accept(writer.begin(plain, 0, 1200));
    controlOctets(Arrays.copyOf(plain, writer.length()));
  }

  /// Sends octets as an authentic control packet, whatever they are.
  public void controlOctets(byte[] plain) {
    byte[] out = new byte[plain.length + sender.profile().rtcpOverhead()];
    sender.protectRtcp(plain, 0, plain.length, out, 0);
    network.send(out, path);
  }
}
