package dev.parley.boot;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A client that asked for an allocation over UDP, for tests in other packages; closing it releases
/// what it got.
public final class Relayed implements AutoCloseable {
  private final ProbeClient client;
  private final ProbeClient.Reply reply;

  private Relayed(ProbeClient client, ProbeClient.Reply reply) {
    this.client = client;
    this.reply = reply;
  }

  /// Asks for an allocation at a port of 127.0.0.1.
  public static Relayed allocate(int port, String username, String password) throws IOException {
    var server = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    var client = new ProbeClient(server, new ProbeClient.Account(username, password));
    return new Relayed(
        client,
        client.request(
            StunMethod.ALLOCATE,
            (request, transaction) -> request.u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24)));
  }

  /// `success`, the code of the error, or `no answer`.
  public String answer() {
    return reply.text();
  }

  @Override
  public void close() throws IOException {
    try (client) {
      if (reply.code() == ProbeClient.Reply.SUCCESS) {
        client.request(
            StunMethod.REFRESH, (request, transaction) -> request.u32(StunAttribute.LIFETIME, 0));
      }
    }
  }
}
