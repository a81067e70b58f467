package dev.parley.bench;

import dev.parley.lab.TurnCredential;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/// One 5-tuple of [TurnLoadClient]: Allocate, the challenge, Allocate, and later Refresh with
/// lifetime 0.
final class TurnDialog {
  enum Step {
    ASKING,
    ALLOCATING,
    HELD,
    RELEASING,
    RELEASED
  }

  private static final int UDP_RELAY = 17 << 24;
  private static final int MOST_TRIES = 12;

  private final DatagramChannel channel;
  private final TurnCredential credential;
  private final StunWriter writer;
  private final ByteBuffer buffer;
  private Step step = Step.ASKING;
  private byte[] transaction = new byte[12];
  private byte[] realm;
  private byte[] nonce;
  private int tries;

  /// When it last sent, in `System.nanoTime()`.
  long sentAt;

  /// @param channel connected to the server, not blocking
  /// @param writer shared by the dialogs of one thread, as is the buffer
  TurnDialog(
      DatagramChannel channel, TurnCredential credential, StunWriter writer, ByteBuffer buffer)
      throws IOException {
    this.channel = channel;
    this.credential = credential;
    this.writer = writer;
    this.buffer = buffer;
    enter(Step.ASKING);
  }

  Step step() {
    return step;
  }

  /// Ends the allocation.
  void release() throws IOException {
    enter(Step.RELEASING);
  }

  /// Sends the last request again, for it or its answer was lost.
  void again() throws IOException {
    if (++tries > MOST_TRIES) {
      throw new IOException("no answer while " + step);
    }
    send();
  }

  /// Reads what has come.
  ///
  /// @return whether a step was reached at which somebody else decides what follows
  boolean read() throws IOException {
    buffer.clear();
    int length = channel.read(buffer);
    if (length <= 0) {
      return false;
    }
    try {
      StunMessage message = StunMessage.parse(buffer.array(), 0, length);
      return Arrays.equals(message.transactionId(), transaction) && take(message);
    } catch (StunRefused e) {
      throw new IOException("the server sent no STUN", e);
    }
  }

  void close() throws IOException {
    channel.close();
  }

  private boolean take(StunMessage message) throws IOException {
    if (message.messageClass() == StunClass.SUCCESS_RESPONSE) {
      boolean releasing = step == Step.RELEASING;
      step = releasing ? Step.RELEASED : Step.HELD;
      return true;
    }
    int at = message.find(StunAttribute.ERROR_CODE);
    int code = at < 0 ? 0 : message.octets()[at + 2] * 100 + message.octets()[at + 3];
    boolean challenge = code == 401 && step == Step.ASKING || code == 438;
    if (!challenge || !message.has(StunAttribute.REALM) || !message.has(StunAttribute.NONCE)) {
      throw new IOException("the server answers " + code + " while " + step);
    }
    realm = octets(message, StunAttribute.REALM);
    nonce = octets(message, StunAttribute.NONCE);
    enter(step == Step.ASKING ? Step.ALLOCATING : step);
    return false;
  }

  private static byte[] octets(StunMessage message, StunAttribute attribute) {
    int at = message.find(attribute);
    return Arrays.copyOfRange(message.octets(), at, at + message.length(at));
  }

  private void enter(Step next) throws IOException {
    step = next;
    tries = 0;
    ThreadLocalRandom.current().nextBytes(transaction);
    send();
  }

  private void send() throws IOException {
    sentAt = System.nanoTime();
    StunMethod method = step == Step.RELEASING ? StunMethod.REFRESH : StunMethod.ALLOCATE;
    StunWriter request = writer.request(buffer.array(), 0, method, transaction);
    if (step == Step.RELEASING) {
      request.u32(StunAttribute.LIFETIME, 0);
    } else {
      request.u32(StunAttribute.REQUESTED_TRANSPORT, UDP_RELAY);
    }
    if (step != Step.ASKING) {
      var integrity =
          new StunIntegrity(
              StunIntegrity.Algorithm.SHA1,
              credential.key(new String(realm, StandardCharsets.UTF_8)));
      request
          .text(StunAttribute.USERNAME, credential.user())
          .octets(StunAttribute.REALM, realm, 0, realm.length)
          .octets(StunAttribute.NONCE, nonce, 0, nonce.length)
          .integrity(integrity);
    }
    buffer.limit(request.length()).position(0);
    channel.write(buffer);
  }
}
