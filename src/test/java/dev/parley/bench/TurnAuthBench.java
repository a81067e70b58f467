package dev.parley.bench;

import dev.parley.engine.turn.auth.Authenticator;
import dev.parley.engine.turn.auth.Credential;
import dev.parley.engine.turn.auth.TimeLimited;
import dev.parley.engine.turn.auth.Verdict;
import dev.parley.engine.turn.peers.PeerRules;
import dev.parley.lab.TurnPolicies;
import dev.parley.media.TurnPolicy;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunPasswordAlgorithm;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/// What authentication costs a request: nanoseconds and octets of garbage, one thread.
///
/// `TurnAuthBench [operations, 500000 unless told]`; prints five rounds of each.
public final class TurnAuthBench {
  private static final TransportAddress SERVER = TransportAddress.ipv4(0xc6336401, 3478);
  private static final FiveTuple PATH =
      new FiveTuple(Transport.UDP, SERVER, TransportAddress.ipv4(0x08080808, 40000));

  private final byte[] out = new byte[1024];
  private final StunWriter writer = new StunWriter();
  private final Authenticator server;
  private final PeerRules peers;
  private long sink;

  private TurnAuthBench() {
    TurnPolicy policy =
        TurnPolicies.of(
            List.of(TurnPolicies.realm("parley", List.of(), "secret")),
            List.of(),
            List.of(),
            List.of("192.0.2.1:5432"),
            List.of());
    byte[] secret = "node".getBytes(StandardCharsets.UTF_8);
    server = new Authenticator(policy, secret, InstantSource.system());
    peers = PeerRules.of(policy, List.of(SERVER), 49152, 65535);
  }

  public static void main(String[] args) throws StunRefused {
    new TurnAuthBench().run(args.length > 0 ? Integer.parseInt(args[0]) : 500_000);
  }

  private void run(int operations) throws StunRefused {
    byte[] bare = new byte[28];
    writer
        .request(bare, 0, StunMethod.ALLOCATE, new byte[12])
        .u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24);
    byte[] signed = signed(StunMessage.parse(bare, 0, bare.length));
    Credential bound = granted(signed);
    TransportAddress peer = TransportAddress.ipv4(0x08080404, 50000);
    TransportAddress peer6 = new TransportAddress(0x2a00_1450L << 32, 1, 50000);
    for (int round = 0; round < 5; round++) {
      time("check, bound", operations, () -> check(signed, bound));
      time("check, computed key", operations, () -> check(signed, null));
      time("check, no integrity", operations, () -> check(bare, null));
      time("challenge", operations, () -> challenge(bare));
      time("sign", operations, () -> sign(bare, bound));
      time("peer, IPv4", operations, () -> sink += peers.permits(peer) ? 1 : 0);
      time("peer, IPv6", operations, () -> sink += peers.permits(peer6) ? 1 : 0);
      time("bucket", operations, () -> sink += server.admits(PATH, System.nanoTime()) ? 1 : 0);
    }
    System.out.println(sink);
  }

  private static void time(String what, int operations, Runnable operation) {
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long octets = thread.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (int i = 0; i < operations; i++) {
      operation.run();
    }
    long took = System.nanoTime() - start;
    octets = thread.getCurrentThreadAllocatedBytes() - octets;
    System.out.printf("%-22s %6d ns %6d B%n", what, took / operations, octets / operations);
  }

  private byte[] signed(StunMessage bare) throws StunRefused {
    challenge(bare.octets());
    StunMessage challenge = StunMessage.parse(out, 0, writer.length());
    String nonce = StunValues.text(challenge, challenge.find(StunAttribute.NONCE));
    String username = System.currentTimeMillis() / 1000 + 3600 + ":ann";
    String password = TimeLimited.password("secret", username);
    byte[] key = StunPasswordAlgorithm.MD5.key(username, "parley", password);
    byte[] request = new byte[1024];
    writer
        .request(request, 0, StunMethod.ALLOCATE, new byte[12])
        .u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24)
        .text(StunAttribute.USERNAME, username)
        .text(StunAttribute.REALM, "parley")
        .text(StunAttribute.NONCE, nonce)
        .integrity(new StunIntegrity(StunIntegrity.Algorithm.SHA1, key));
    return java.util.Arrays.copyOf(request, writer.length());
  }

  private Credential granted(byte[] signed) throws StunRefused {
    StunMessage request = StunMessage.parse(signed, 0, signed.length);
    return ((Verdict.Granted) server.check(request, PATH, null, 0)).credential();
  }

  private void check(byte[] octets, Credential bound) {
    sink += server.check(parse(octets), PATH, bound, 0) instanceof Verdict.Granted ? 1 : 0;
  }

  private void challenge(byte[] octets) {
    StunMessage request = parse(octets);
    writer.answer(out, 0, StunClass.ERROR_RESPONSE, request).bareError(StunError.UNAUTHENTICATED);
    server.challenge(writer, request, PATH, 0);
    sink += writer.length();
  }

  private void sign(byte[] octets, Credential credential) {
    writer.answer(out, 0, StunClass.SUCCESS_RESPONSE, parse(octets));
    server.sign(writer, credential);
    sink += writer.length();
  }

  private static StunMessage parse(byte[] octets) {
    try {
      return StunMessage.parse(octets, 0, octets.length);
    } catch (StunRefused e) {
      throw new AssertionError(e);
    }
  }
}
