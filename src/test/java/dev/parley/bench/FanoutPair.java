package dev.parley.bench;

import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsEffects;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.dtls.DtlsPeerRules;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.ice.IceEffects;
import dev.parley.protocol.ice.IceEvent;
import dev.parley.protocol.ice.IceKit;
import dev.parley.protocol.ice.IceLimits;
import dev.parley.protocol.ice.IceLite;
import dev.parley.protocol.ice.IceRefused;
import dev.parley.protocol.sdp.Agreement;
import dev.parley.protocol.sdp.Capabilities;
import dev.parley.protocol.sdp.Fingerprint;
import dev.parley.protocol.sdp.HeaderExtension;
import dev.parley.protocol.sdp.IceParameters;
import dev.parley.protocol.sdp.LocalTransport;
import dev.parley.protocol.sdp.Negotiation;
import dev.parley.protocol.sdp.NegotiationRefused;
import dev.parley.protocol.sdp.SdpRefused;
import dev.parley.protocol.sdp.SessionDescription;
import dev.parley.protocol.srtp.SrtpKeys;
import dev.parley.protocol.srtp.SrtpProfile;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// The server's end for a [FanoutPeer], of Parley's own protocols on a real socket. Confined to one
/// thread.
final class FanoutPair implements IceEffects, DtlsEffects, AutoCloseable {
  static final String TRANSPORT =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
  private final byte[] octets = new byte[2048];
  private final IceCredentials credentials = IceCredentials.generate(new Random(7));
  private final IceLite ice;
  private final DtlsConnection.Toolbox tools;
  private final DtlsIdentity identity;
  private final Consumer<Runnable> soon;
  private final TransportAddress local;
  private FiveTuple path;
  private DtlsConnection dtls;
  private Agreement agreement;

  final Negotiation negotiation;

  /// What media is protected with; null before the handshake is done.
  SrtpKeys keys;

  /// RTP packets that came.
  int media;

  FanoutPair(DtlsConnection.Toolbox tools, DtlsIdentity identity, Consumer<Runnable> soon)
      throws IOException {
    this.tools = tools;
    this.identity = identity;
    this.soon = soon;
    channel.configureBlocking(false);
    channel.bind(new InetSocketAddress("127.0.0.1", 0));
    var address = (InetSocketAddress) channel.getLocalAddress();
    local = TransportAddress.of(address);
    ice = new IceLite(new IceKit(new Random(11)), credentials, IceLimits.defaults(), this);
    String digest = identity.fingerprint().digest();
    var transport =
        new LocalTransport(
            "4242",
            true,
            new Fingerprint("sha-256", digest),
            List.of("1 1 udp 2130706431 127.0.0.1 " + address.getPort() + " typ host"));
    var extensions = List.of(new HeaderExtension(TRANSPORT, true, true, true));
    negotiation =
        new Negotiation(
            Capabilities.standard(extensions, false),
            transport,
            () -> new IceParameters(credentials.ufrag(), credentials.pwd(), List.of(), true));
  }

  /// Answers the client's offer.
  String answer(String offer) throws SdpRefused, NegotiationRefused, IceRefused {
    var answer = negotiation.answer(1, SessionDescription.parse(offer));
    agreement = answer.agreement();
    IceParameters far = agreement.remote().ice();
    ice.remote(IceCredentials.of(far.ufrag(), far.password()));
    return answer.text();
  }

  void turn() throws IOException {
    var buffer = ByteBuffer.wrap(octets);
    for (var from = channel.receive(buffer); from != null; from = channel.receive(buffer)) {
      take(
          new FiveTuple(Transport.UDP, local, TransportAddress.of((InetSocketAddress) from)),
          buffer.position());
      buffer.clear();
    }
    ice.tick(System.nanoTime());
  }

  private void take(FiveTuple from, int length) {
    int first = octets[0] & 0xff;
    if (first < 4) {
      path = from;
      ice.receive(octets, 0, length, from, System.nanoTime());
    } else if (first < 64) {
      if (dtls == null) {
        begin();
      }
      dtls.receive(octets, 0, length);
    } else {
      media++;
    }
  }

  private void begin() {
    var expected = agreement.remote().fingerprints().getFirst();
    var rules =
        new DtlsPeerRules(
            identity,
            dev.parley.protocol.dtls.Fingerprint.parse(expected.algorithm() + " " + expected.hash())
                .stream()
                .toList(),
            List.of(SrtpProfile.AEAD_AES_128_GCM.code()),
            Duration.ofSeconds(20));
    dtls = DtlsConnection.webrtcServer(tools, rules, this, () -> soon.accept(() -> dtls.advance()));
  }

  /// Sends to where the client was heard last.
  void send(byte[] octets, int length) {
    transmit(octets, 0, length, path);
  }

  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple to) {
    try {
      channel.send(ByteBuffer.wrap(octets, at, length), to.remote().socketAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void happened(IceEvent event) {}

  @Override
  public void record(byte[] octets, int at, int length) {
    transmit(octets, at, length, path);
  }

  @Override
  public void established() {
    var profile = SrtpProfile.AEAD_AES_128_GCM;
    byte[] exported = dtls.exportSrtpKeys(profile.exporterLength());
    keys = SrtpKeys.of(profile, exported, SrtpKeys.Role.SERVER);
  }

  @Override
  public void data(byte[] octets, int at, int length) {}

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
