package dev.parley.adapter;

import dev.parley.lab.TurnCredential;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunValues;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// A TURN client over UDP that asks a real server and waits for the answer.
final class TurnUser implements AutoCloseable {
  static final String REALM = "parley";
  static final String SECRET = "north";

  final DatagramSocket socket;
  private final TurnCredential credential;
  private final StunWriter writer = new StunWriter();
  private final byte[] buffer = new byte[1024];
  private final byte[] transaction = new byte[12];
  private byte[] nonce;

  TurnUser(InetSocketAddress server, String name) throws Exception {
    credential = TurnCredential.of(SECRET, name);
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout((int) Running.PATIENCE_MILLIS);
    socket.connect(server);
    Octets.put32(transaction, 4, System.identityHashCode(this));
  }

  StunMessage allocate(UnaryOperator<StunWriter> more) throws Exception {
    return ask(
        StunMethod.ALLOCATE, w -> more.apply(w.u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24)));
  }

  /// EVEN-PORT with the R bit.
  StunMessage allocatePair() throws Exception {
    return allocate(w -> w.octets(StunAttribute.EVEN_PORT, new byte[] {-128}, 0, 1));
  }

  StunMessage redeem(long token) throws Exception {
    return allocate(w -> w.u64(StunAttribute.RESERVATION_TOKEN, token));
  }

  StunMessage permit(TransportAddress peer) throws Exception {
    return ask(
        StunMethod.CREATE_PERMISSION, w -> w.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer));
  }

  StunMessage bind(int channel, TransportAddress peer) throws Exception {
    return ask(
        StunMethod.CHANNEL_BIND,
        w ->
            w.u32(StunAttribute.CHANNEL_NUMBER, channel << 16)
                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer));
  }

  void sendIndication(TransportAddress peer, byte[] data) throws Exception {
    writer
        .indication(buffer, 0, StunMethod.SEND, transaction)
        .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer)
        .octets(StunAttribute.DATA, data, 0, data.length);
    send();
  }

  StunMessage ask(StunMethod method, UnaryOperator<StunWriter> attributes) throws Exception {
    StunMessage answer = exchange(method, attributes);
    if (nonce == null || error(answer) == 438) {
      nonce = octets(answer, StunAttribute.NONCE);
      answer = exchange(method, attributes);
    }
    return answer;
  }

  private StunMessage exchange(StunMethod method, UnaryOperator<StunWriter> attributes)
      throws Exception {
    Octets.put32(transaction, 8, Octets.u32(transaction, 8) + 1);
    attributes.apply(writer.request(buffer, 0, method, transaction));
    if (nonce != null) {
      writer
          .text(StunAttribute.USERNAME, credential.user())
          .text(StunAttribute.REALM, REALM)
          .octets(StunAttribute.NONCE, nonce, 0, nonce.length)
          .integrity(new StunIntegrity(StunIntegrity.Algorithm.SHA1, credential.key(REALM)));
    }
    send();
    return message();
  }

  private void send() throws Exception {
    socket.send(new DatagramPacket(buffer, writer.length()));
  }

  /// The next message that arrives.
  StunMessage message() throws Exception {
    byte[] octets = arrived();
    return StunMessage.parse(octets, 0, octets.length);
  }

  byte[] arrived() throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  static int error(StunMessage answer) throws Exception {
    return answer.messageClass() == StunClass.SUCCESS_RESPONSE
        ? 0
        : StunValues.errorCode(answer, answer.find(StunAttribute.ERROR_CODE));
  }

  static byte[] octets(StunMessage message, StunAttribute attribute) {
    int value = message.find(attribute);
    return Arrays.copyOfRange(message.octets(), value, value + message.length(value));
  }

  static int relayPort(StunMessage answer) throws Exception {
    return StunValues.xorAddress(answer, answer.find(StunAttribute.XOR_RELAYED_ADDRESS)).port();
  }

  static long token(StunMessage answer) throws Exception {
    return StunValues.u64(answer, answer.find(StunAttribute.RESERVATION_TOKEN));
  }

  @Override
  public void close() {
    socket.close();
  }
}
