package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The messages of the Data Channel Establishment Protocol (RFC 8832, section 5).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// | Message Type  |  Channel Type |            Priority           |
/// +---------------+---------------+-------------------------------+
/// |                    Reliability Parameter                      |
/// +-------------------------------+-------------------------------+
/// |         Label Length          |       Protocol Length         |
/// +-------------------------------+-------------------------------+
/// |                      Label, then Protocol …                   |
/// ```
final class Dcep {
  static final int ACK = 2;
  static final int OPEN = 3;

  private static final int HEADER = 12;
  private static final int RETRANSMITS = 1;
  private static final int LIFETIME = 2;
  private static final int UNORDERED = 0x80;

  private Dcep() {}

  static byte[] open(ChannelParameters parameters) {
    byte[] label = parameters.label().getBytes(StandardCharsets.UTF_8);
    byte[] protocol = parameters.protocol().getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[HEADER + label.length + protocol.length];
    Octets.put8(message, 0, OPEN);
    Octets.put8(message, 1, type(parameters));
    Octets.put16(message, 2, parameters.priority());
    Octets.put32(
        message, 4, Math.max(0, Math.max(parameters.retransmits(), parameters.lifetime())));
    Octets.put16(message, 8, label.length);
    Octets.put16(message, 10, protocol.length);
    System.arraycopy(label, 0, message, HEADER, label.length);
    System.arraycopy(protocol, 0, message, HEADER + label.length, protocol.length);
    return message;
  }

  /// Whether a label or protocol is longer than it may be.
  ///
  /// @param most octets
  static boolean tooLong(ChannelParameters parameters, int most) {
    return parameters.label().getBytes(StandardCharsets.UTF_8).length > most
        || parameters.protocol().getBytes(StandardCharsets.UTF_8).length > most;
  }

  private static int type(ChannelParameters parameters) {
    int kind = parameters.retransmits() >= 0 ? RETRANSMITS : 0;
    return (parameters.lifetime() >= 0 ? LIFETIME : kind) | (parameters.ordered() ? 0 : UNORDERED);
  }

  /// What a DATA_CHANNEL_OPEN says, or null where it is none that can be understood.
  ///
  /// @param most octets of the label, and of the protocol
  static ChannelParameters open(byte[] octets, int at, int length, int most) {
    if (length < HEADER || Octets.u8(octets, at) != OPEN) {
      return null;
    }
    int kind = Octets.u8(octets, at + 1) & ~UNORDERED;
    int label = Octets.u16(octets, at + 8);
    int protocol = Octets.u16(octets, at + 10);
    if (kind > LIFETIME || label > most || protocol > most || length != HEADER + label + protocol) {
      return null;
    }
    // What is more than an int holds is as good as unbounded, but for the name.
    int bound = Octets.u32(octets, at + 4) < 0 ? Integer.MAX_VALUE : Octets.u32(octets, at + 4);
    try {
      return new ChannelParameters(
          text(octets, at + HEADER, label),
          text(octets, at + HEADER + label, protocol),
          (Octets.u8(octets, at + 1) & UNORDERED) == 0,
          kind == RETRANSMITS ? bound : ChannelParameters.UNBOUNDED,
          kind == LIFETIME ? bound : ChannelParameters.UNBOUNDED,
          Octets.u16(octets, at + 2));
    } catch (CharacterCodingException refused) {
      return null;
    }
  }

  private static String text(byte[] octets, int at, int length) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(octets, at, length))
        .toString();
  }
}
