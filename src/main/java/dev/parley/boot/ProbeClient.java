package dev.parley.boot;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// A TURN client over UDP (RFC 8656) that waits for its answers, as the self-test needs one: it
/// says what it is told to say and reports what comes back. Confined to one thread; close it.
final class ProbeClient implements AutoCloseable {
  /// Who the client claims to be.
  record Account(String username, String password) {
    /// Nothing secret.
    @Override
    public String toString() {
      return "Account";
    }
  }

  /// What came back.
  ///
  /// @param code 0 for success, [#SILENCE], or that of ERROR-CODE
  /// @param message the answer, or null
  record Reply(int code, StunMessage message) {
    static final int SUCCESS = 0;
    static final int SILENCE = -1;

    /// An address in the answer, or null.
    TransportAddress address(StunAttribute attribute) {
      try {
        int value = message == null ? StunMessage.NONE : message.find(attribute);
        return value == StunMessage.NONE ? null : StunValues.xorAddress(message, value);
      } catch (StunRefused e) {
        return null;
      }
    }

    /// As a report says it.
    String text() {
      return switch (code) {
        case SUCCESS -> "success";
        case SILENCE -> "no answer";
        default -> Integer.toString(code);
      };
    }
  }

  /// What a request says besides who asks.
  @FunctionalInterface
  interface Body {
    /// Appends attributes.
    ///
    /// @param transaction 12 octets, with which some values are XORed
    void append(StunWriter request, byte[] transaction);
  }

  /// RFC 8489, section 6.2.1 begins with 500 ms; on one machine three of them say that nobody is
  /// there.
  private static final int WAIT_MILLIS = 500;

  private static final int TRIES = 3;
  private static final int LARGEST = 2048;

  private final SecureRandom random = new SecureRandom();
  private final StunWriter writer = new StunWriter();
  private final Deque<byte[]> relayed = new ArrayDeque<>();
  private final DatagramSocket socket = new DatagramSocket();
  private final Account account;
  private byte[] realm;
  private byte[] nonce;

  /// @param account null: it never authenticates
  ProbeClient(InetSocketAddress server, Account account) throws IOException {
    this.account = account;
    socket.connect(server);
  }

  /// Asks, authenticates where it is asked to and can, and returns the last answer.
  Reply request(StunMethod method, Body body) throws IOException {
    Reply reply = exchange(method, body);
    boolean first = reply.code() == 401 && nonce == null;
    if (account != null && (first || reply.code() == 438) && learn(reply.message())) {
      reply = exchange(method, body);
    }
    return reply;
  }

  /// Sends ChannelData (RFC 8656, section 12.4).
  void send(int channel, byte[] data) throws IOException {
    byte[] octets = new byte[4 + data.length];
    Octets.put16(octets, 0, channel);
    Octets.put16(octets, 2, data.length);
    System.arraycopy(data, 0, octets, 4, data.length);
    socket.send(new DatagramPacket(octets, octets.length));
  }

  /// The data of the next ChannelData message, or null where none comes.
  byte[] receive() throws IOException {
    long until = System.nanoTime() + WAIT_MILLIS * 1_000_000L;
    while (relayed.isEmpty()) {
      byte[] octets = next(until);
      if (octets == null) {
        return null;
      }
      keep(octets);
    }
    return relayed.removeFirst();
  }

  private Reply exchange(StunMethod method, Body body) throws IOException {
    byte[] transaction = new byte[12];
    random.nextBytes(transaction);
    byte[] octets = new byte[LARGEST];
    body.append(writer.request(octets, 0, method, transaction), transaction);
    if (account != null && nonce != null) {
      writer
          .text(StunAttribute.USERNAME, account.username())
          .octets(StunAttribute.REALM, realm, 0, realm.length)
          .octets(StunAttribute.NONCE, nonce, 0, nonce.length)
          .integrity(new StunIntegrity(StunIntegrity.Algorithm.SHA1, key()));
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      socket.send(new DatagramPacket(octets, writer.length()));
      Reply reply = await(transaction, System.nanoTime() + WAIT_MILLIS * 1_000_000L);
      if (reply != null) {
        return reply;
      }
    }
    return new Reply(Reply.SILENCE, null);
  }

  private Reply await(byte[] transaction, long until) throws IOException {
    for (byte[] octets = next(until); octets != null; octets = next(until)) {
      if (!StunMessage.looksLike(octets, 0, octets.length)) {
        keep(octets);
        continue;
      }
      try {
        StunMessage message = StunMessage.parse(octets, 0, octets.length);
        if (Arrays.equals(transaction, message.transactionId())) {
          return new Reply(code(message), message);
        }
      } catch (StunRefused e) {
        // Not an answer; another may follow.
      }
    }
    return null;
  }

  private static int code(StunMessage message) throws StunRefused {
    return message.messageClass() == StunClass.SUCCESS_RESPONSE
        ? Reply.SUCCESS
        : StunValues.errorCode(message, message.find(StunAttribute.ERROR_CODE));
  }

  /// One datagram, or null where time is up or nobody listens.
  private byte[] next(long until) throws IOException {
    long left = (until - System.nanoTime()) / 1_000_000L;
    if (left <= 0) {
      return null;
    }
    socket.setSoTimeout((int) left);
    var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException | PortUnreachableException e) {
      return null;
    }
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private void keep(byte[] octets) {
    boolean channelData = octets.length >= 4 && (octets[0] & 0xf0) == 0x40;
    if (channelData && Octets.u16(octets, 2) <= octets.length - 4) {
      relayed.add(Arrays.copyOfRange(octets, 4, 4 + Octets.u16(octets, 2)));
    }
  }

  private boolean learn(StunMessage challenge) {
    realm = octets(challenge, StunAttribute.REALM);
    nonce = octets(challenge, StunAttribute.NONCE);
    return realm != null && nonce != null;
  }

  private static byte[] octets(StunMessage message, StunAttribute attribute) {
    int value = message.find(attribute);
    return value == StunMessage.NONE
        ? null
        : Arrays.copyOfRange(message.octets(), value, value + message.length(value));
  }

  /// The long-term key with MD5, as browsers compute it (RFC 8489, section 18.5.1.1).
  private byte[] key() {
    String name = new String(realm, StandardCharsets.UTF_8);
    String text = account.username() + ":" + name + ":" + account.password();
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
