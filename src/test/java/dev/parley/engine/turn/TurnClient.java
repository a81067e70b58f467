package dev.parley.engine.turn;

import dev.parley.engine.turn.auth.TimeLimited;
import dev.parley.lab.RecordedEffects;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunPasswordAlgorithm;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// A TURN client with time-limited credentials that talks to a [TurnScenario].
final class TurnClient {
  static final UnaryOperator<StunWriter> NOTHING = writer -> writer;

  private final TurnScenario scenario;
  private final String username;
  private final String password;
  private final StunWriter writer = new StunWriter();
  private final byte[] buffer = new byte[8192];
  private FiveTuple path;
  private String realm = "parley";
  private byte[] nonce;
  private int transaction;

  /// @param seconds from now until its credential expires
  TurnClient(TurnScenario scenario, FiveTuple path, String name, long seconds) {
    this(scenario, path, (scenario.wall().getEpochSecond() + seconds) + ":" + name);
  }

  private TurnClient(TurnScenario scenario, FiveTuple path, String username) {
    this(scenario, path, username, TimeLimited.password(TurnScenario.SECRET, username));
  }

  /// A client whose credential is stored somewhere.
  TurnClient(TurnScenario scenario, FiveTuple path, String username, String password) {
    this.scenario = scenario;
    this.path = path;
    this.username = username;
    this.password = password;
    this.transaction = path.hashCode();
  }

  FiveTuple path() {
    return path;
  }

  /// Goes on from another 5-tuple.
  void move(FiveTuple to) {
    path = to;
    nonce = null;
  }

  StunIntegrity integrity() {
    byte[] key = StunPasswordAlgorithm.MD5.key(username, realm, password);
    return new StunIntegrity(StunIntegrity.Algorithm.SHA1, key);
  }

  /// A request of UDP relaying with these attributes besides.
  TurnAnswer allocate(UnaryOperator<StunWriter> more) {
    return ask(
        StunMethod.ALLOCATE,
        writer -> more.apply(writer.u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24)));
  }

  TurnAnswer allocate() {
    return allocate(NOTHING);
  }

  TurnAnswer refresh(int seconds) {
    return ask(StunMethod.REFRESH, writer -> writer.u32(StunAttribute.LIFETIME, seconds));
  }

  TurnAnswer permit(TransportAddress... peers) {
    return ask(
        StunMethod.CREATE_PERMISSION,
        writer -> {
          for (TransportAddress peer : peers) {
            writer.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer);
          }
          return writer;
        });
  }

  TurnAnswer bind(int channel, TransportAddress peer) {
    return ask(
        StunMethod.CHANNEL_BIND,
        writer ->
            writer
                .u32(StunAttribute.CHANNEL_NUMBER, channel << 16)
                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer));
  }

  /// Sends a request and returns its answer, or null; authenticates first where it must.
  TurnAnswer ask(StunMethod method, UnaryOperator<StunWriter> attributes) {
    if (nonce == null) {
      TurnAnswer challenge = sendBare(StunMethod.ALLOCATE, NOTHING_BUT_TRANSPORT);
      nonce = challenge.octets(StunAttribute.NONCE);
    }
    TurnAnswer answer = send(signed(method, attributes));
    if (answer != null && answer.error() == 438) {
      // Section 9.2.5 of RFC 8489: once more, with the nonce that came.
      nonce = answer.octets(StunAttribute.NONCE);
      answer = send(signed(method, attributes));
    }
    return answer;
  }

  private static final UnaryOperator<StunWriter> NOTHING_BUT_TRANSPORT =
      writer -> writer.u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24);

  /// A request without credentials.
  TurnAnswer sendBare(StunMethod method, UnaryOperator<StunWriter> attributes) {
    attributes.apply(writer.request(buffer, 0, method, nextTransaction()));
    return send(written());
  }

  /// The octets of a request with credentials; the nonce must be known.
  byte[] signed(StunMethod method, UnaryOperator<StunWriter> attributes) {
    attributes.apply(writer.request(buffer, 0, method, nextTransaction()));
    writer.text(StunAttribute.USERNAME, username).text(StunAttribute.REALM, realm);
    writer.octets(StunAttribute.NONCE, nonce, 0, nonce.length);
    // With the cookie of RFC 8489 comes a choice of algorithms; whoever has none sends none.
    writer.integrity(integrity());
    return written();
  }

  /// The octets of a request with credentials and a FINGERPRINT.
  byte[] printed(StunMethod method) {
    signed(method, NOTHING);
    writer.fingerprint();
    return written();
  }

  /// Sends octets and returns the answer to this path, or null where there is none.
  TurnAnswer send(byte[] octets) {
    scenario.receive(octets, path);
    List<RecordedEffects.Sent> sent =
        scenario.effects.sent().stream().filter(one -> one.path().equals(path)).toList();
    return sent.isEmpty() ? null : TurnAnswer.of(sent.getLast().octets());
  }

  /// What arrived at this client since the last call.
  List<byte[]> arrived() {
    return scenario.effects.sent().stream()
        .filter(one -> one.path().equals(path))
        .map(RecordedEffects.Sent::octets)
        .toList();
  }

  byte[] sendIndication(TransportAddress peer, byte[] data, boolean whole) {
    writer
        .indication(buffer, 0, StunMethod.SEND, nextTransaction())
        .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer)
        .octets(StunAttribute.DATA, data, 0, data.length);
    if (whole) {
      writer.flag(StunAttribute.DONT_FRAGMENT);
    }
    return written();
  }

  static byte[] channelData(int channel, byte[] data) {
    byte[] octets = new byte[4 + data.length];
    Octets.put16(octets, 0, channel);
    Octets.put16(octets, 2, data.length);
    System.arraycopy(data, 0, octets, 4, data.length);
    return octets;
  }

  private byte[] nextTransaction() {
    byte[] id = new byte[12];
    Octets.put32(id, 4, path.hashCode());
    Octets.put32(id, 8, transaction++);
    return id;
  }

  private byte[] written() {
    return Arrays.copyOf(buffer, writer.length());
  }
}
