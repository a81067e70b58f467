package dev.parley.engine.turn.auth;

import dev.parley.lab.TurnPolicies;
import dev.parley.media.TurnOAuthKey;
import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnQuota;
import dev.parley.media.TurnRealm;
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
import java.util.List;
import java.util.function.Consumer;

/// Requests as a client would write them, and policies to judge them by.
final class Requests {
  static final byte[] SECRET = "the secret of the node".getBytes();
  static final TransportAddress SERVER = TransportAddress.ipv4(0xc6336401, 3478);
  static final FiveTuple PATH = path(Transport.UDP, TransportAddress.ipv4(0xc0000201, 40000));
  static final FiveTuple STREAM = path(Transport.TCP, TransportAddress.ipv4(0xc0000201, 40000));
  static final byte[] OFFERED =
      StunPasswordAlgorithm.list(StunPasswordAlgorithm.SHA_256, StunPasswordAlgorithm.MD5);

  private Requests() {}

  static FiveTuple path(Transport transport, TransportAddress client) {
    return new FiveTuple(transport, SERVER, client);
  }

  static TurnPolicy policy(TurnRealm... realms) {
    return TurnPolicies.of(realms);
  }

  static TurnRealm realm(String name, List<String> places, String... secrets) {
    return TurnPolicies.realm(name, places, secrets);
  }

  static TurnRealm oauth(String name, String server, TurnOAuthKey... keys) {
    return new TurnRealm(
        name, List.of(), List.of("s"), List.of(keys), server, TurnQuota.NONE, TurnQuota.NONE);
  }

  static StunMessage request(StunMethod method, Consumer<StunWriter> rest) {
    byte[] octets = new byte[1024];
    StunWriter writer = new StunWriter().request(octets, 0, method, "transaction!".getBytes());
    rest.accept(writer);
    return parse(octets, writer.length());
  }

  static StunMessage bare() {
    return request(StunMethod.ALLOCATE, writer -> allocate(writer));
  }

  static void allocate(StunWriter writer) {
    writer.u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24);
  }

  /// What the challenge to a request says.
  static StunMessage challenge(Authenticator server, StunMessage request, FiveTuple path) {
    byte[] octets = new byte[1024];
    StunWriter writer =
        new StunWriter()
            .answer(octets, 0, StunClass.ERROR_RESPONSE, request)
            .bareError(StunError.UNAUTHENTICATED);
    server.challenge(writer, request, path, 0);
    return parse(octets, writer.length());
  }

  static String text(StunMessage message, StunAttribute attribute) {
    try {
      return StunValues.text(message, message.find(attribute));
    } catch (StunRefused e) {
      throw new AssertionError(e);
    }
  }

  /// A request by a browser: MD5, SHA-1, nothing of RFC 8489.
  static StunMessage signed(
      StunMethod method, String realm, String nonce, String username, String password) {
    byte[] key = StunPasswordAlgorithm.MD5.key(username, realm, password);
    return request(
        method,
        writer -> {
          allocate(writer);
          writer
              .text(StunAttribute.USERNAME, username)
              .text(StunAttribute.REALM, realm)
              .text(StunAttribute.NONCE, nonce)
              .integrity(new StunIntegrity(StunIntegrity.Algorithm.SHA1, key));
        });
  }

  static StunMessage parse(byte[] octets, int length) {
    try {
      return StunMessage.parse(octets, 0, length);
    } catch (StunRefused e) {
      throw new AssertionError(e);
    }
  }
}
