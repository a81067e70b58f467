package dev.parley.bench;

import dev.parley.lab.IceClient;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsEffects;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.dtls.DtlsPeerRules;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.srtp.SrtpKeys;
import dev.parley.protocol.srtp.SrtpProfile;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.protocol.srtp.SrtpSender;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// A client's end of a PeerConnection to an SFU, as light as it can be: ICE with one candidate,
/// DTLS, SRTP with AEAD_AES_128_GCM, consent, and a receiver report now and then. Confined to one
/// thread.
final class FanoutPeer implements DtlsEffects {
  private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
  private static final long MILLI = 1_000_000;
  private static final long CHECK_AGAIN = 100 * MILLI;

  /// As browsers do (RFC 7675, section 5.1).
  private static final long CONSENT = 5_000 * MILLI;

  private static final int PAYLOAD_FEEDBACK = 206;
  private static final int TRANSPORT_FEEDBACK = 205;

  private final DatagramChannel channel;
  private final DtlsConnection.Toolbox tools;
  private final DtlsIdentity identity;
  private final Consumer<Runnable> soon;
  private final IceCredentials own;
  private final FanoutCheck check;
  private final int number;
  private final byte[] plain = new byte[2048];
  private final byte[] out = new byte[64];
  private FanoutSdp.Far far;
  private IceClient ice;
  private FiveTuple path;
  private DtlsConnection dtls;
  private SrtpSender sender;
  private SrtpReceiver receiver;
  private long nextCheck;

  /// Requests for a key frame so far.
  long keyFramesAsked;

  /// Requests for lost packets so far.
  long nacks;

  /// @param channel bound, not connected
  /// @param soon runs something on this peer's thread, asked from any
  /// @param check takes the RTP that comes
  FanoutPeer(
      DatagramChannel channel,
      DtlsConnection.Toolbox tools,
      DtlsIdentity identity,
      Consumer<Runnable> soon,
      FanoutCheck check,
      int number) {
    this.channel = channel;
    this.tools = tools;
    this.identity = identity;
    this.soon = soon;
    this.check = check;
    this.number = number;
    this.own = IceCredentials.generate(new Random(number));
  }

  /// A description that begins the connection.
  String offer(boolean sends) {
    return FanoutSdp.offer(own, identity.fingerprint(), sends);
  }

  /// What answers a description of the server's.
  String answer(String offer) {
    return FanoutSdp.answer(offer, own, identity.fingerprint());
  }

  /// Goes on with what the server answered.
  void answered(String description) throws IOException {
    if (far != null) {
      return;
    }
    far = FanoutSdp.far(description);
    ice = new IceClient(own, far.ice(), number);
    var local = (InetSocketAddress) channel.getLocalAddress();
    path =
        new FiveTuple(
            Transport.UDP, TransportAddress.of(far.candidate()), TransportAddress.of(local));
  }

  boolean connected() {
    return receiver != null;
  }

  /// What the source sends with; null before [#connected].
  SrtpSender sender() {
    return sender;
  }

  InetSocketAddress server() {
    return far.candidate();
  }

  /// Does what is due.
  void tick(long now) throws IOException {
    if (ice == null || nextCheck != 0 && nextCheck - now > 0) {
      return;
    }
    send(ice.check(ice.succeeded() == 0));
    nextCheck = now + (connected() ? CONSENT : CHECK_AGAIN);
    if (connected() && check.ssrc() != 0) {
      report(check.ssrc());
    }
  }

  /// Takes what is no RTP.
  void datagram(byte[] octets, int length) throws IOException {
    int first = octets[0] & 0xff;
    if (ice != null && first < 4) {
      byte[] answer = ice.receive(Arrays.copyOf(octets, length), path);
      if (answer != null) {
        send(answer);
      }
      if (dtls == null && ice.succeeded() > 0) {
        begin();
      }
    } else if (dtls != null && first >= 20 && first < 64) {
      dtls.receive(octets, 0, length);
    } else if (connected() && first >= 128) {
      control(octets, length);
    }
  }

  private void begin() {
    var rules =
        new DtlsPeerRules(
            identity, List.of(far.fingerprint()), List.of(PROFILE.code()), Duration.ofSeconds(20));
    Runnable progress = () -> soon.accept(() -> dtls.advance());
    dtls =
        far.passive()
            ? DtlsConnection.webrtcClient(tools, rules, this, progress)
            : DtlsConnection.webrtcServer(tools, rules, this, progress);
  }

  @Override
  public void record(byte[] octets, int at, int length) {
    try {
      channel.send(ByteBuffer.wrap(octets, at, length), far.candidate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void established() {
    var role = far.passive() ? SrtpKeys.Role.CLIENT : SrtpKeys.Role.SERVER;
    var keys = SrtpKeys.of(PROFILE, dtls.exportSrtpKeys(PROFILE.exporterLength()), role);
    sender = keys.sender();
    receiver = keys.receiver(8);
    check.keyed(receiver);
  }

  @Override
  public void data(byte[] octets, int at, int length) {}

  private void control(byte[] octets, int length) {
    int total = receiver.unprotectRtcp(octets, 0, length, plain, 0);
    for (int at = 0; at + 4 <= total; at += 4 * (Octets.u16(plain, at + 2) + 1)) {
      int type = plain[at + 1] & 0xff;
      int format = plain[at] & 31;
      boolean keyFrame = type == PAYLOAD_FEEDBACK && (format == 1 || format == 4);
      keyFramesAsked += keyFrame ? 1 : 0;
      nacks += type == TRANSPORT_FEEDBACK && format == 1 ? 1 : 0;
    }
  }

  // RFC 3550, section 6.4.2, with one block that knows of no loss.
  private void report(int ssrc) throws IOException {
    var packet = new byte[32];
    Octets.put32(packet, 0, 0x81c9_0007);
    Octets.put32(packet, 4, 0x0a00_0000 | number);
    Octets.put32(packet, 8, ssrc);
    int total = sender.protectRtcp(packet, 0, packet.length, out, 0);
    channel.send(ByteBuffer.wrap(out, 0, total), far.candidate());
  }

  private void send(byte[] octets) throws IOException {
    channel.send(ByteBuffer.wrap(octets), far.candidate());
  }
}
