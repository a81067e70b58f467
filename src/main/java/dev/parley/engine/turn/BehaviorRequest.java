package dev.parley.engine.turn;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.wire.Octets;

/// What a Binding request asks beyond its answer to learn how its NAT behaves (RFC 5780, sections
/// 7.2, 7.5 and 7.6).
///
/// @param changeAddress answer from the other address
/// @param changePort answer from the other port
/// @param responsePort answer to this port of the client, 0 for the one it sent from
/// @param padding octets of PADDING in the answer, [#UNPADDED] for none
record BehaviorRequest(boolean changeAddress, boolean changePort, int responsePort, int padding) {
  static final int UNPADDED = -1;

  /// An Ethernet's MTU: the answer is sure to be fragmented there (RFC 5780, section 7.6).
  static final int MAX_PADDING = 1500;

  private static final BehaviorRequest PLAIN = new BehaviorRequest(false, false, 0, UNPADDED);
  private static final int CHANGE_ADDRESS = 4;
  private static final int CHANGE_PORT = 2;

  /// Whether these attributes are of this usage and understood here.
  static boolean knows(StunAttribute attribute) {
    return attribute == StunAttribute.CHANGE_REQUEST
        || attribute == StunAttribute.RESPONSE_PORT
        || attribute == StunAttribute.PADDING;
  }

  /// Reads the attributes; null where they contradict each other: a padded answer is never sent to
  /// another port than it was asked from, or PADDING would be traffic aimed at others (RFC 5780,
  /// section 6.1).
  static BehaviorRequest read(StunMessage message) throws StunRefused {
    int change = message.find(StunAttribute.CHANGE_REQUEST);
    int response = message.find(StunAttribute.RESPONSE_PORT);
    int padding = message.find(StunAttribute.PADDING);
    if (change == StunMessage.NONE && response == StunMessage.NONE && padding == StunMessage.NONE) {
      return PLAIN;
    }
    int flags = change == StunMessage.NONE ? 0 : StunValues.u32(message, change);
    int port = 0;
    if (response != StunMessage.NONE) {
      // Two octets, and two more that some count as padding and some as value.
      int length = message.length(response);
      port = length == 2 || length == 4 ? Octets.u16(message.octets(), response) : 0;
      if (port == 0 || padding != StunMessage.NONE) {
        return null;
      }
    }
    return new BehaviorRequest(
        (flags & CHANGE_ADDRESS) != 0,
        (flags & CHANGE_PORT) != 0,
        port,
        padding == StunMessage.NONE
            ? UNPADDED
            : Math.min(message.length(padding), MAX_PADDING) & ~3);
  }
}
