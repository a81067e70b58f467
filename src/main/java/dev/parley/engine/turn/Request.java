package dev.parley.engine.turn;

import dev.parley.engine.turn.auth.Credential;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.util.List;

/// A TURN request whose sender has proved who it is; dies in the method that takes it.
///
/// @param allocation on its path, ready, or null
record Request(
    StunMessage message, FiveTuple path, Credential credential, Allocation allocation, long now) {
  /// An attribute that is not there.
  static final int MISSING = -1;

  /// IPv4 in REQUESTED-ADDRESS-FAMILY and its like (RFC 8656, section 18.8).
  static final int IPV4 = 1;

  /// IPv6 there.
  static final int IPV6 = 2;

  /// A rule of an RFC.
  interface Check {
    /// Why the request is refused by this rule, or null.
    ///
    /// @throws StunRefused where an attribute has not its format: 400
    StunError refusal(Request request) throws StunRefused;
  }

  /// The first refusal, or null where no rule has one.
  StunError judged(List<Check> checks) {
    try {
      for (Check check : checks) {
        StunError refusal = check.refusal(this);
        if (refusal != null) {
          return refusal;
        }
      }
      return null;
    } catch (StunRefused malformed) {
      return StunError.BAD_REQUEST;
    }
  }

  /// The rule of every method but Allocate: there is an allocation on the path, else 437.
  static StunError allocationIsThere(Request request) {
    return request.allocation == null ? StunError.ALLOCATION_MISMATCH : null;
  }

  /// The address in XOR-PEER-ADDRESS, which must be there.
  TransportAddress peer() throws StunRefused {
    return StunValues.xorAddress(message, message.find(StunAttribute.XOR_PEER_ADDRESS));
  }

  boolean has(StunAttribute attribute) {
    return message.has(attribute);
  }

  /// The first octet of an attribute of four, as of REQUESTED-TRANSPORT and the address families;
  /// or [#MISSING].
  int octet(StunAttribute attribute) throws StunRefused {
    int value = message.find(attribute);
    if (value == StunMessage.NONE) {
      return MISSING;
    }
    StunValues.u32(message, value);
    return Octets.u8(message.octets(), value);
  }

  /// The seconds of LIFETIME, or `missing`.
  long lifetime(long missing) throws StunRefused {
    int value = message.find(StunAttribute.LIFETIME);
    return value == StunMessage.NONE ? missing : StunValues.u32(message, value) & 0xffff_ffffL;
  }
}
