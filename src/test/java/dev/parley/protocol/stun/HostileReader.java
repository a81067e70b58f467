package dev.parley.protocol.stun;

import dev.parley.protocol.stun.StunIntegrity.Algorithm;
import java.util.List;

/// Reads hostile octets in every way the codec offers; only [StunRefused] is held back, so whatever
/// else comes out is a bug.
public final class HostileReader {
  private interface Read {
    Object of(StunMessage message, int value) throws StunRefused;
  }

  private static final List<Read> READS =
      List.of(
          StunValues::u32,
          StunValues::u64,
          StunValues::address,
          StunValues::xorAddress,
          StunValues::text,
          StunValues::errorCode,
          StunValues::errorPhrase,
          StunValues::unknownAttributes);

  private HostileReader() {}

  /// Parses all of the octets and reads every attribute as if it were of every kind.
  ///
  /// @return whether they were a message
  public static boolean readEverything(byte[] octets) {
    StunFraming.frameLength(octets, 0, octets.length);
    StunMessage.looksLike(octets, 0, octets.length);
    StunMessage message;
    try {
      message = StunMessage.parse(octets, 0, octets.length);
    } catch (StunRefused expected) {
      return false;
    }
    message.messageClass();
    message.method();
    message.transactionId();
    message.fingerprinted();
    int count = 0;
    for (int value = message.first(); value != StunMessage.NONE; value = message.next(value)) {
      if (++count > StunMessage.MAX_ATTRIBUTES) {
        throw new AssertionError("more attributes than there may be");
      }
      readAsEveryKind(message, value);
    }
    for (StunAttribute attribute : StunAttribute.values()) {
      message.find(attribute);
    }
    return true;
  }

  /// Whether one of the integrities verifies with a key nobody else has: never.
  public static boolean verifies(byte[] octets) {
    byte[] key = {1, 3, 3, 7};
    try {
      StunMessage message = StunMessage.parse(octets, 0, octets.length);
      return new StunIntegrity(Algorithm.SHA1, key).verifies(message)
          || new StunIntegrity(Algorithm.SHA256, key).verifies(message);
    } catch (StunRefused expected) {
      return false;
    }
  }

  private static void readAsEveryKind(StunMessage message, int value) {
    for (Read read : READS) {
      try {
        read.of(message, value);
      } catch (StunRefused expected) {
        // this value is not of that kind
      }
    }
  }
}
