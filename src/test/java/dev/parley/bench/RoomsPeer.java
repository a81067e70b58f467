package dev.parley.bench;

import dev.parley.lab.IceClient;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsEffects;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.dtls.DtlsPeerRules;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.srtp.SrtpKeys;
import dev.parley.protocol.srtp.SrtpProfile;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.protocol.srtp.SrtpSender;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// The transport of one member of a crowd: ICE with one candidate, DTLS, SRTP with
/// AEAD_AES_128_GCM. Confined to the media thread.
final class RoomsPeer implements DtlsEffects {
  /// Takes media as it came, still protected.
  interface Media {
    void rtp(byte[] octets, int length, long arrived);

    /// In the clear.
    void rtcp(byte[] octets, int length, long arrived);
  }

  /// What all members share.
  ///
  /// @param soon runs something on the media thread, asked from any
  record Kit(
      RoomsSocket socket,
      DtlsConnection.Toolbox tools,
      DtlsIdentity identity,
      Consumer<Runnable> soon,
      Random random,
      double loss) {}

  private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
  private static final int MOST_STREAMS = 1024;
  private static final long CHECK_AGAIN = 200_000_000L;
  private static final long CONSENT = 2_500_000_000L;

  private final Kit kit;
  private final int member;
  private final IceCredentials own;
  private final Media media;
  private final byte[] plain = new byte[2048];
  private final byte[] out = new byte[2048];
  private FanoutSdp.Far far;
  private int address;
  private IceClient ice;
  private FiveTuple path;
  private DtlsConnection dtls;
  private SrtpSender sender;
  private SrtpReceiver receiver;
  private long nextCheck;
  private long checkedAt;
  private boolean ended;

  /// The last round trip of a check in nanoseconds, 0 before the first.
  long roundTrip;

  RoomsPeer(Kit kit, int member, IceCredentials own, Media media) {
    this.kit = kit;
    this.member = member;
    this.own = own;
    this.media = media;
  }

  /// Goes on with what the server answered.
  void begin(FanoutSdp.Far answered) {
    try {
      far = answered;
      byte[] four = far.candidate().getAddress().getAddress();
      address = dev.parley.wire.Octets.u32(four, 0);
      ice = new IceClient(own, far.ice(), member);
      path =
          new FiveTuple(
              Transport.UDP, TransportAddress.of(far.candidate()), kit.socket.address(member));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean connected() {
    return receiver != null;
  }

  /// How far it is, in a word for people.
  String state() {
    if (far == null) {
      return "unanswered";
    }
    if (dtls == null) {
      return ice.succeeded() > 0 ? "checked" : "unchecked, error " + ice.error();
    }
    return connected() ? "connected" : "handshake, end " + dtls.end();
  }

  SrtpSender sender() {
    return sender;
  }

  SrtpReceiver receiver() {
    return receiver;
  }

  void tick(long now) {
    if (ice != null && !ended && nextCheck - now <= 0) {
      octets(ice.check(ice.succeeded() == 0));
      Instant wall = Instant.now();
      checkedAt = wall.getEpochSecond() * 1_000_000_000L + wall.getNano();
      kit.socket.flush();
      nextCheck = now + (connected() ? CONSENT : CHECK_AGAIN);
    }
  }

  /// Takes what came; hot.
  void datagram(byte[] octets, int length, long arrived) {
    int first = octets[0] & 0xff;
    if (ended) {
      return;
    }
    if (RtpPacket.isMedia(first)) {
      if (connected() && !lost()) {
        media(octets, length, arrived);
      }
    } else if (ice != null && first < 4) {
      check(Arrays.copyOf(octets, length), arrived);
    } else if (dtls != null && first >= 20 && first < 64) {
      dtls.receive(octets, 0, length);
    }
  }

  private boolean lost() {
    return kit.loss > 0 && kit.random.nextDouble() < kit.loss;
  }

  private void media(byte[] octets, int length, long arrived) {
    if (!RtpPacket.looksLikeRtcp(octets, 0)) {
      media.rtp(octets, length, arrived);
      return;
    }
    int total = receiver.unprotectRtcp(octets, 0, length, plain, 0);
    if (total > 0) {
      media.rtcp(plain, total, arrived);
    }
  }

  private void check(byte[] message, long arrived) {
    int before = ice.succeeded();
    byte[] answer = ice.receive(message, path);
    if (answer != null) {
      octets(answer);
    }
    if (ice.succeeded() > before) {
      roundTrip = arrived - checkedAt;
    }
    if (dtls == null && ice.succeeded() > 0) {
      handshake();
    }
  }

  private void handshake() {
    var rules =
        new DtlsPeerRules(
            kit.identity,
            List.of(far.fingerprint()),
            List.of(PROFILE.code()),
            Duration.ofSeconds(50));
    Runnable progress = () -> kit.soon.accept(() -> dtls.advance());
    dtls =
        far.passive()
            ? DtlsConnection.webrtcClient(kit.tools, rules, this, progress)
            : DtlsConnection.webrtcServer(kit.tools, rules, this, progress);
  }

  /// Sends a control packet, protected.
  void control(byte[] packet, int length) {
    int total = sender.protectRtcp(packet, 0, length, out, 0);
    send(out, total);
  }

  /// Sends a protected media packet, or loses it.
  void send(byte[] packet, int length) {
    if (!lost() && !ended) {
      kit.socket.send(member, packet, length, address, far.candidate().getPort());
    }
  }

  private void octets(byte[] datagram) {
    kit.socket.send(member, datagram, datagram.length, address, far.candidate().getPort());
  }

  /// Takes what the server says within DTLS: packets of SCTP.
  interface Inside {
    void take(byte[] octets, int at, int length);
  }

  Inside inside = (_, _, _) -> {};

  /// Whether the server's end of DTLS is the passive one, so that this is its client.
  boolean dtlsClient() {
    return far.passive();
  }

  /// Sends within DTLS.
  void within(byte[] octets, int at, int length) {
    dtls.send(octets, at, length);
  }

  /// Says nothing any more.
  void end() {
    ended = true;
    if (dtls != null) {
      dtls.close();
    }
  }

  /// Is gone without a word: neither says nor hears anything.
  void vanish() {
    ended = true;
  }

  @Override
  public void record(byte[] octets, int at, int length) {
    octets(Arrays.copyOfRange(octets, at, at + length));
  }

  @Override
  public void established() {
    var role = far.passive() ? SrtpKeys.Role.CLIENT : SrtpKeys.Role.SERVER;
    var keys = SrtpKeys.of(PROFILE, dtls.exportSrtpKeys(PROFILE.exporterLength()), role);
    sender = keys.sender();
    receiver = keys.receiver(MOST_STREAMS);
  }

  @Override
  public void data(byte[] octets, int at, int length) {
    inside.take(octets, at, length);
  }
}
