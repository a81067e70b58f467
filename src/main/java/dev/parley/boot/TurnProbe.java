package dev.parley.boot;

import dev.parley.boot.ProbeClient.Account;
import dev.parley.boot.ProbeClient.Body;
import dev.parley.boot.ProbeClient.Reply;
import dev.parley.door.rest.TurnDesk.Check;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tries on a running TURN server what an attacker would and what a caller needs, over UDP as a
/// client does. Blocks; some seconds at most where nothing answers.
final class TurnProbe {
  /// Addresses nobody outside may reach through a relay, a few of each kind (IANA special-purpose
  /// registries).
  private static final List<String> FORBIDDEN_IPV4 =
      List.of(
          "10.0.0.1",
          "172.16.0.1",
          "192.168.0.1",
          "100.64.0.1",
          "169.254.169.254",
          "127.0.0.1",
          "0.0.0.0",
          "224.0.0.1",
          "255.255.255.255");

  private static final List<String> FORBIDDEN_IPV6 =
      List.of("::1", "::", "fe80::1", "fc00::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::1");

  /// The discard port: nothing answers there even where a server lets it through.
  private static final int PORT = 9;

  private static final int UDP = 17 << 24;
  private static final Set<Integer> REFUSED = Set.of(403);

  /// An IPv4 allocation may also say that the family is wrong (443).
  private static final Set<Integer> REFUSED_OR_OTHER_FAMILY = Set.of(403, 443);

  private final InetSocketAddress server;
  private final Account good;
  private final Account expired;
  private final List<InetSocketAddress> guarded;
  private final List<Check> checks = new ArrayList<>();

  /// The next channel number (RFC 8656, section 12), each used once.
  private int channel = 0x4000;

  /// @param good a credential that holds
  /// @param expired one that held
  /// @param guarded own listeners, to be refused as peers
  TurnProbe(
      InetSocketAddress server, Account good, Account expired, List<InetSocketAddress> guarded) {
    this.server = server;
    this.good = good;
    this.expired = expired;
    this.guarded = List.copyOf(guarded);
  }

  /// Makes every attempt.
  List<Check> run() {
    try {
      if (strangers()) {
        insiders();
      }
    } catch (IOException e) {
      checks.add(new Check("talk to the server", "answers", e.getMessage(), false));
    }
    return List.copyOf(checks);
  }

  /// Whoever has no right to allocate; whether anybody answered at all.
  private boolean strangers() throws IOException {
    boolean answers = refused("allocate without credentials", null);
    if (answers) {
      refused("allocate with an expired credential", expired);
      refused(
          "allocate with a wrong password", new Account(good.username(), good.password() + "x"));
    }
    return answers;
  }

  private boolean refused(String name, Account account) throws IOException {
    try (var client = new ProbeClient(server, account)) {
      Reply reply = client.request(StunMethod.ALLOCATE, TurnProbe::allocate);
      expect(name, reply, Set.of(401));
      if (reply.code() == Reply.SUCCESS) {
        release(client);
      }
      return reply.code() != Reply.SILENCE;
    }
  }

  private void insiders() throws IOException {
    try (var ada = new ProbeClient(server, good);
        var bob = new ProbeClient(server, good)) {
      Reply first = ada.request(StunMethod.ALLOCATE, TurnProbe::allocate);
      if (!expect("allocate with a good credential", first, Set.of(Reply.SUCCESS))) {
        return;
      }
      forbidden(ada, first);
      Reply second = bob.request(StunMethod.ALLOCATE, TurnProbe::allocate);
      if (expect("allocate a second time", second, Set.of(Reply.SUCCESS))) {
        relay(ada, bob, first, second);
        release(bob);
      }
      expect("release the allocation", release(ada), Set.of(Reply.SUCCESS));
      Reply again = ada.request(StunMethod.ALLOCATE, TurnProbe::allocate);
      expect("allocate again at once on the same 5-tuple", again, Set.of(Reply.SUCCESS));
      release(ada);
    }
    forbiddenIpv6();
  }

  private void forbidden(ProbeClient client, Reply allocated) throws IOException {
    for (String literal : FORBIDDEN_IPV4) {
      peer(client, allocated, literal);
    }
    // As an IPv6 address on the wire, which TransportAddress would write in its IPv4 form.
    expect(
        "channel to ::ffff:127.0.0.1",
        client.request(StunMethod.CHANNEL_BIND, this::mappedLoopback),
        REFUSED_OR_OTHER_FAMILY);
    for (InetSocketAddress listener : guarded) {
      TransportAddress own = TransportAddress.of(listener);
      expect(
          "channel to own listener " + own.literal(),
          client.request(StunMethod.CHANNEL_BIND, bind(channel++, own)),
          REFUSED_OR_OTHER_FAMILY);
    }
  }

  private void forbiddenIpv6() throws IOException {
    try (var client = new ProbeClient(server, good)) {
      Reply reply =
          client.request(
              StunMethod.ALLOCATE,
              (request, transaction) -> {
                allocate(request, transaction);
                request.u32(StunAttribute.REQUESTED_ADDRESS_FAMILY, 2 << 24);
              });
      // A server without IPv6 has nothing to hide there (440).
      if (reply.code() == Reply.SUCCESS) {
        for (String literal : FORBIDDEN_IPV6) {
          peer(client, reply, literal);
        }
        release(client);
      }
    }
  }

  private void peer(ProbeClient client, Reply allocated, String literal) throws IOException {
    TransportAddress peer = address(literal, PORT);
    TransportAddress relayed = allocated.address(StunAttribute.XOR_RELAYED_ADDRESS);
    // A permission knows no port, and where relays stand, others may be reached: on a developer's
    // machine that is loopback.
    if (relayed == null || relayed.high() != peer.high() || relayed.low() != peer.low()) {
      expect(
          "permission for " + literal,
          client.request(
              StunMethod.CREATE_PERMISSION,
              (request, transaction) -> request.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer)),
          REFUSED);
    }
    expect(
        "channel to " + literal,
        client.request(StunMethod.CHANNEL_BIND, bind(channel++, peer)),
        REFUSED);
  }

  /// From one allocation of this server to another and back, over channels.
  private void relay(ProbeClient ada, ProbeClient bob, Reply first, Reply second)
      throws IOException {
    TransportAddress adas = first.address(StunAttribute.XOR_RELAYED_ADDRESS);
    TransportAddress bobs = second.address(StunAttribute.XOR_RELAYED_ADDRESS);
    if (adas == null || bobs == null) {
      checks.add(new Check("relay between two allocations", "octets", "no address", false));
      return;
    }
    int open = channel++;
    Reply there = ada.request(StunMethod.CHANNEL_BIND, bind(open, bobs));
    Reply back = bob.request(StunMethod.CHANNEL_BIND, bind(open, adas));
    boolean bound =
        expect("channel to the other allocation", there, Set.of(Reply.SUCCESS))
            && expect("channel back", back, Set.of(Reply.SUCCESS));
    if (bound) {
      long begun = System.nanoTime();
      ada.send(open, new byte[160]);
      byte[] arrived = bob.receive();
      if (arrived != null) {
        bob.send(open, arrived);
      }
      boolean returned = arrived != null && ada.receive() != null;
      String got =
          returned
              ? String.format(Locale.ROOT, "%.3f ms round trip", (System.nanoTime() - begun) / 1e6)
              : arrived == null ? "nothing arrived" : "nothing came back";
      checks.add(new Check("relay between two allocations", "octets", got, returned));
    }
  }

  private boolean expect(String name, Reply reply, Set<Integer> codes) {
    String expected =
        String.join(
            " or ", codes.stream().sorted().map(code -> new Reply(code, null).text()).toList());
    boolean passed = codes.contains(reply.code());
    checks.add(new Check(name, expected, reply.text(), passed));
    return passed;
  }

  private static Reply release(ProbeClient client) throws IOException {
    return client.request(
        StunMethod.REFRESH, (request, transaction) -> request.u32(StunAttribute.LIFETIME, 0));
  }

  private static void allocate(StunWriter request, byte[] transaction) {
    request.u32(StunAttribute.REQUESTED_TRANSPORT, UDP);
  }

  private static Body bind(int channel, TransportAddress peer) {
    return (request, transaction) ->
        request
            .u32(StunAttribute.CHANNEL_NUMBER, channel << 16)
            .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer);
  }

  /// XOR-PEER-ADDRESS with ::ffff:127.0.0.1 in its IPv6 form (RFC 8489, section 14.2).
  private void mappedLoopback(StunWriter request, byte[] transaction) {
    byte[] value = new byte[20];
    value[1] = 2;
    Octets.put16(value, 2, PORT ^ StunMessage.MAGIC_COOKIE >>> 16);
    Octets.put32(value, 4, StunMessage.MAGIC_COOKIE);
    System.arraycopy(transaction, 0, value, 8, transaction.length);
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
    for (int i = 0; i < mapped.length; i++) {
      value[4 + i] ^= mapped[i];
    }
    request
        .u32(StunAttribute.CHANNEL_NUMBER, channel++ << 16)
        .octets(StunAttribute.XOR_PEER_ADDRESS, value, 0, value.length);
  }

  private static TransportAddress address(String literal, int port) {
    return TransportAddress.of(InetAddress.ofLiteral(literal), port);
  }
}
