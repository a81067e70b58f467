package dev.parley.boot;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// As much of a TURN server as the probe needs to be told apart: a strict one that knows one
/// account and lets clients reach each other only, or an open one that grants whatever is asked.
final class FakeTurnServer implements AutoCloseable {
  private static final String REALM = "fake";
  private static final String NONCE = "nonce";

  private final DatagramSocket socket;
  private final ProbeClient.Account account;
  private final boolean open;

  /// By client; relayed addresses are `192.0.2.1` with the client's own port.
  private final Map<SocketAddress, Map<Integer, SocketAddress>> channels = new HashMap<>();

  FakeTurnServer(ProbeClient.Account account, boolean open) throws IOException {
    this.account = account;
    this.open = open;
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void serve() {
    var packet = new DatagramPacket(new byte[2048], 2048);
    while (true) {
      try {
        packet.setLength(2048);
        socket.receive(packet);
        byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
        if ((octets[0] & 0xc0) == 0x40) {
          forward(octets, packet.getSocketAddress());
        } else {
          answer(StunMessage.parse(octets, 0, octets.length), packet.getSocketAddress());
        }
      } catch (IOException e) {
        return;
      } catch (StunRefused e) {
        throw new AssertionError("the probe writes well-formed messages", e);
      }
    }
  }

  private void forward(byte[] octets, SocketAddress from) throws IOException {
    SocketAddress to = channels.get(from).get((octets[0] & 0xff) << 8 | octets[1] & 0xff);
    socket.send(new DatagramPacket(octets, octets.length, to));
  }

  private void answer(StunMessage request, SocketAddress from) throws IOException, StunRefused {
    byte[] octets = new byte[1024];
    var writer = new StunWriter();
    StunError error = judge(request, from);
    if (error != null) {
      writer.answer(octets, 0, StunClass.ERROR_RESPONSE, request).error(error);
      writer.text(StunAttribute.REALM, REALM).text(StunAttribute.NONCE, NONCE);
    } else {
      writer.answer(octets, 0, StunClass.SUCCESS_RESPONSE, request);
      if (request.method() == StunMethod.ALLOCATE) {
        int port = ((InetSocketAddress) from).getPort();
        writer.xorAddress(
            StunAttribute.XOR_RELAYED_ADDRESS,
            TransportAddress.of(InetAddress.ofLiteral("192.0.2.1"), port));
      }
    }
    socket.send(new DatagramPacket(octets, writer.length(), from));
  }

  /// What is wrong with a request, or null.
  private StunError judge(StunMessage request, SocketAddress from) throws StunRefused {
    if (!open && !authentic(request)) {
      return StunError.UNAUTHENTICATED;
    }
    return switch (request.method()) {
      case ALLOCATE -> {
        if (request.has(StunAttribute.REQUESTED_ADDRESS_FAMILY)) {
          yield StunError.ADDRESS_FAMILY_NOT_SUPPORTED;
        }
        yield channels.putIfAbsent(from, new HashMap<>()) == null
            ? null
            : StunError.ALLOCATION_MISMATCH;
      }
      case REFRESH -> {
        channels.remove(from);
        yield null;
      }
      default -> reach(request, from);
    };
  }

  private StunError reach(StunMessage request, SocketAddress from) throws StunRefused {
    int value = request.find(StunAttribute.XOR_PEER_ADDRESS);
    InetSocketAddress peer = StunValues.xorAddress(request, value).socketAddress();
    boolean relay = peer.getAddress().equals(InetAddress.ofLiteral("192.0.2.1"));
    if (relay && request.has(StunAttribute.CHANNEL_NUMBER)) {
      int number = StunValues.u32(request, request.find(StunAttribute.CHANNEL_NUMBER)) >>> 16;
      channels
          .get(from)
          .put(number, new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.getPort()));
    }
    return relay || open ? null : StunError.FORBIDDEN;
  }

  private boolean authentic(StunMessage request) throws StunRefused {
    int username = request.find(StunAttribute.USERNAME);
    if (username == StunMessage.NONE
        || !StunValues.text(request, username).equals(account.username())) {
      return false;
    }
    String key = account.username() + ":" + REALM + ":" + account.password();
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(key.getBytes());
      return new StunIntegrity(StunIntegrity.Algorithm.SHA1, md5).verifies(request);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
