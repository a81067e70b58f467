package dev.parley.protocol.ice;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import java.util.random.RandomGenerator;

/// The tools that all agents of one loop share: one MAC, one writer, one buffer. Confined to that
/// loop.
public final class IceKit {
  /// Room before a message for the length of RFC 4571.
  static final int AT = 2;

  /// Octets of a transaction id.
  static final int TRANSACTION = 12;

  /// A 420 that lists every attribute a message can have, and what all answers have.
  private static final int MAX_ANSWER = 512;

  private final StunIntegrity integrity =
      new StunIntegrity(StunIntegrity.Algorithm.SHA1, new byte[1]);
  private final StunWriter writer = new StunWriter();
  private final byte[] buffer = new byte[AT + MAX_ANSWER];
  private final int[] unknown = new int[StunMessage.MAX_ATTRIBUTES];
  private final RandomGenerator random;

  /// @param random unpredictable to others
  public IceKit(RandomGenerator random) {
    this.random = random;
  }

  boolean verifies(StunMessage message, byte[] key) {
    return integrity.key(key).verifies(message);
  }

  /// A factor around 1, 0.8 to 1.2 (RFC 7675, section 5.1), of a time.
  long around(long nanos) {
    return (long) (nanos * (0.8 + 0.4 * random.nextDouble()));
  }

  void random(byte[] octets) {
    random.nextBytes(octets);
  }

  /// Answers a check with where it came from (RFC 8445, section 7.3.1.2).
  void success(StunMessage check, byte[] key, FiveTuple path, IceEffects effects) {
    writer
        .answer(buffer, AT, StunClass.SUCCESS_RESPONSE, check)
        .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, path.remote());
    send(key, path, effects);
  }

  /// Refuses an authenticated check.
  void refuse(StunMessage check, StunError error, byte[] key, FiveTuple path, IceEffects effects) {
    writer.answer(buffer, AT, StunClass.ERROR_RESPONSE, check).error(error);
    send(key, path, effects);
  }

  /// Refuses a stranger's check: shortly, unsigned, and never with more octets than it has, so that
  /// a forged source is sent no more than the forger could send (RFC 8489, section 9.1.3).
  void refuse(StunMessage check, StunError error, FiveTuple path, IceEffects effects) {
    writer.answer(buffer, AT, StunClass.ERROR_RESPONSE, check).bareError(error).fingerprint();
    if (writer.length() <= check.length()) {
      effects.transmit(buffer, AT, writer.length(), path);
    }
  }

  /// Refuses an authenticated check for the attributes that must be comprehended and are not (RFC
  /// 8489, section 6.3.1); false where it has none.
  boolean refuseUnknown(StunMessage check, byte[] key, FiveTuple path, IceEffects effects) {
    int count = 0;
    for (int value = check.first(); value != StunMessage.NONE; value = check.next(value)) {
      int type = check.type(value);
      if (StunAttribute.comprehensionRequired(type) && !comprehended(type)) {
        unknown[count++] = type;
      }
    }
    if (count == 0) {
      return false;
    }
    writer
        .answer(buffer, AT, StunClass.ERROR_RESPONSE, check)
        .error(StunError.UNKNOWN_ATTRIBUTE)
        .unknownAttributes(unknown, count);
    send(key, path, effects);
    return true;
  }

  // Those of STUN itself and of ICE; what TURN and other usages add means nothing here.
  private static boolean comprehended(int type) {
    StunAttribute attribute = StunAttribute.of(type);
    return attribute != null && (attribute.rfc() == 8489 || attribute.rfc() == 8445);
  }

  /// Asks the client whether it still consents: a check as RFC 8445, section 7.2.2, wants it, of
  /// the controlled role.
  void ask(
      byte[] transaction,
      byte[] username,
      long tieBreaker,
      byte[] key,
      FiveTuple path,
      IceEffects effects) {
    writer
        .request(buffer, AT, StunMethod.BINDING, transaction)
        .octets(StunAttribute.USERNAME, username, 0, username.length)
        .u32(StunAttribute.PRIORITY, (int) IcePriority.host(path))
        .u64(StunAttribute.ICE_CONTROLLED, tieBreaker);
    send(key, path, effects);
  }

  private void send(byte[] key, FiveTuple path, IceEffects effects) {
    writer.integrity(integrity.key(key)).fingerprint();
    effects.transmit(buffer, AT, writer.length(), path);
  }
}
