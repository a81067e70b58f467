package dev.parley.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A client's full ICE agent, small and sans I/O (RFC 8445): makes checks, takes what the server
/// sends, answers the server's consent checks.
///
/// Octets in, octets out; whoever drives it carries them over whatever path it tests.
public final class IceClient {
  /// The PRIORITY of a check from a host candidate: peer-reflexive (RFC 8445, section 7.1.1).
  public static final long PRIORITY = 110L << 24 | 0xffffL << 8 | 255;

  private final Random random;
  private final Set<String> asked = new HashSet<>();
  private final StunWriter writer = new StunWriter();
  private final byte[] buffer = new byte[1024];
  private IceCredentials own;
  private IceCredentials server;
  private boolean controlling = true;
  private boolean consents = true;
  private int succeeded;
  private int error;
  private int consentChecks;
  private TransportAddress mapped;

  /// @param seed of its transaction ids and tie breaker
  public IceClient(IceCredentials own, IceCredentials server, long seed) {
    this.own = own;
    this.server = server;
    this.random = new Random(seed);
  }

  /// A client with credentials of its own making.
  public IceClient(IceCredentials server, long seed) {
    this(IceCredentials.generate(new Random(seed)), server, seed + 1);
  }

  public IceCredentials own() {
    return own;
  }

  /// Goes on with the credentials of another generation.
  public void restart(IceCredentials mine, IceCredentials theirs) {
    own = mine;
    server = theirs;
  }

  /// Which role its next checks claim; it changes by itself when a 487 comes.
  public void controlling(boolean claims) {
    controlling = claims;
  }

  public boolean controlling() {
    return controlling;
  }

  /// Whether it answers the server's checks.
  public void consents(boolean answers) {
    consents = answers;
  }

  /// A check of a host candidate.
  public byte[] check(boolean nominates) {
    return check(PRIORITY, nominates);
  }

  /// A check.
  ///
  /// @param priority of the peer-reflexive candidate that it would make
  public byte[] check(long priority, boolean nominates) {
    return check(priority, nominates, attributes -> attributes);
  }

  /// A check with more attributes, or with fewer where `priority` is 0.
  public byte[] check(long priority, boolean nominates, UnaryOperator<StunWriter> more) {
    begin();
    writer.text(StunAttribute.USERNAME, server.ufrag() + ":" + own.ufrag());
    if (priority != 0) {
      writer.u32(StunAttribute.PRIORITY, (int) priority);
    }
    writer.u64(
        controlling ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED,
        random.nextLong());
    if (nominates) {
      writer.flag(StunAttribute.USE_CANDIDATE);
    }
    more.apply(writer).integrity(key(server.pwd())).fingerprint();
    return written();
  }

  /// A check whose end is the caller's: nothing is signed that the caller does not sign.
  public byte[] unsigned(UnaryOperator<StunWriter> attributes) {
    begin();
    attributes.apply(writer);
    return written();
  }

  private void begin() {
    byte[] transaction = new byte[12];
    random.nextBytes(transaction);
    asked.add(HexFormat.of().formatHex(transaction));
    writer.request(buffer, 0, StunMethod.BINDING, transaction);
  }

  /// Takes what the server sent; returns what is to be sent back, or null.
  ///
  /// @param path it came on, as the server sees it
  /// @throws AssertionError where the server broke RFC 8445
  public byte[] receive(byte[] octets, FiveTuple path) {
    try {
      StunMessage message = StunMessage.parse(octets, 0, octets.length);
      demand(message.fingerprinted(), "FINGERPRINT");
      return message.messageClass() == StunClass.REQUEST
          ? consentCheck(message, path)
          : answer(message);
    } catch (StunRefused refused) {
      throw new AssertionError("not STUN", refused);
    }
  }

  private byte[] answer(StunMessage answer) throws StunRefused {
    demand(asked.remove(HexFormat.of().formatHex(answer.transactionId())), "a transaction of ours");
    int code = answer.find(StunAttribute.ERROR_CODE);
    if (code != StunMessage.NONE) {
      error = StunValues.errorCode(answer, code);
      // Errors before authentication carry no integrity (RFC 8489, section 9.1.3).
      boolean signed = error != 401 && answer.has(StunAttribute.MESSAGE_INTEGRITY);
      demand(!signed || key(server.pwd()).verifies(answer), "integrity");
      controlling |= error == 487 && signed;
      return null;
    }
    demand(key(server.pwd()).verifies(answer), "integrity");
    mapped = StunValues.xorAddress(answer, answer.find(StunAttribute.XOR_MAPPED_ADDRESS));
    succeeded++;
    return null;
  }

  private byte[] consentCheck(StunMessage check, FiveTuple path) throws StunRefused {
    int username = check.find(StunAttribute.USERNAME);
    demand(StunValues.text(check, username).equals(own.ufrag() + ":" + server.ufrag()), "USERNAME");
    demand(key(own.pwd()).verifies(check), "integrity");
    demand(check.has(StunAttribute.ICE_CONTROLLED), "the controlled role");
    demand(check.has(StunAttribute.PRIORITY), "PRIORITY");
    demand(!check.has(StunAttribute.USE_CANDIDATE), "no nomination");
    consentChecks++;
    if (!consents) {
      return null;
    }
    writer
        .answer(buffer, 0, StunClass.SUCCESS_RESPONSE, check)
        .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, path.local())
        .integrity(key(own.pwd()))
        .fingerprint();
    return written();
  }

  private static void demand(boolean right, String what) {
    if (!right) {
      throw new AssertionError("the server's message lacks " + what);
    }
  }

  /// How a password signs.
  public static StunIntegrity key(String password) {
    return new StunIntegrity(StunIntegrity.Algorithm.SHA1, password.getBytes(US_ASCII));
  }

  private byte[] written() {
    return Arrays.copyOf(buffer, writer.length());
  }

  /// How many of its checks succeeded.
  public int succeeded() {
    return succeeded;
  }

  /// The latest error, or 0.
  public int error() {
    return error;
  }

  /// How many checks of the server it has seen.
  public int consentChecks() {
    return consentChecks;
  }

  /// Its address as the server sees it, by the latest success.
  public TransportAddress mapped() {
    return mapped;
  }
}
