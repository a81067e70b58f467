package dev.parley.protocol.dtls;

import dev.parley.wire.Octets;

/// A record that holds a ClientHello or a fragment of one (RFC 6347, sections 4.1, 4.2.1, 4.2.2),
/// read without keeping anything.
///
/// ```
///  record   | type 22 | version fe ff/fd | epoch 0 (2) | sequence (6) | length (2) |
///  message  | type 1 | length (3) | sequence (2) | fragment offset (3) | length (3) |
///  hello    | version (2) | random (32) | session id <0..32> | cookie <0..255> | ...
/// ```
///
/// @param at where the record begins in the octets
/// @param recordLength of the whole record in octets
/// @param messageLength of the whole hello in octets
/// @param offset of this fragment in the hello
/// @param length of this fragment in octets
/// @param cookieAt where the cookie begins in the octets; -1 where this fragment does not hold it
public record ClientHelloPart(
    int at, int recordLength, int messageLength, int offset, int length, int cookieAt, int cookie) {
  static final int RECORD_HEADER = 13;
  static final int MESSAGE_HEADER = 12;
  static final int RANDOM_AT = 2;
  static final int RANDOM = 32;

  /// The largest hello that is put together; post-quantum key shares take some 1,800 octets.
  static final int MOST = 8192;

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int VERSION_MAJOR = 0xfe;

  /// Hot: whether a datagram begins with such a record, by its fixed fields.
  public static boolean begins(byte[] octets, int at, int length) {
    return length >= RECORD_HEADER + MESSAGE_HEADER
        && octets[at] == HANDSHAKE
        && Octets.u8(octets, at + 1) == VERSION_MAJOR
        && Octets.u16(octets, at + 3) == 0
        && octets[at + RECORD_HEADER] == CLIENT_HELLO;
  }

  /// Reads the record at the beginning of a datagram or of its rest; null where it is none.
  public static ClientHelloPart parse(byte[] octets, int at, int available) {
    if (!begins(octets, at, available)) {
      return null;
    }
    int record = RECORD_HEADER + Octets.u16(octets, at + 11);
    int message = at + RECORD_HEADER;
    int whole = u24(octets, message + 1);
    int offset = u24(octets, message + 6);
    int length = u24(octets, message + 9);
    if (record > available
        || record != RECORD_HEADER + MESSAGE_HEADER + length
        || whole > MOST
        || length == 0
        || offset + length > whole) {
      return null;
    }
    int body = message + MESSAGE_HEADER;
    int cookieLength = offset == 0 ? cookieLength(octets, body, length) : -1;
    if (offset == 0 && cookieLength < 0) {
      return null;
    }
    int cookieAt = offset > 0 ? -1 : cookieAt(octets, body);
    return new ClientHelloPart(at, record, whole, offset, length, cookieAt, cookieLength);
  }

  private static int cookieAt(byte[] octets, int body) {
    int session = body + RANDOM_AT + RANDOM;
    return session + 1 + Octets.u8(octets, session) + 1;
  }

  // The length of the cookie; -1 where the fragment does not hold it whole.
  private static int cookieLength(byte[] octets, int body, int length) {
    int end = body + length;
    int session = body + RANDOM_AT + RANDOM;
    if (session >= end || cookieAt(octets, body) > end) {
      return -1;
    }
    int cookieAt = cookieAt(octets, body);
    int cookie = Octets.u8(octets, cookieAt - 1);
    return cookieAt + cookie > end ? -1 : cookie;
  }

  /// Whether this is the whole hello.
  boolean whole() {
    return length == messageLength;
  }

  static int u24(byte[] octets, int at) {
    return Octets.u8(octets, at) << 16 | Octets.u16(octets, at + 1);
  }

  static void put24(byte[] octets, int at, int number) {
    Octets.put8(octets, at, number >>> 16);
    Octets.put16(octets, at + 1, number);
  }
}
