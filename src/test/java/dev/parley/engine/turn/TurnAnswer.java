package dev.parley.engine.turn;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A message from the server, read without exceptions to declare.
record TurnAnswer(StunMessage message) {
  /// No error at all.
  static final int SUCCESS = 0;

  private interface Reading<T> {
    T read() throws StunRefused;
  }

  static TurnAnswer of(byte[] octets) {
    return new TurnAnswer(reading(() -> StunMessage.parse(octets, 0, octets.length)));
  }

  /// The error code, or [#SUCCESS].
  int error() {
    return message.messageClass() == StunClass.SUCCESS_RESPONSE
        ? SUCCESS
        : reading(() -> StunValues.errorCode(message, message.find(StunAttribute.ERROR_CODE)));
  }

  boolean has(StunAttribute attribute) {
    return message.has(attribute);
  }

  int lifetime() {
    return u32(StunAttribute.LIFETIME);
  }

  int u32(StunAttribute attribute) {
    return reading(() -> StunValues.u32(message, message.find(attribute)));
  }

  long u64(StunAttribute attribute) {
    return reading(() -> StunValues.u64(message, message.find(attribute)));
  }

  byte[] octets(StunAttribute attribute) {
    int value = message.find(attribute);
    return Arrays.copyOfRange(message.octets(), value, value + message.length(value));
  }

  TransportAddress relayed() {
    return relayedAll().getFirst();
  }

  /// All relayed transport addresses, in order.
  List<TransportAddress> relayedAll() {
    List<TransportAddress> all = new ArrayList<>();
    for (int value = message.first(); value != StunMessage.NONE; value = message.next(value)) {
      if (message.type(value) == StunAttribute.XOR_RELAYED_ADDRESS.code()) {
        int found = value;
        all.add(reading(() -> StunValues.xorAddress(message, found)));
      }
    }
    return all;
  }

  TransportAddress xorAddress(StunAttribute attribute) {
    return reading(() -> StunValues.xorAddress(message, message.find(attribute)));
  }

  TransportAddress address(StunAttribute attribute) {
    return reading(() -> StunValues.address(message, message.find(attribute)));
  }

  private static <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (StunRefused refused) {
      throw new AssertionError("the server sent what is no message", refused);
    }
  }
}
